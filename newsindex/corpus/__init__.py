"""Reading files of many formats as a stream of articles."""

from .article_stream import MAX_LISTED_ERRORS, Corpus
from .reader import read
from .summary import ErrorKind, FileSummary, Summary

__all__ = ["MAX_LISTED_ERRORS", "Corpus", "ErrorKind", "FileSummary", "Summary", "read"]
