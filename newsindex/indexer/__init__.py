"""Articles and the analyzer to segments: scanning, inverting, merging."""

from .add_report import AddReport
from .index_writer import IndexWriter

__all__ = ["AddReport", "IndexWriter"]
