"""Counts of all matches: by the values of a field, and by period of publication."""
