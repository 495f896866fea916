"""The articles of a commit that are written for it, before any merge, and where they are after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.storage.segment import Segment


class EarlierVersions(NamedTuple):
    """The versions that a commit replaces.

    ``documents`` are the documents of each segment before the commit, ascending; ``places`` gives, for the
    place of an incoming document, a segment and a place among its ``documents``.
    """

    places: dict[int, tuple[int, int]]
    documents: list[NDArray[np.intp]]


class _Addresses(NamedTuple):
    """Where some articles are in a snapshot, by place: -1 where they are not."""

    segments: NDArray[np.intp]
    documents: NDArray[np.intp]


class Incoming:
    """The documents of the written segments, each with a place: those of the first segment come first."""

    def __init__(self, snapshot: Snapshot, after: Snapshot) -> None:
        """``snapshot`` holds the written segments as they were before merging, ``after`` the commit."""
        self.snapshot = snapshot
        counts = [segment.documents for segment in snapshot.segments]
        self._first = [0, *accumulate(counts)]
        self.count = self._first[-1]
        hashes = [_hashes_by_document(segment) for segment in snapshot.segments]
        self._id_hashes = np.concatenate(hashes) if hashes else np.zeros(0, np.uint64)
        self._now = _locate(after, self._id_hashes)
        self._lives = self._living(after)

    def _living(self, after: Snapshot) -> NDArray[np.bool_]:
        """Which documents are the version of their article that the commit makes live; shape (count,)."""
        contents = [segment.content_hash for segment in self.snapshot.segments]
        written = np.concatenate(contents) if contents else np.zeros(0, np.uint64)
        lives = np.zeros(self.count, bool)
        for number, segment in enumerate(after.segments):
            here = np.flatnonzero(self._now.segments == number)
            lives[here] = segment.content_hash[self._now.documents[here]] == written[here]
        places = np.flatnonzero(lives)
        _, first = np.unique(self._id_hashes[places][::-1], return_index=True)
        lives[:] = False  # an article may have been written twice with one content: the last one counts
        lives[places[::-1][first]] = True
        return lives

    def terms(self) -> frozenset[bytes]:
        """The terms of all documents."""
        return frozenset().union(*(segment.term_texts() for segment in self.snapshot.segments))

    def living_places(self, matches: Sequence[Sequence[int]]) -> Iterator[int]:
        """The places of matching documents, given by segment, that the commit makes live."""
        for first, of_segment in zip(self._first, matches, strict=False):
            for document in of_segment:
                if self._lives[first + document]:
                    yield first + document

    def live_places(self) -> list[int]:
        """The places of the documents that the commit makes live, ascending."""
        places: list[int] = np.flatnonzero(self._lives).tolist()
        return places

    def id_hash(self, place: int) -> int:
        """The hash of an article's id."""
        return int(self._id_hashes[place])

    def address(self, place: int) -> DocumentAddress:
        """Where a live article is after the commit."""
        return DocumentAddress(int(self._now.segments[place]), int(self._now.documents[place]))

    def earlier_versions(self, before: Snapshot) -> EarlierVersions:
        """The versions that the index had of the live articles before the commit."""
        found = _locate(before, self._id_hashes)
        replaced = self._lives & (found.segments >= 0)
        places: dict[int, tuple[int, int]] = {}
        documents: list[NDArray[np.intp]] = []
        for number in range(len(before.segments)):
            here = np.flatnonzero(replaced & (found.segments == number))
            order = np.argsort(found.documents[here])
            documents.append(found.documents[here][order])
            places |= {int(place): (number, i) for i, place in enumerate(here[order])}
        return EarlierVersions(places, documents)


def _hashes_by_document(segment: Segment) -> NDArray[np.uint64]:
    hashes = np.empty(segment.documents, np.uint64)
    hashes[segment.id_documents] = segment.id_hashes
    return hashes


def _locate(snapshot: Snapshot, hashes: NDArray[np.uint64]) -> _Addresses:
    """Where the live articles with some hashes of ids are."""
    segments = np.full(len(hashes), -1, np.intp)
    documents = np.full(len(hashes), -1, np.intp)
    for number, segment in enumerate(snapshot.segments):
        if not segment.documents:
            continue
        rows = np.minimum(np.searchsorted(segment.id_hashes, hashes), segment.documents - 1)
        found = segment.id_documents[rows].astype(np.intp)
        here = segment.id_hashes[rows] == hashes
        if segment.live is not None:
            here &= segment.live[found]
        segments[here] = number
        documents[here] = found[here]
    return _Addresses(segments, documents)
