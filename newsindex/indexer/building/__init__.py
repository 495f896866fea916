"""Building of a segment from scanned articles: inversion, signatures, landmarks and assembly."""
