"""Reading the pages of a press aggregator: its lines, its layout as text, and its layout as HTML."""
