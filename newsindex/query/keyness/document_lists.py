"""Lists of documents by segment, and the copies of articles among them.

Of some copies only one counts, so that a dispatch that ten sources ran makes no word stand out ten times.
Long articles with equal signatures (``indexer/building/signatures.py``) are copies: their bodies have the
same words but for a few. A signature of few words says too little: short articles are copies if headline and
body are equal to the last character.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from newsindex.deadline import check_deadline
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.storage.segment import Segment

DocumentLists: TypeAlias = Sequence[NDArray[np.uint16]]
"""The documents of each segment, ascending."""
DocumentMasks: TypeAlias = Sequence[NDArray[np.bool_]]
"""For each segment, whether each of its documents is in a set, shape (documents,)."""
LONG_BODY: Final = 60
"""The words from which on a body is long."""
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)  # odd, of irregular bits (2^64 / golden ratio)
_SHIFT: Final = np.uint64(29)


def count_documents(lists: DocumentLists) -> int:
    """The number of documents of all segments."""
    return sum(map(len, lists))


def spread(lists: DocumentLists, wanted: int) -> DocumentLists:
    """So many of some documents, spread evenly over them from the first to the last.

    All of them are given where they are not more.
    """
    size = count_documents(lists)
    if size <= wanted:
        return lists
    places = np.arange(wanted) * (size - 1) // max(wanted - 1, 1)
    chosen: list[NDArray[np.uint16]] = []
    for documents in lists:
        chosen.append(documents[places[: places.searchsorted(len(documents))]])
        places = places[len(chosen[-1]) :] - len(documents)
    return chosen


def masks(snapshot: Snapshot, lists: DocumentLists) -> list[NDArray[np.bool_]]:
    """The masks of some documents."""
    found = [np.zeros(segment.documents, bool) for segment in snapshot.segments]
    for mask, documents in zip(found, lists, strict=True):
        mask[documents] = True
    return found


class DistinctArticles:
    """The live articles of a snapshot, of which those that are copies of each other are one.

    ``documents`` are the first of each group of copies.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._keys = [_keys(segment) for segment in snapshot.segments]
        self._starts = np.cumsum([0, *(segment.documents for segment in snapshot.segments)], dtype=np.int64)
        live = [segment.live_numbers() for segment in snapshot.segments]
        for segment, document, key in list(self._short_copies(snapshot.segments, live)):
            self._keys[segment][document] = key
        numbers = self._numbers(live)
        _, first, inverse = np.unique(self._keys_of(live), return_index=True, return_inverse=True)
        self._representative = np.zeros(self._starts[-1], np.int64)  # of each live document
        self._representative[numbers] = numbers[first][inverse]
        self.documents: DocumentLists = self._lists(numbers[first])

    def _short_copies(
        self, segments: Sequence[Segment], live: Sequence[NDArray[np.int64]]
    ) -> Iterator[tuple[int, int, np.uint64]]:
        """The short documents that may be copies of others, with keys that are equal for equal texts only."""
        _, inverse, counts = np.unique(self._keys_of(live), return_inverse=True, return_counts=True)
        is_shared, before = counts[inverse] > 1, 0
        for number, (segment, documents) in enumerate(zip(segments, live, strict=True)):
            shared = documents[is_shared[before : before + len(documents)]]
            before += len(documents)
            for document in shared[segment.body_length[shared] < LONG_BODY].tolist():
                check_deadline()
                yield number, document, _key_of_text(segment, document)

    def representatives(self, lists: DocumentLists) -> DocumentLists:
        """The documents among :attr:`documents` that are some live documents or copies of them."""
        return self._lists(self._representative[self._numbers(lists)])

    def _keys_of(self, lists: Sequence[NDArray[Any]]) -> NDArray[np.uint64]:
        keys = [of_segment[documents] for of_segment, documents in zip(self._keys, lists, strict=True)]
        return np.concatenate([np.zeros(0, np.uint64), *keys])

    def _numbers(self, lists: Sequence[NDArray[Any]]) -> NDArray[np.int64]:
        """Documents, numbered through all segments."""
        parts = [start + documents for start, documents in zip(self._starts, lists, strict=False)]
        return np.concatenate([np.zeros(0, np.int64), *parts])

    def _lists(self, numbers: NDArray[np.int64]) -> list[NDArray[np.uint16]]:
        """Documents that are numbered through all segments, by segment; each of them once."""
        is_listed = np.zeros(self._starts[-1], bool)
        is_listed[numbers] = True
        bounds = zip(self._starts, self._starts[1:], strict=False)
        return [np.flatnonzero(is_listed[start:end]).astype(np.uint16) for start, end in bounds]


def _keys(segment: Segment) -> NDArray[np.uint64]:
    """A number of 64 bits for each document, equal for those that may be copies of each other.

    For others it is almost never equal. It is made of the signature, and where that is short, of the lengths.
    """
    headline, body = segment.headline_length.astype(np.uint64), segment.body_length.astype(np.uint64)
    lengths = np.where(body < LONG_BODY, headline * np.uint64(LONG_BODY) + body + np.uint64(1), np.uint64(0))
    keys = np.zeros(segment.documents, np.uint64)
    for part in (*segment.signatures, lengths):
        keys = (keys ^ part) * _FACTOR
        keys ^= keys >> _SHIFT
    return keys


def _key_of_text(segment: Segment, document: int) -> np.uint64:
    stored = segment.text(document)
    text = f"{stored.headline}\x00{stored.body}".encode()
    return np.uint64(int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little"))
