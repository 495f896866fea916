"""Defines what keeps an index: the protocols that a folder of this machine and a cluster both implement.

:class:`newsindex.Index` and :class:`newsindex.Searcher` check the arguments of a call and parse its query,
then ask a backend. A backend raises the errors of :mod:`newsindex.errors`; what it cannot do, it refuses by
name before it changes or sends anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

if TYPE_CHECKING:  # an index that is only opened loads none of this
    from newsindex.alerts import Alerts
    from newsindex.alerts.hit_source import HitSource
    from newsindex.analyzer import Lexicon
    from newsindex.article import Article
    from newsindex.distinctive_words import DistinctiveWords
    from newsindex.index_settings import IndexSettings
    from newsindex.index_statistics import Stats
    from newsindex.indexer import IndexWriter, SameId
    from newsindex.query.keyness.word_search import WordsQuery
    from newsindex.query.ranking.search_options import Operator, SearchOptions
    from newsindex.query.snapshot_searcher import TypedQuery
    from newsindex.query.syntax.nodes import QueryNode
    from newsindex.query.syntax.parser import ParsedQuery
    from newsindex.results import Acronym, Explanation, Marked, Results
    from newsindex.storage.indexed_files import IndexedFile
    from newsindex.timelines import Timeline, TimelineUnit


class SearchBackend(Protocol):
    """One state of an index, as a searcher asks it. Threads may share it.

    All methods end with DeadlineExceeded inside a ``deadline`` block that is over.
    """

    @property
    def commit(self) -> int:
        """The number of the state; it grows with every change."""

    @property
    def identity(self) -> str:
        """A random text that this index alone has, even of those that were in its place before."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the index understands days."""

    @property
    def lexicon(self) -> Lexicon:
        """The user's own words, as recorded when the index was created."""

    @property
    def documents(self) -> int:
        """The number of articles."""

    def close(self) -> None:
        """Releases what holds the state; the backend is not asked any more."""

    def has(self, article_id: str) -> bool:
        """Returns whether an article has an id."""

    def get(self, article_id: str) -> Article | None:
        """Returns the article with an id, None where no article has it."""

    def every_article(self) -> Iterator[Article]:
        """Returns all articles, in no particular order."""

    def articles(self, query: ParsedQuery) -> Iterator[Article]:
        """Returns all articles that a query finds: those without a date, then the oldest first."""

    def identical_texts(self, article_id: str) -> list[Article]:
        """Returns the other articles with the same body. Raises QueryError for an unknown id."""

    def acronyms(self) -> list[Acronym]:
        """Returns the acronyms that the articles define, those that most articles define first."""

    def parse(self, query: str, operator: Operator) -> ParsedQuery:
        """Returns the tree of a query, with the other ways in which the articles write its words."""

    def search(self, query: ParsedQuery, options: SearchOptions, typed: TypedQuery | None = None) -> Results:
        """Returns one page of what a query finds; with ``typed``, a correction of what was typed too."""

    def compare_timelines(
        self, queries: Sequence[tuple[str, ParsedQuery]], everything: ParsedQuery, unit: TimelineUnit
    ) -> Timeline:
        """Returns the timelines of some queries, each with its text.

        ``everything`` finds all articles of which the shares are taken.
        """

    def distinctive_words(self, asked: WordsQuery, limit: int) -> DistinctiveWords:
        """Returns the words that stand out in what a query finds."""

    def more_like_this(self, article_id: str) -> ParsedQuery:
        """Returns the query for articles like one. Raises QueryError for an unknown id."""

    def complete(self, prefix: str, limit: int) -> list[str]:
        """Returns completions of what was typed, the likeliest first."""

    def explain(self, query: ParsedQuery, article_id: str) -> Explanation | None:
        """Returns how the score of an article is made up, None where it does not match.

        Raises QueryError for an unknown id.
        """

    def mark(self, article: Article, tree: QueryNode) -> Marked:
        """Returns an article with the words of a query marked in all of it."""


class IndexBackend(Protocol):
    """An index that is open: the state that it shows, and how it is changed. Threads may share it."""

    @property
    def name(self) -> str:
        """The folder, or the address without user and password, as messages show it."""

    @property
    def path(self) -> Path | None:
        """The folder of the index, None where it is in none."""

    @property
    def description(self) -> str:
        """A short description for people: "closed", "damaged", or the number of articles."""

    @property
    def settings(self) -> IndexSettings:
        """The settings that the index has recorded."""

    @property
    def alerts(self) -> Alerts:
        """The saved searches of the index."""

    def close(self) -> None:
        """Releases files and connections; afterwards every other method raises NewsIndexError."""

    def check_open(self) -> None:
        """Raises NewsIndexError where the index has been closed."""

    def current(self) -> SearchBackend:
        """Returns the state that is shown, which the index itself closes."""

    def snapshot(self) -> SearchBackend:
        """Returns a state whose answers stay those of now, until its ``close``."""

    def refresh(self) -> None:
        """Shows the last change, whoever made it."""

    def stats(self) -> Stats:
        """Returns the statistics of the index."""

    def check(self) -> None:
        """Reads the whole index and checks that its parts agree. Raises IndexCorrupt."""

    def indexed_files(self) -> Mapping[bytes, IndexedFile]:
        """Returns the files whose articles have all been taken in, by path."""

    def writer(
        self, timeout: float, workers: int, same_id: SameId, source: HitSource
    ) -> AbstractContextManager[IndexWriter]:
        """Returns a block of changes, which are kept at its end and rolled back by an exception.

        ``source`` is given the state after them, by which the matches of alerts show their articles. Raises
        IndexLocked where other writers do not finish within ``timeout`` seconds.
        """

    def rebuild(self, timeout: float, workers: int) -> None:
        """Indexes all articles anew from what is stored of them."""
