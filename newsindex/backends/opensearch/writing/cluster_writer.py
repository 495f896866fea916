"""The writer of an index on a cluster: articles are admitted as into a folder, then sent in bulk.

A writer keeps up to MAX_KEPT changes, or MAX_KEPT_CHARACTERS of their texts, and sends them at the end of its
block, so that an exception before leaves the index as it was. Of more changes than that, each batch is sent
as it comes, and an exception leaves what was sent: the same articles can be added again, and those that are
there already are skipped.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from newsindex.article import Article
from newsindex.errors import ClusterUnavailable, CorpusError
from newsindex.indexer.add_report import AddReport, Outcome, SameId
from newsindex.indexer.admission import Admission
from newsindex.indexer.building.segment_builder import Block
from newsindex.indexer.scanning.scanners import WordScanner
from newsindex.storage.indexed_files import IndexedFile
from newsindex.wording import counted

from ..connection import Connection
from ..documents import DocumentEncoder
from ..index_record import IndexRecord, Places, read_record, record_averages, with_averages
from ..indexed_files import store_files
from ..patience import patiently
from ..refusals import Refusal
from .bulk_sender import BulkSender, Change
from .change_observer import ChangeObserver
from .known_articles import KnownOnCluster
from .pending_changes import PendingChange, PendingChanges

MAX_KEPT: Final = 5000
"""Changes that a writer keeps until the end of its block."""
MAX_KEPT_CHARACTERS: Final = 32_000_000
"""Characters of headlines and bodies that it keeps."""
_BATCH: Final = 500  # changes that are sent together
_BATCH_CHARACTERS: Final = 2_000_000
_MERGE_TIMEOUT: Final = 3600.0  # seconds
_MIN_AVERAGED: Final = 100  # articles from which the average lengths of a new index are taken


class ClusterWriter:
    """Implements ``indexer.index_writer.Writer``."""

    def __init__(
        self,
        connection: Connection,
        places: Places,
        record: IndexRecord,
        scanner: WordScanner,
        same_id: SameId,
        observer: ChangeObserver,
    ) -> None:
        """``scanner`` knows the words of earlier writers, and ``observer`` is told of the changes."""
        self.report = AddReport()
        self.same_id = same_id
        self._observer = observer
        self._connection = connection
        self._places = places
        self._record = record
        self._encoder = DocumentEncoder(scanner, record)
        count = patiently(lambda: connection.request("GET", f"/{places.index}/_count")["count"])
        self._is_empty = count == 0
        self._known = KnownOnCluster(connection, record.settings.zone, is_empty=self._is_empty)
        self._pending = PendingChanges(self._known.version)
        self._admission = Admission(self._known, self._pending, self.report, record.settings.zone, same_id)
        self.earlier = self._admission.earlier
        self._sender = BulkSender(
            connection, places, on_sent=self._confirm, on_refused=self._refuse, on_moved=self._follow
        )
        self._lock = threading.Lock()
        self._outcomes: dict[tuple[str, int], Outcome] = {}  # of articles that are sent, by id and version
        self._files: list[IndexedFile] = []
        self._sent = self._kept = 0
        self._merges = False

    # Changes

    def add(self, article: Article) -> None:
        """Adds an article; one with a known id replaces it, or is skipped if its content is equal."""
        self._admission.add(article, self)

    def get(self, article_id: str) -> Article | None:
        """The article with this id after the changes so far, or None."""
        return self._admission.get(article_id, self)

    def admitted(self, article_id: str) -> Article | None:
        """The admitted article with this id, or None."""
        change = self._pending.get(article_id)
        if change is not None:
            return change.article
        if self._known.is_being_sent(article_id):
            self._sender.wait()
        return self._known.get(article_id)

    def delete(self, article_id: str) -> bool:
        """Deletes an article; returns whether there was one with this id."""
        self._admission.admit(self)
        in_batch, in_index = self._pending.remove(article_id), self._known.delete(article_id)
        if in_batch or in_index:
            self._pending.delete(article_id)
        return in_batch or in_index

    def remember(self, files: Sequence[IndexedFile]) -> None:
        """Records files whose articles are all among these changes."""
        self._files += files

    def optimize(self) -> None:
        """Has the cluster remove deleted articles from the disk at the end of the block."""
        self._merges = True

    def take(self, texts: Block) -> None:
        """Sends the changes that were admitted where they are too many to be kept."""
        is_much = len(self._pending) > MAX_KEPT or self._pending.characters > MAX_KEPT_CHARACTERS
        is_batch = len(self._pending) >= _BATCH or self._pending.characters >= _BATCH_CHARACTERS
        if is_much or (self._sent and is_batch):
            with self._telling_kept():
                self._send()

    # Sending

    def _send(self) -> None:
        """Sends the changes that were admitted, in batches."""
        changes = list(self._pending.take().items())
        self._set_averages([change.article for _, change in changes if change.article is not None])
        batch: list[tuple[str, PendingChange]] = []
        characters = 0
        for article_id, change in changes:
            batch.append((article_id, change))
            characters += 0 if change.article is None else len(change.article.headline + change.article.body)
            if len(batch) >= _BATCH or characters >= _BATCH_CHARACTERS:
                self._submit(batch)
                batch, characters = [], 0
        if batch:
            self._submit(batch)

    def _submit(self, batch: Sequence[tuple[str, PendingChange]]) -> None:
        articles = [(change.article, change.version) for _, change in batch if change.article is not None]
        sources = iter(self._encoder.encode(*zip(*articles, strict=True)) if articles else ())
        changes = [
            Change(article_id, change.version, None if change.article is None else next(sources))
            for article_id, change in batch
        ]
        self._observer.before_sending(changes)
        for article_id, change in batch:
            self._known.begin(article_id, change.content_hash, change.version)
            with self._lock:
                if change.outcome is not None:
                    self._outcomes[article_id, change.version] = change.outcome
        self._sent += len(batch)
        self._sender.submit(changes)

    def _set_averages(self, articles: Sequence[Article]) -> None:
        """Records the average lengths of the first articles of a new index, where these are enough."""
        if self._record.are_typical and len(articles) >= _MIN_AVERAGED and self._is_empty:
            averages = self._encoder.average_lengths(articles)
            self._record = with_averages(self._record, averages)
            record_averages(self._connection, self._places.index, self._record)
            self._encoder.follow(self._record)

    # What the sender tells, in its threads

    def _confirm(self, changes: Sequence[Change]) -> None:
        self._known.confirm(changes)
        with self._lock:
            self._kept += len(changes)
            for change in changes:
                self._outcomes.pop((change.article_id, change.version), None)

    def _refuse(self, change: Change, reason: str) -> None:
        """Counts an article that the cluster does not take as an error, and not as it was counted before."""
        self._known.confirm([change])
        with self._lock:
            outcome = self._outcomes.pop((change.article_id, change.version), None)
            if outcome is not None:
                setattr(self.report, outcome, getattr(self.report, outcome) - 1)
            self.report.add_errors(
                [CorpusError(f"the cluster did not take the article {change.article_id!r}: {reason}")]
            )

    def _follow(self, places: Places) -> None:
        """Encodes by the record of the index where articles are written from now on."""
        record = read_record(self._connection, places.index)
        self._encoder.follow(record)
        self._places, self._record = places, record

    # The end

    def commit(self) -> None:
        """Sends every change that was not sent, and returns when all are kept and can be found."""
        self._admission.admit(self)
        with self._telling_kept():
            self._send()
            self._sender.wait()
            if self._files:
                store_files(self._connection, self._record.identity, self._files)
        if self._sent:
            patiently(self._show)
            self._observer.after_sending()
        if self._merges:
            self._expunge_deletes()

    @contextmanager
    def _telling_kept(self) -> Iterator[None]:
        """Has an error of the cluster say how many changes were kept."""
        try:
            yield
        except ClusterUnavailable as error:
            raise ClusterUnavailable(f"{error}; {self._kept_changes()}") from error
        except Refusal as refusal:
            raise refusal.followed_by(self._kept_changes()) from refusal

    def _kept_changes(self) -> str:
        with self._lock:
            kept = f"{self._kept:,} of {counted(self._sent, 'change was', 'changes were')} kept"
        return f"{kept}: make the same changes again, which skips what is there"

    def _show(self) -> None:
        """Makes the changes visible, unless the address tells otherwise."""
        if self._connection.address.visible == "refresh":
            self._connection.request("POST", f"/{self._connection.address.index}/_refresh")

    def _expunge_deletes(self) -> None:
        """Has the cluster show all changes, and has it remove deleted articles from the disk."""
        index = self._connection.address.index
        self._connection.request("POST", f"/{index}/_refresh")
        self._connection.request(
            "POST", f"/{index}/_forcemerge", params={"only_expunge_deletes": True}, timeout=_MERGE_TIMEOUT
        )

    def roll_back(self) -> None:
        """Gives up what was not sent."""
        self._sender.close()
