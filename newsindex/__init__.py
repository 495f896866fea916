"""Full-text search for French-language news."""

from . import display as _display  # noqa: F401 - imported for its effect: results learn how to show themselves
from ._version import __version__
from .analyzer import FrenchAnalyzer
from .article import Article
from .corpus import read
from .errors import (
    AnalyzerMismatch,
    CorpusError,
    IndexCorrupt,
    IndexExists,
    IndexLocked,
    IndexNotFound,
    IndexTooOld,
    NewsIndexError,
    QueryError,
)
from .index import Index, create, open, parse
from .indexer import AddReport
from .results import Hit, Marked, Results, Snippet

__all__ = [
    "AddReport",
    "AnalyzerMismatch",
    "Article",
    "CorpusError",
    "FrenchAnalyzer",
    "Hit",
    "Index",
    "IndexCorrupt",
    "IndexExists",
    "IndexLocked",
    "IndexNotFound",
    "IndexTooOld",
    "Marked",
    "NewsIndexError",
    "QueryError",
    "Results",
    "Snippet",
    "__version__",
    "create",
    "open",
    "parse",
    "read",
]
