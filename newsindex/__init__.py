"""The public interface of newsindex, full-text search for French-language news."""

from . import display as _display  # noqa: F401 - imported for its effect: results learn how to show themselves
from ._version import __version__
from .alerts import Alerts
from .analyzer import FrenchAnalyzer
from .article import Article
from .compiled import kernel
from .corpus import Corpus, ErrorKind, FileSummary, Summary, read
from .distinctive_words import DistinctiveWord, DistinctiveWords
from .errors import (
    AccessDenied,
    AlertExists,
    AlertNotFound,
    AnalyzerMismatch,
    ClusterUnavailable,
    CorpusError,
    CursorExpired,
    DeadlineExceeded,
    ExtraNotInstalled,
    IndexCorrupt,
    IndexExists,
    IndexLocked,
    IndexNotFound,
    IndexTooNew,
    IndexTooOld,
    NewsIndexError,
    NotificationError,
    QueryError,
)
from .index import Index, create, open, parse, rebuild
from .index_statistics import Stats
from .indexer import AddReport, IndexWriter, SameId
from .query.ranking.search_options import Facet, Operator, Sort
from .results import Acronym, Alert, Explanation, Hit, Marked, Match, Note, Results, Snippet
from .review.press_review import Review
from .review.review_content import ReviewEntry, ReviewSection
from .searching.searcher import Searcher
from .timelines import Series, Timeline, TimelineUnit

__all__ = [
    "AccessDenied",
    "Acronym",
    "AddReport",
    "Alert",
    "AlertExists",
    "AlertNotFound",
    "Alerts",
    "AnalyzerMismatch",
    "Article",
    "ClusterUnavailable",
    "Corpus",
    "CorpusError",
    "CursorExpired",
    "DeadlineExceeded",
    "DistinctiveWord",
    "DistinctiveWords",
    "ErrorKind",
    "Explanation",
    "ExtraNotInstalled",
    "Facet",
    "FileSummary",
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
    "Match",
    "NewsIndexError",
    "Note",
    "NotificationError",
    "Operator",
    "QueryError",
    "Results",
    "Review",
    "ReviewEntry",
    "ReviewSection",
    "SameId",
    "Searcher",
    "Series",
    "Snippet",
    "Sort",
    "Stats",
    "Summary",
    "Timeline",
    "TimelineUnit",
    "__version__",
    "create",
    "kernel",
    "open",
    "parse",
    "read",
    "rebuild",
]
