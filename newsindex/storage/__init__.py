"""The bytes of an index: segment files and the catalogue. Nothing here knows of language or queries."""
