"""Articles and the analyzer to segments: scanning, inverting, merging."""

from .writer import AddReport

__all__ = ["AddReport"]
