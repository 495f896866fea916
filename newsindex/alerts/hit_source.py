"""The searcher by which the matches of several commits show their articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsindex.errors import NewsIndexError

if TYPE_CHECKING:
    from newsindex.query.snapshot_searcher import SnapshotSearcher


class HitSource:
    """Holds the searcher of the last of some commits.

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
