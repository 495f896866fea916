"""Articles and the analyzer to segments: scanning, inverting, merging."""

from .add_report import AddReport

__all__ = ["AddReport"]
