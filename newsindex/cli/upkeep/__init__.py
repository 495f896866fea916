"""The commands that look after an index, one module each."""
