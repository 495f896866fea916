"""An index in a folder: the commit that it shows, its writers and its alerts."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from newsindex.alerts import Alerts
from newsindex.alerts.hit_source import HitSource
from newsindex.index_settings import IndexSettings
from newsindex.index_statistics import Stats
from newsindex.indexer import IndexWriter, SameId
from newsindex.query.snapshot_searcher import SnapshotSearcher
from newsindex.storage.alerts.alert_tables import AlertTables
from newsindex.storage.catalogue import Catalogue
from newsindex.storage.indexed_files import IndexedFile

from .alert_access import LocalAlertAccess
from .index_reader import IndexReader
from .snapshot_statistics import collect_statistics
from .write_access import WriteAccess


class LocalIndex:
    """An index in a folder; it implements ``newsindex.backends.base.IndexBackend``.

    Any number of threads may share it, and so may processes that are forked after it was opened; one that is
    forked during a write can only search.
    """

    def __init__(self, path: Path, mapped: bool) -> None:
        """Opens the index; ``mapped`` says whether segment files are mapped into memory."""
        self.path = path
        self.name = str(path)
        self._catalogue = Catalogue(path)
        self._reader = IndexReader(path, self._catalogue, mapped)
        self._write_access = WriteAccess(path, self._catalogue, self._reader)
        self.alerts = Alerts(
            LocalAlertAccess(
                self._read_alert_tables, self._reader.last_searcher, self._write_access.alert_tables
            )
        )

    def close(self) -> None:
        """Releases the files."""
        self._reader.close()
        self._write_access.close()

    def check_open(self) -> None:
        """Raises NewsIndexError where the index has been closed."""
        self._reader.check_open()

    @property
    def description(self) -> str:
        """A short description for people: "closed", "damaged", or the number of articles."""
        return self._reader.state

    @property
    def settings(self) -> IndexSettings:
        """The settings that the index has recorded."""
        snapshot = self._reader.searcher.snapshot
        return IndexSettings(snapshot.zone, snapshot.ranking, snapshot.lexicon, snapshot.learns_acronyms)

    # Reading

    def current(self) -> SnapshotSearcher:
        """Returns the searcher of the commit that is shown."""
        return self._reader.searcher

    def snapshot(self) -> SnapshotSearcher:
        """Returns a searcher of the commit that is shown.

        As long as it is held, the segments stay usable whatever is committed, merged or deleted.
        """
        current = self._reader.searcher
        return SnapshotSearcher(current.snapshot, current.recent_vocabulary, current.identity)

    def refresh(self) -> None:
        """Shows the last commit, whoever made it."""
        self._reader.refresh()

    def stats(self) -> Stats:
        """Returns the statistics of the commit that is shown."""
        return collect_statistics(self._reader.searcher.snapshot, self._catalogue.size())

    def check(self) -> None:
        """Reads every byte of the last commit and checks that its parts agree. Raises IndexCorrupt."""
        self._reader.check()

    def indexed_files(self) -> Mapping[bytes, IndexedFile]:
        """Returns the files whose articles are all in the index, by path."""
        return self._catalogue.indexed_files()

    def _read_alert_tables(self) -> AbstractContextManager[AlertTables]:
        self._reader.check_open()
        return self._catalogue.alert_tables()

    # Writing

    def writer(
        self, timeout: float, workers: int, same_id: SameId, source: HitSource
    ) -> AbstractContextManager[IndexWriter]:
        """Returns a block of changes with one commit at its end; an exception rolls all of them back.

        Raises IndexLocked where other writers do not finish within ``timeout`` seconds.
        """
        return self._write_access.writer(timeout, workers, same_id, source)

    def rebuild(self, timeout: float, workers: int) -> None:
        """Indexes all articles anew, in one commit, and shows it."""
        self._write_access.rebuild(timeout, workers)
