"""The search page: HTML for readers, in French and English."""
