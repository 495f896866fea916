"""Who may write to an index, the block in which one writer makes its changes, and the rebuilding of an index.

The catalogue's lock admits one writer of all processes. Within a process, the threads that share an index
wait here for their turn, so that a thread that would wait for itself is told so at once.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from newsindex.alerts.hit_source import HitSource
from newsindex.analyzer import ANALYSIS, Lexicon
from newsindex.errors import IndexLocked
from newsindex.forks import Lock
from newsindex.index_settings import IndexSettings
from newsindex.indexer import IndexWriter, SameId
from newsindex.storage.alerts.alert_tables import AlertTables
from newsindex.storage.catalogue import Catalogue
from newsindex.storage.stored_articles import read_live_articles
from newsindex.storage.system_errors import missing_file_error, translate_database_errors

from .index_reader import IndexReader

if TYPE_CHECKING:
    from newsindex.indexer.scanning.scanners import (
        WordScanner,  # a program that only searches starts without it
    )
    from newsindex.indexer.writer import Writer  # the same
    from newsindex.storage.manifest import Manifest


class WriteAccess:
    """Gives writers of one index, one at a time."""

    def __init__(self, folder: Path, catalogue: Catalogue, reader: IndexReader) -> None:
        """``reader`` is the one that shows each commit at the end of its writer's block."""
        self._folder = folder
        self._catalogue = catalogue
        self._reader = reader
        self._lock = Lock()
        self._writing_thread: tuple[int, int] | None = None  # the ids of its process and of itself
        self._scanner: tuple[Lexicon, WordScanner] | None = None  # the last writer's; it knows earlier words

    def close(self) -> None:
        """Releases the words that the last writer has read."""
        self._scanner = None

    @contextmanager
    def writer(
        self, timeout: float, workers: int, same_id: SameId, source: HitSource
    ) -> Iterator[IndexWriter]:
        """A writer that commits at the end of the block; an exception rolls its changes back.

        ``source`` is given the searcher of the commit, by which the matches of alerts show their articles.
        Raises IndexLocked where other writers do not finish within ``timeout`` seconds.
        """
        from newsindex.alerts.commit_observer import AlertObserver  # the same
        from newsindex.indexer.scanning.scanners import (
            new_scanner,  # a program that only searches starts without it
        )
        from newsindex.indexer.writer import Writer  # the same

        with self._turn(timeout) as left, self._catalogue.write(left) as transaction:
            settings = IndexSettings.from_record(transaction.manifest.settings, self._folder)
            lexicon = settings.lexicon
            known_lexicon, scanner = self._scanner or (None, None)
            self._scanner = None
            if scanner is None or known_lexicon != lexicon:  # another one where the index was created anew
                scanner = new_scanner(lexicon.french)
            observer = AlertObserver(transaction, settings)
            changes = Writer(
                self._folder, transaction, scanner, settings.zone, workers, same_id, observer=observer
            )
            writer = IndexWriter(changes)
            try:
                yield writer
                writer.commit()
                self._scanner = lexicon, scanner  # after an error its tables may be incomplete
            finally:
                writer.close()
        self._reader.follow(transaction.manifest)
        changes.delete_remaining_files()
        if observer.arrivals and not self._reader.is_closed:
            source.searcher = self._reader.searcher
            writer.report.alerts = observer.matches(source)

    @contextmanager
    def alert_tables(self, timeout: float) -> Iterator[AlertTables]:
        """The tables of alerts for a change, which is committed at the end of the block.

        An exception rolls it back.

        Raises IndexLocked where writers do not finish within ``timeout`` seconds.
        """
        self._reader.check_open()
        with self._turn(timeout) as left, self._catalogue.write(left) as transaction:
            with translate_database_errors(self._catalogue.file):
                transaction.alerts.create()
                yield transaction.alerts
            transaction.commit_alerts()

    def rebuild(self, timeout: float, workers: int) -> None:
        """Indexes all articles anew, as :func:`newsindex.rebuild` does, and shows the commit."""
        with self._turn(timeout) as left:
            manifest, changes = rebuild_index(self._folder, self._catalogue, left, workers)
        self._reader.follow(manifest)
        changes.delete_remaining_files()

    @contextmanager
    def _turn(self, timeout: float) -> Iterator[float]:
        """Makes this thread the one writer of the process; gives the seconds left to wait for others."""
        this_thread = os.getpid(), threading.get_ident()
        if self._writing_thread == this_thread:
            raise IndexLocked(
                f"this thread is writing to {self._folder} already: use that writer, or end its block first"
            )
        started = time.monotonic()
        if not self._lock.acquire(timeout=timeout):
            raise IndexLocked(
                f"another thread is writing to {self._folder} and did not finish within "
                f"{round(timeout, 2):g} s: try again once it has"
            )
        self._writing_thread = this_thread
        try:
            yield max(0.0, timeout - (time.monotonic() - started))
        finally:
            if os.getpid() == this_thread[0]:  # a forked child has a lock of its own
                self._writing_thread = None
                self._lock.release()


def rebuild_index(
    folder: Path, catalogue: Catalogue, timeout: float, workers: int
) -> tuple[Manifest, Writer]:
    """Indexes every live article of an index anew, from what its segments store, and merges the segments.

    Returns the manifest of the commit, which keeps the settings, the identity and the indexed files, and its
    writer, which may have files left to delete. Until the commit the index is what it was; where the process
    ends before it, the next rebuild deletes what this one has written. Raises IndexLocked, IndexCorrupt,
    IndexTooNew, and IndexTooOld where articles were stored in another form.
    """
    from newsindex.indexer.scanning.scanners import (
        new_scanner,  # a program that only searches starts without it
    )
    from newsindex.indexer.writer import Writer  # the same

    with catalogue.write(timeout) as transaction:
        entries = transaction.manifest.segments
        record = {**transaction.manifest.settings, "analysis": ANALYSIS}
        settings = IndexSettings.from_record(record, folder)
        transaction.record_settings(record)
        scanner = new_scanner(settings.lexicon.french)
        writer = Writer(folder, transaction, scanner, settings.zone, workers, replaces_all=True)
        try:
            for entry in entries:
                for article in read_live_articles(folder, entry, settings.zone):
                    writer.add(article)
            writer.optimize()
            writer.commit()
        except FileNotFoundError as error:
            raise missing_file_error(error) from error
        finally:
            writer.roll_back()
    return transaction.manifest, writer
