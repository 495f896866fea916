"""Defines what comparisons give back: timelines of several queries."""
