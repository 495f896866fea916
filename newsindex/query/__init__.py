"""Text to a query tree, and a query tree to ranked hits."""
