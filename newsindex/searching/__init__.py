"""What the searcher of an index is made of: its articles, and what compares many of them."""
