"""Attacks on the process, the disk and the bytes of an index, which it has to survive; see __main__.py."""
