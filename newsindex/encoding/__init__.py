"""Articles and results as dictionaries, JSON and files."""
