"""The places where an index can be kept, behind one protocol."""
