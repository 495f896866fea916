"""Indexing of articles with the French analyzer as segments: scanning, building and merging."""

from .add_report import AddReport, SameId
from .index_writer import IndexWriter

__all__ = ["AddReport", "IndexWriter", "SameId"]
