"""Indexes in a folder of this machine."""
