"""The segments of a transaction, with the documents that it deletes in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from newsindex.article import Article
from newsindex.indexer.merging.merge_policy import SegmentSize
from newsindex.storage.manifest import SegmentEntry
from newsindex.storage.segment import Segment
from newsindex.storage.stored_articles import restore_article
from newsindex.storage.system_errors import missing_file_error


@dataclass
class LiveSegment:
    """A segment and its deleted documents, among them those that the transaction deletes."""

    segment: Segment
    deleted: set[int]

    def entry(self) -> SegmentEntry:
        """The entry of the segment in the manifest of the commit."""
        deleted = np.array(sorted(self.deleted), "<u2").tobytes()
        return SegmentEntry(self.segment.name, self.segment.documents, deleted)

    @property
    def live_documents(self) -> int:
        """The number of documents that are not deleted."""
        return self.segment.documents - len(self.deleted)

    @property
    def size(self) -> SegmentSize:
        """The size of the segment for the merge policy."""
        index_bytes = self.segment.size - self.segment.nbytes()["text_frame"]
        live_share = self.live_documents / self.segment.documents
        return SegmentSize(self.live_documents, self.segment.documents, int(index_bytes * live_share))

    def reopened(self) -> Segment:
        """The segment, opened with all of these deletions."""
        return Segment(self.segment.file.path, self.entry().deleted)


class LiveSegments:
    """The segments that a transaction would commit, in order."""

    def __init__(self, folder: Path, entries: Iterable[SegmentEntry]) -> None:
        self._segments = [_open_segment(folder, entry) for entry in entries]

    def __iter__(self) -> Iterator[LiveSegment]:
        return iter(self._segments)

    def clear(self) -> None:
        """Releases the files of all segments."""
        self._segments = []

    def append(self, path: Path) -> None:
        """Adds a segment that was written in this transaction."""
        self._segments.append(LiveSegment(Segment(path), set()))

    def take(self, chosen: Sequence[int]) -> list[LiveSegment]:
        """Removes some segments by their places; returns them."""
        taken = [self._segments[i] for i in chosen]
        self._segments = [segment for segment in self._segments if segment not in taken]
        return taken

    def get(self, article_id: str) -> Article | None:
        """The live article with this id, or None."""
        place = self._find(article_id)
        return None if place is None else restore_article(place[0].segment.text(place[1]))

    def content_hash(self, article_id: str) -> int | None:
        """The hash of the content of the live article with this id, or None."""
        place = self._find(article_id)
        return None if place is None else int(place[0].segment.content_hash[place[1]])

    def delete(self, article_id: str) -> bool:
        """Deletes an article; returns whether there was one with this id."""
        place = self._find(article_id)
        if place is None:
            return False
        live, document = place
        live.deleted.add(document)
        return True

    def restore(self, article_id: str, content_hash: int) -> bool:
        """Takes back that the transaction deleted an article with this content; returns whether it did."""
        for live in self._segments:
            document = live.segment.find(article_id)
            if (
                document is not None
                and document in live.deleted
                and document not in live.segment.deleted
                and int(live.segment.content_hash[document]) == content_hash
            ):
                live.deleted.remove(document)
                return True
        return False

    def _find(self, article_id: str) -> tuple[LiveSegment, int] | None:
        """The segment and the document of an article."""
        for live in self._segments:
            document = live.segment.find(article_id)
            if document is not None and document not in live.deleted:
                return live, document
        return None

    def may_contain(self, articles: Sequence[Article], id_hashes: Sequence[int]) -> list[bool]:
        """For the hash of each of some ids, whether any segment has it, live or deleted."""
        hashes = np.array(id_hashes, np.uint64)
        seen = np.zeros(len(hashes), bool)
        for live in self._segments:
            known = live.segment.id_hashes
            rows = np.minimum(np.searchsorted(known, hashes), live.segment.documents - 1)
            seen |= known[rows] == hashes
        return seen.tolist()


def _open_segment(folder: Path, entry: SegmentEntry) -> LiveSegment:
    try:
        segment = Segment(folder / entry.name, entry.deleted, entry.documents)
    except FileNotFoundError as error:
        raise missing_file_error(error) from error
    return LiveSegment(segment, set(segment.deleted.tolist()))
