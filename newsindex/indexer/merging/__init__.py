"""Merging of segments: which ones, and how their words and texts are combined."""
