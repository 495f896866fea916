"""Whether what a segment file holds agrees with itself, beyond its checksums."""
