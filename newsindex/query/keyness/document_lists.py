"""Lists of documents by segment, and the copies of articles among them.

Articles with equal signatures (``indexer/building/signatures.py``) have the same text but for a word or two:
they are copies. Of some copies only one counts, so that a dispatch that ten sources ran makes no word stand
out ten times.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from newsindex.query.evaluation.snapshot import Snapshot

DocumentLists: TypeAlias = Sequence[NDArray[np.uint16]]
"""The documents of each segment, ascending."""
DocumentMasks: TypeAlias = Sequence[NDArray[np.bool_]]
"""For each segment, whether each of its documents is in a set, shape (documents,)."""
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)  # odd, of irregular bits (2^64 / golden ratio)
_SHIFT: Final = np.uint64(29)


def count_documents(lists: DocumentLists) -> int:
    """The number of documents of all segments."""
    return sum(map(len, lists))


def masks(snapshot: Snapshot, lists: DocumentLists) -> list[NDArray[np.bool_]]:
    """The masks of some documents."""
    found = [np.zeros(segment.documents, bool) for segment in snapshot.segments]
    for mask, documents in zip(found, lists, strict=True):
        mask[documents] = True
    return found


class DistinctArticles:
    """The live articles of a snapshot, of which those with equal signatures are one.

    ``documents`` are the first of each group of copies.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._keys = [_keys(segment.signatures) for segment in snapshot.segments]
        self._starts = _starts([segment.documents for segment in snapshot.segments])
        live = [
            np.arange(segment.documents) if segment.live is None else np.flatnonzero(segment.live)
            for segment in snapshot.segments
        ]
        numbers = _joined([start + documents for start, documents in zip(self._starts, live, strict=False)])
        keys = _joined(self._keys)[numbers]
        self._sorted_keys, first = np.unique(keys, return_index=True)
        self._firsts = numbers[first]
        self.documents = self._lists(np.sort(self._firsts))

    def without_copies(self, lists: DocumentLists) -> DocumentLists:
        """The first document of each group of copies among some documents."""
        keys = _joined(
            [of_segment[documents] for of_segment, documents in zip(self._keys, lists, strict=True)]
        )
        _, first = np.unique(keys, return_index=True)
        if len(first) == len(keys):
            return lists
        return self._lists(self._numbers(lists)[np.sort(first)])

    def representatives(self, lists: DocumentLists) -> DocumentLists:
        """The documents among :attr:`documents` that are some live documents or copies of them."""
        keys = _joined(
            [of_segment[documents] for of_segment, documents in zip(self._keys, lists, strict=True)]
        )
        return self._lists(np.unique(self._firsts[self._sorted_keys.searchsorted(keys)]))

    def _numbers(self, lists: DocumentLists) -> NDArray[np.int64]:
        """The documents, numbered through all segments."""
        return _joined([start + documents for start, documents in zip(self._starts, lists, strict=False)])

    def _lists(self, numbers: NDArray[np.int64]) -> list[NDArray[np.uint16]]:
        """The inverse of :meth:`_numbers` for ascending numbers."""
        bounds = numbers.searchsorted(self._starts)
        return [
            (numbers[low:high] - start).astype(np.uint16)
            for low, high, start in zip(bounds, bounds[1:], self._starts, strict=False)
        ]


def _keys(signatures: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """One number of 64 bits for each signature; different signatures have almost always different ones."""
    first, second = signatures
    keys: NDArray[np.uint64] = first * _FACTOR
    keys ^= keys >> _SHIFT
    keys += second
    return keys * _FACTOR


def _starts(sizes: Sequence[int]) -> NDArray[np.int64]:
    """The number of the first document of each segment, and the end."""
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64)


def _joined(parts: Sequence[NDArray[np.generic]]) -> NDArray[np.int64]:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)
