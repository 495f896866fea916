"""The writer of one transaction, which admits articles, builds and merges segments, and commits.

A writer holds the catalogue's lock. Admitted articles are scanned as a batch; a full batch becomes segments
that no commit names yet. On commit the last batch is written, segments are merged where a tier is full, and
one transaction makes the new list of segments and deletions the live one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from newsindex.article import Article
from newsindex.indexer.building.segment_builder import Block
from newsindex.indexer.merging.merge_policy import SegmentSize, choose_merge, choose_optimize
from newsindex.indexer.merging.segment_merger import merge_segments
from newsindex.indexer.scanning.scanners import WordScanner
from newsindex.indexer.workers.worker_pool import WorkerPool
from newsindex.storage.catalogue import Transaction
from newsindex.storage.folder_sync import delete_files, sync_folder
from newsindex.storage.indexed_files import IndexedFile
from newsindex.storage.postings_encoder import MAX_DOCUMENTS
from newsindex.storage.stored_articles import restore_article
from newsindex.storage.system_errors import translate_system_errors
from newsindex.storage.text_store import unpack_text

from .add_report import AddReport, SameId
from .admission import Admission
from .commit_change import CommitChange, CommitObserver
from .live_segments import LiveSegments
from .pending_batch import PendingBatch

SEGMENT_SUFFIX: Final = ".segment"
_MAX_BATCH_CHARACTERS: Final = 110_000_000
"""A batch becomes a segment at this size: indexing then stays under 512 MB, but for
one article of more than a million different words."""
_MAX_BATCH_ROWS: Final = MAX_DOCUMENTS - 512
"""The articles that are admitted together still fit below the limit of a segment."""


class Writer:
    """Makes changes to an index that nobody sees before they are committed."""

    def __init__(
        self,
        folder: Path,
        transaction: Transaction,
        scanner: WordScanner,
        zone: ZoneInfo,
        workers: int,
        same_id: SameId = "replace",
        replaces_all: bool = False,
        observer: CommitObserver | None = None,
    ) -> None:
        """``same_id`` says what becomes of an article whose id is another article's.

        With ``replaces_all``, the writer begins without any article, and its commit replaces all segments.
        ``observer`` is told what a commit changes before it is made.
        """
        self.report = AddReport()
        self.same_id = same_id
        self._folder = folder
        self._transaction = transaction
        self._workers = workers
        self._written: set[str] = set()  # the names of segment files that this writer has made
        self._undeleted: list[Path] = []  # files that the system keeps because they are open
        self._segments = LiveSegments(folder, () if replaces_all else transaction.manifest.segments)
        self._observer = observer
        self._change = CommitChange(folder, transaction.manifest.segments)
        self._batch = PendingBatch(zone)
        self._admission = Admission(self._segments, self._batch, self.report, zone, same_id)
        self.earlier = self._admission.earlier
        self._pool = WorkerPool(scanner, transaction.manifest.settings, workers)
        self._sweep()

    def _sweep(self) -> None:
        """Deletes segment files that no commit names: a writer was stopped before it could do so."""
        named = {entry.name for entry in self._transaction.manifest.segments}
        self._delete({path.name for path in self._folder.glob(f"*{SEGMENT_SUFFIX}")} - named)

    # Changes

    def add(self, article: Article) -> None:
        """Adds an article; one with a known id replaces it, or is skipped if its content is equal."""
        self._admission.add(article, self)

    def get(self, article_id: str) -> Article | None:
        """The article with this id after the changes so far, or None."""
        return self._admission.get(article_id, self)

    def admitted(self, article_id: str) -> Article | None:
        """The admitted article with this id, or None."""
        row = self._batch.row(article_id)
        if row is not None:
            return restore_article(unpack_text(self._pool.packed_text(row)))
        return self._segments.get(article_id)

    def delete(self, article_id: str) -> bool:
        """Deletes an article; returns whether there was one with this id."""
        self._admission.admit(self)
        self._change.deleted.add(article_id)
        return self._admission.remove(article_id)

    def remember(self, files: Sequence[IndexedFile]) -> None:
        """Records files whose articles are all among these changes."""
        self._transaction.remember(files)

    def take(self, texts: Block) -> None:
        """Scans the texts of articles that were admitted, and builds a segment where the batch is full."""
        if not texts.packed:
            return
        self._pool.scan(texts, self._batch.characters)
        if self._is_full():
            self._flush()

    def _is_full(self) -> bool:
        """Whether the batch should become a segment now."""
        if self._batch.characters >= _MAX_BATCH_CHARACTERS or len(self._batch) > _MAX_BATCH_ROWS:
            return True
        return self._pool.is_full()

    def _flush(self) -> None:
        """Writes the batch as one segment of each builder."""
        with translate_system_errors(self._folder):
            paths = self._pool.build(self._batch.columns, self._new_path)
        for path in paths:
            self._segments.append(path)
            self._change.written.append(path)
        self._batch.clear()

    def _new_path(self) -> Path:
        path = self._folder / f"{uuid4().hex}{SEGMENT_SUFFIX}"
        self._written.add(path.name)
        return path

    # Merging

    def optimize(self) -> None:
        """Merges the segments into as few as possible, and leaves no deleted document on disk."""
        self._merge_while(choose_optimize)

    def _merge_while(self, choose: Callable[[Sequence[SegmentSize]], list[int]]) -> None:
        """Writes the batch, and merges what a policy chooses until it chooses nothing."""
        self._admission.admit(self)
        self._flush()
        self._pool.stop()  # merging needs the memory
        while chosen := choose([live.size for live in self._segments]):
            self._merge(chosen)

    def _merge(self, chosen: Sequence[int]) -> None:
        segments = [live.reopened() for live in self._segments.take(chosen)]
        if any(segment.live_documents for segment in segments):
            path = self._new_path()
            with translate_system_errors(self._folder):
                merge_segments(path, segments, self._workers)
            self._segments.append(path)

    # The end

    def commit(self) -> None:
        """Makes every change of this writer live, at one instant."""
        self._merge_while(choose_merge)
        before = self._transaction.manifest.segments
        entries = tuple(live.entry() for live in self._segments if live.live_documents)
        if entries != before or self._transaction.has_changes:
            if self._observer is not None:
                self._observer.before_commit(self._change, entries)
            with translate_system_errors(self._folder):
                sync_folder(self._folder)
            self._transaction.commit(entries)
        named = {entry.name for entry in entries}
        self._delete({entry.name for entry in before} - named | self._written - named)

    def roll_back(self) -> None:
        """Releases the segments, and deletes what this writer has written.

        It deletes nothing where its transaction was committed or may have been.
        """
        self._pool.stop()
        self._segments.clear()
        if self._transaction.is_pending:
            self._delete(self._written)

    def delete_remaining_files(self) -> None:
        """Tries again to delete the files that the system kept, once nothing of this process has them open.

        They are of no later commit, so that no lock is needed.
        """
        self._undeleted = delete_files(self._undeleted)

    def _delete(self, names: set[str]) -> None:
        self._undeleted += delete_files(self._folder / name for name in names)
