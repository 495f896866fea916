"""Articles and the analyzer to segments: scanning, inverting, merging."""

from .report import AddReport

__all__ = ["AddReport"]
