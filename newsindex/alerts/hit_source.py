"""Where the matches of alerts find their articles, and how a folder gives them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from newsindex.analyzer import Lexicon
from newsindex.errors import NewsIndexError

if TYPE_CHECKING:
    from newsindex.query.evaluation.snapshot import Snapshot
    from newsindex.query.snapshot_searcher import SnapshotSearcher
    from newsindex.query.syntax.parser import ParsedQuery

    from .definition import Definition


class MatchedArticles(Protocol):
    """The articles of matches, each given as the hash of its id."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the index."""

    @property
    def lexicon(self) -> Lexicon:
        """The user's own words."""

    def present(self, articles: Sequence[int]) -> Collection[int]:
        """Returns those of some articles that are in the index."""

    def parse(self, definition: Definition) -> ParsedQuery:
        """Returns the tree of an alert, with the other ways in which the articles write its words."""

    def snapshot_of(self, articles: Sequence[int]) -> Snapshot:
        """Returns a snapshot with some articles, of those that are in the index, and maybe others."""


class HitSource:
    """Holds the searcher of the last of some commits; it implements MatchedArticles for a folder.

    The matches of all of them show their articles by it. If each held the searcher of its own commit, a long
    addition would keep the files of all its commits open.
    """

    def __init__(self, searcher: SnapshotSearcher | None = None) -> None:
        self._searcher = searcher

    @property
    def searcher(self) -> SnapshotSearcher:
        """The searcher of the last commit. Raises NewsIndexError before the first."""
        if self._searcher is None:
            raise NewsIndexError("there was no commit yet")
        return self._searcher

    @searcher.setter
    def searcher(self, searcher: SnapshotSearcher) -> None:
        self._searcher = searcher

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the index."""
        return self.searcher.zone

    @property
    def lexicon(self) -> Lexicon:
        """The user's own words."""
        return self.searcher.lexicon

    def present(self, articles: Sequence[int]) -> Collection[int]:
        """Returns those of some articles that are in the index."""
        segments = self.searcher.snapshot.segments
        return {
            article
            for article in articles
            if any(True for segment in segments for _ in segment.documents_of_hash(article))
        }

    def parse(self, definition: Definition) -> ParsedQuery:
        """Returns the tree of an alert, with the other ways in which the articles write its words."""
        searcher = self.searcher
        return definition.within_filters(searcher.parse(definition.query, definition.operator), searcher.zone)

    def snapshot_of(self, articles: Sequence[int]) -> Snapshot:
        """Returns the snapshot of the whole index."""
        return self.searcher.snapshot
