"""The searcher of an index: its articles, what is asked of them, and what compares many of them."""
