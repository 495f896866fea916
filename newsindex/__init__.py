"""The public interface of newsindex, full-text search for French-language news."""

from ._version import __version__
from .analyzer import FrenchAnalyzer
from .article import Article
from .corpus import Corpus, read
from .errors import (
    AnalyzerMismatch,
    CorpusError,
    DeadlineExceeded,
    IndexCorrupt,
    IndexExists,
    IndexLocked,
    IndexNotFound,
    IndexTooNew,
    IndexTooOld,
    NewsIndexError,
    QueryError,
)
from .index import Index, create, open, parse
from .index_statistics import Stats
from .indexer import AddReport, IndexWriter
from .results import Explanation, Hit, Marked, Note, Results, Snippet
from .searcher import Searcher

__all__ = [
    "AddReport",
    "AnalyzerMismatch",
    "Article",
    "Corpus",
    "CorpusError",
    "DeadlineExceeded",
    "Explanation",
    "FrenchAnalyzer",
    "Hit",
    "Index",
    "IndexCorrupt",
    "IndexExists",
    "IndexLocked",
    "IndexNotFound",
    "IndexTooNew",
    "IndexTooOld",
    "IndexWriter",
    "Marked",
    "NewsIndexError",
    "Note",
    "QueryError",
    "Results",
    "Searcher",
    "Snippet",
    "Stats",
    "__version__",
    "create",
    "open",
    "parse",
    "read",
]
