"""Bytes: segment files and the catalogue. Knows nothing of language or of queries."""
