"""How are articles added, updated and deleted so that all of it happens at once, or none of it?

A writer holds the catalogue's lock. Articles gather in a batch; full batches become segments that no
commit names yet. On commit the last batch is written, segments are merged where a tier is full, and
one transaction makes the new list of segments and deletions the live one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4
from zoneinfo import ZoneInfo

import numpy as np

from newsindex.article import Article
from newsindex.dates.minutes import minutes_since_epoch
from newsindex.indexer.building.batch import Batch, Rows, SegmentBuilder
from newsindex.indexer.merging.segment_merger import choose_merge, choose_optimize, merge_segments
from newsindex.indexer.scanning.scanner import Scanner
from newsindex.indexer.workers.worker_process import MOST, IndexingProcess
from newsindex.storage.catalogue import SegmentEntry, Transaction
from newsindex.storage.folder_sync import discard, sync_folder
from newsindex.storage.indexed_files import Source
from newsindex.storage.postings_encoder import MAX_DOCUMENTS
from newsindex.storage.segment import Columns, Segment, hash_id
from newsindex.storage.stored_articles import LABELS, content_hash, packed, restore_article
from newsindex.storage.system_errors import missing, reporting_refusals
from newsindex.storage.text_store import unpack

from .add_report import AddReport

MAX_ARTICLE_CHARACTERS: Final = 1 << 24
"""Characters of an article that can be indexed: some thousands of pages."""
_BATCH_CHARACTERS: Final = 110_000_000
"""A batch becomes a segment at this size: indexing then stays under 512 MB."""
_ALONE_CHARACTERS: Final = 8_000_000
"""Before this size other processes are not worth their start."""
_ADMIT: Final = 512  # articles looked up and scanned together
_ADMIT_CHARACTERS: Final = 4_000_000  # or so much text
_ASK: Final = 16  # blocks between two questions to other processes whether there is memory for more
SUFFIX: Final = ".segment"
_labels_of = attrgetter(*LABELS)


class _Row(NamedTuple):
    """What is kept of an article beside its words and its packed text."""

    published: int
    id_hash: int
    content_hash: int
    labels: tuple[str | None, ...]


class _Block(NamedTuple):
    """Articles that are taken in together."""

    packed: list[bytes]
    texts: list[str]  # headline and body of each


@dataclass
class _Live:
    """A segment in this transaction, with the documents that it deletes."""

    segment: Segment
    deleted: set[int]

    def entry(self) -> SegmentEntry:
        deleted = np.array(sorted(self.deleted), "<u2").tobytes()
        return SegmentEntry(self.segment.name, self.segment.documents, deleted)

    @property
    def documents(self) -> int:
        return self.segment.documents - len(self.deleted)


class Writer:
    """Changes to an index, not seen by anybody before they are committed."""

    def __init__(
        self, folder: Path, transaction: Transaction, scanner: Scanner, zone: ZoneInfo, workers: int
    ) -> None:
        self.report = AddReport()
        self._folder = folder
        self._transaction = transaction
        self._scanner = scanner
        self._zone = zone
        self._workers = workers
        self._written: set[str] = set()
        self._live = [_open(folder, entry) for entry in transaction.manifest.segments]
        self._waiting: dict[str, Article] = {}  # by id, not yet admitted
        self._waiting_characters = 0
        self._processes: list[IndexingProcess] = []
        self._gatherings: list[SegmentBuilder] = []  # none before it is known where to gather
        self._start_batch()
        self._sweep()

    def _sweep(self) -> None:
        """Delete segments that no commit names: a writer was stopped before it could."""
        named = {entry.name for entry in self._transaction.manifest.segments}
        self._discard({path.name for path in self._folder.glob(f"*{SUFFIX}")} - named)

    def _start_batch(self) -> None:
        self._batch: dict[str, int] = {}  # id -> index in _rows
        self._rows: list[_Row | None] = []  # None for what was replaced or deleted since
        self._blocks: list[range] = []  # of _rows
        self._owners: list[int] = []  # to which of the gatherings each block was given
        self._held: list[_Block] = []  # the last blocks, not given yet
        self._characters = 0

    # Changes

    def add(self, article: Article) -> None:
        """Add an article; one with a known id replaces it, or is skipped if nothing changed."""
        if article.id in self._waiting:
            self._admit()
        self._waiting[article.id] = article
        self._waiting_characters += len(article.headline) + len(article.body)
        if len(self._waiting) >= _ADMIT or self._waiting_characters >= _ADMIT_CHARACTERS:
            self._admit()

    def get(self, article_id: str) -> Article | None:
        """The article with this id, as of the changes so far."""
        if article_id in self._waiting:
            return self._waiting[article_id]
        at = self._batch.get(article_id)
        if at is not None:
            return restore_article(unpack(self._stored(at)))
        found = self._find(article_id)
        if found is None:
            return None
        live, document = found
        return restore_article(live.segment.text(document))

    def delete(self, article_id: str) -> bool:
        """Delete an article; returns whether there was one with this id."""
        self._admit()
        return self._remove(article_id)

    def _remove(self, article_id: str) -> bool:
        at = self._batch.pop(article_id, None)
        if at is not None:
            self._rows[at] = None
            return True
        found = self._find(article_id)
        if found is None:
            return False
        live, document = found
        live.deleted.add(document)
        return True

    def _find(self, article_id: str) -> tuple[_Live, int] | None:
        for live in self._live:
            document = live.segment.find(article_id)
            if document is not None and document not in live.deleted:
                return live, document
        return None

    def _known(self, id_hashes: Sequence[int]) -> list[bool]:
        """Which of these ids may be in a segment already."""
        hashes = np.array(id_hashes, np.uint64)
        seen = np.zeros(len(hashes), bool)
        for live in self._live:
            at = np.searchsorted(live.segment.id_hashes, hashes)
            at = np.minimum(at, live.segment.documents - 1)
            seen |= live.segment.id_hashes[at] == hashes
        return seen.tolist()

    def _admit(self) -> None:
        """Move what waits into the batch, without what is known and unchanged."""
        if not self._waiting:
            return
        articles = list(self._waiting.values())
        self._waiting.clear()
        self._waiting_characters = 0
        hashes = [hash_id(article.id) for article in articles]
        block = _Block([], [])
        for article, id_hash, known in zip(articles, hashes, self._known(hashes), strict=True):
            stored = packed(article)
            digest = content_hash(stored)
            if known or article.id in self._batch:
                old = self._content(article.id)
                if old == digest:
                    self.report.skipped += 1
                    continue
                if self._remove(article.id):
                    self.report.updated += 1
                else:
                    self.report.added += 1
            else:
                self.report.added += 1
            self._batch[article.id] = len(self._rows)
            published = minutes_since_epoch(article.published, self._zone)
            self._rows.append(_Row(published, id_hash, digest, _labels_of(article)))
            block.packed.append(stored)
            block.texts.extend((article.headline, article.body))
            self._characters += len(article.headline) + len(article.body)
        self._blocks.append(range(len(self._rows) - len(block.packed), len(self._rows)))
        self._held.append(block)
        self._gather()
        if self._is_full():
            self._flush()

    def _is_full(self) -> bool:
        """Whether the batch should become a segment now."""
        if self._characters >= _BATCH_CHARACTERS or len(self._rows) > MAX_DOCUMENTS - _ADMIT:
            return True
        if self._processes and len(self._blocks) % _ASK:
            return False
        return any(gathering.is_full() for gathering in self._gatherings)

    def _gather(self) -> None:
        """Give blocks to where they gather: here, and in other processes once there is enough to do."""
        if not self._gatherings:
            if self._workers == 1:
                self._gatherings = [Batch(self._scanner)]
            elif self._characters >= _ALONE_CHARACTERS:
                self._start_processes()
            else:
                return
        for block in self._held:
            ready = (i for i, process in enumerate(self._processes, 1) if process.has_room)
            self._owners.append(next(ready, 0))
            self._gatherings[self._owners[-1]].scan(*block)
        self._held.clear()

    def _stored(self, at: int) -> bytes:
        """The packed article of one of the rows."""
        number = bisect_right(self._blocks, at, key=lambda block: block.start) - 1
        within = at - self._blocks[number].start
        if number >= len(self._owners):
            return self._held[number - len(self._owners)].packed[within]
        owner = self._owners[number]
        return self._gatherings[owner].packed(sum(map(len, self._blocks_of(owner, number))) + within)

    def _blocks_of(self, owner: int, before: int | None = None) -> list[range]:
        """The blocks that one of the gatherings was given."""
        given = zip(self._blocks[:before], self._owners, strict=False)
        return [block for block, own in given if own == owner]

    def _start_processes(self) -> None:
        lexicon = self._transaction.manifest.settings.get("lexicon", {})
        for _ in range(1, min(self._workers, MOST)):
            self._processes.append(IndexingProcess(lexicon))
        self._gatherings = [Batch(self._scanner), *self._processes]

    def _stop_processes(self) -> None:
        for process in self._processes:
            process.stop()
        self._processes.clear()
        self._gatherings = []

    def _content(self, article_id: str) -> int | None:
        row = self._rows[self._batch[article_id]] if article_id in self._batch else None
        if row is not None:
            return row.content_hash
        found = self._find(article_id)
        if found is None:
            return None
        live, document = found
        return int(live.segment.content_hash[document])

    def _flush(self) -> None:
        """Write the batch as a segment, or as one of each process."""
        if not self._gatherings:
            self._gatherings = [Batch(self._scanner)]
        self._gather()
        paths = []
        with reporting_refusals(self._folder):
            for owner, gathering in reversed(list(enumerate(self._gatherings))):  # this process last
                rows = self._rows_of(self._blocks_of(owner))
                if not rows.kept.any():
                    gathering.forget()
                    continue
                paths.append(self._new_path())
                gathering.build(paths[-1], rows)
            for gathering in self._gatherings:
                gathering.wait()
        self._live += [_Live(Segment(path), set()) for path in paths]
        if not self._processes:
            self._gatherings = []
        self._start_batch()

    def _rows_of(self, blocks: Sequence[range]) -> Rows:
        all_rows = [row for block in blocks for row in self._rows[block.start : block.stop]]
        rows = [row for row in all_rows if row is not None]
        lengths = np.zeros(0, np.uint32)  # known to who has scanned the texts
        columns = Columns(
            published=np.array([row.published for row in rows], np.int32),
            headline_length=lengths,
            body_length=lengths,
            id_hash=np.array([row.id_hash for row in rows], np.uint64),
            content_hash=np.array([row.content_hash for row in rows], np.uint64),
            labels={name: [row.labels[i] or "" for row in rows] for i, name in enumerate(LABELS)},
        )
        return Rows(columns, np.array([row is not None for row in all_rows], bool))

    def _new_path(self) -> Path:
        path = self._folder / f"{uuid4().hex}{SUFFIX}"
        self._written.add(path.name)
        return path

    def remember(self, sources: Sequence[Source]) -> None:
        """Note files whose articles are all among these changes."""
        self._transaction.remember(sources)

    # Merging

    def _merge(self, chosen: Sequence[int]) -> None:
        parts = [self._live[i] for i in chosen]
        fresh = [Segment(self._folder / live.segment.name, live.entry().deleted) for live in parts]
        self._live = [live for live in self._live if live not in parts]
        if any(segment.live_documents for segment in fresh):
            path = self._new_path()
            with reporting_refusals(self._folder):
                merge_segments(path, fresh, self._workers)
            self._live.append(_Live(Segment(path), set()))

    def optimize(self) -> None:
        """Merge into as few segments as can be, and leave no deleted document on disk."""
        self._admit()
        self._flush()
        self._stop_processes()
        while chosen := choose_optimize([(live.documents, live.segment.documents) for live in self._live]):
            self._merge(chosen)

    # The end

    def commit(self) -> None:
        """Make every change of this writer live, at one instant."""
        self._admit()
        self._flush()
        self._stop_processes()  # merging needs the memory
        while chosen := choose_merge([live.documents for live in self._live]):
            self._merge(chosen)
        before = self._transaction.manifest.segments
        entries = tuple(live.entry() for live in self._live if live.documents)
        if entries != before or self._transaction.has_sources:
            with reporting_refusals(self._folder):
                sync_folder(self._folder)
            self._transaction.commit(entries)
        named = {entry.name for entry in entries}
        self._discard({entry.name for entry in before} - named | self._written - named)

    def roll_back(self) -> None:
        """Leave nothing of this writer's changes; what was committed before an error stays."""
        self._stop_processes()
        if self._transaction.is_pending:
            self._discard(self._written)

    def _discard(self, names: set[str]) -> None:
        discard(self._folder / name for name in names)


def _open(folder: Path, entry: SegmentEntry) -> _Live:
    try:
        segment = Segment(folder / entry.name, entry.deleted, entry.documents)
    except FileNotFoundError as error:
        raise missing(error) from error
    return _Live(segment, set(segment.deleted.tolist()))
