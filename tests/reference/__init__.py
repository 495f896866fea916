"""A slow, obvious search engine that the fast one must equal."""
