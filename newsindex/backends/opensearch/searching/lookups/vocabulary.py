"""The newest articles of a cluster as a local snapshot, by which words are completed and corrected."""

from __future__ import annotations

import time
from itertools import islice
from typing import Final

from newsindex.backends.opensearch.documents import restore_article
from newsindex.backends.opensearch.searching.pinned_index import PinnedIndex
from newsindex.backends.opensearch.searching.querying.clauses import EVERYTHING
from newsindex.backends.opensearch.searching.querying.result_order import sort_of
from newsindex.backends.opensearch.searching.result_snapshot import SnapshotMaker
from newsindex.forks import Lock
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.suggestion.recent_vocabulary import RecentVocabulary

MAX_ARTICLES: Final = 5_000
"""The articles whose words and headlines are known."""
_MAX_AGE: Final = 600.0  # seconds after which they are read again
_SMALL: Final = 500  # articles of an index whose every change is read at once


class Vocabulary:
    """The newest articles of an index, which are read when they are first needed; threads may share it.

    It is kept from one state of the index to the next, and renewed where it has become old.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._read_at = 0.0
        self.recent = RecentVocabulary()
        """What completions and corrections have read of the snapshot."""

    def snapshot(self, pinned: PinnedIndex, snapshots: SnapshotMaker) -> Snapshot:
        """Returns the snapshot of the newest articles. Raises DeadlineExceeded."""
        with self._lock:
            known = self._snapshot
            if known is not None and (
                known.commit == snapshots.commit
                or (known.documents > _SMALL and time.monotonic() - self._read_at < _MAX_AGE)
            ):
                return known
            hits = pinned.hits(EVERYTHING, sort_of("newest"))
            articles = [restore_article(hit["_source"], pinned.place) for hit in islice(hits, MAX_ARTICLES)]
            self.recent = RecentVocabulary()
            snapshot = snapshots.make(articles, None).snapshot
            self._snapshot, self._read_at = snapshot, time.monotonic()
            return snapshot
