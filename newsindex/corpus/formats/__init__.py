"""The formats of files: a reader for each, and the table that names them all (registry.py)."""
