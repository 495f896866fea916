"""What the page says: its texts, the notes and the problems, in French and English."""
