"""Compression of postings, positions and landmarks: the arrays of a segment that are encoded as bytes."""
