"""Indexing of articles with the French analyzer as segments: scanning, building and merging."""

from .add_report import AddReport

__all__ = ["AddReport"]
