"""How does a batch of articles become the arrays of one segment?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..storage.arrayfile import Array
from ..storage.postings import PostingsEncoder
from ..storage.segment import LANDMARK, Columns, write_segment
from ..storage.spellings import SLOTS, Spellings, bits, slots, spelling_arrays
from ..storage.texts import compress, sampled, train
from .scanner import Scan

_TOGETHER: Final = 2_000_000  # words


class Documents(NamedTuple):
    """Documents before their order is settled, all in the same order."""

    columns: Columns
    packed: Sequence[bytes]
    spelling: NDArray[np.uint32]  # of every word, headline then body, shape (words,)
    landmark: NDArray[np.integer[Any]]  # as found_landmarks gives them
    spellings: Sequence[str]  # by spelling number
    terms: Sequence[str]  # of each of the spellings


def build_segment(path: Path, documents: Documents, workers: int = 1) -> None:
    """Write the documents as a segment, in order of publication; texts are compressed by so many threads."""
    columns, packed, spelling, landmark, spellings, terms = documents
    del documents  # its arrays are large, and replaced one by one
    order = np.argsort(columns.published, kind="stable")
    landmarks = landmark_counts(columns.body_length)
    landmark = _in_order(landmark, landmarks, order)
    sizes = columns.headline_length.astype(np.int64) + columns.body_length
    spelling = _in_order(spelling, sizes, order)
    columns = take(columns, order)
    counts = np.bincount(spelling, minlength=len(spellings))
    used = np.flatnonzero(counts)
    own = [terms[i] for i in used.tolist()]
    texts = sorted({term.encode() for term in own})
    number = {text.decode(): i for i, text in enumerate(texts)}
    term = np.fromiter(map(number.__getitem__, own), np.uint32, len(own))
    by_slot = np.lexsort((-counts[used], term))
    used, term = used[by_slot], term[by_slot]
    rank = np.zeros(len(spellings), np.uint32)
    rank[used] = np.arange(len(used), dtype=np.uint32)
    spelling = rank[spelling]
    encoder = _invert(spelling, term, sizes[order], len(texts), columns.headline_length)
    listed = Spellings(
        [spellings[i].encode() for i in used.tolist()], term, *_others(spelling, slots(term), sizes[order])
    )
    dictionary = train([packed[i] for i in sampled(len(packed))])
    write_segment(
        path,
        columns,
        texts,
        spelling_arrays(listed, texts, encoder.slot_documents()),
        encoder.finish(),
        (np.cumsum([0, *landmarks[order].tolist()]), narrowed(landmark)),
        compress([packed[i] for i in order.tolist()], dictionary, workers),
        dictionary,
    )


def _in_order(values: Array, sizes: NDArray[np.int64], order: NDArray[np.intp]) -> Array:
    """The values of each document, one document after another in their new order."""
    if (np.diff(order) == 1).all():
        return values
    ends = np.cumsum(sizes).tolist()
    starts = [0, *ends]
    return np.concatenate([values[starts[i] : ends[i]] for i in order.tolist()])


def _others(
    spelling: NDArray[np.uint32], slot: NDArray[np.int64], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """The spellings that have no bit, once for each document that has them, sorted."""
    word = np.flatnonzero(slot[spelling] >= SLOTS)
    document = np.searchsorted(np.cumsum(sizes), word, side="right")
    return split_pairs(
        np.unique(spelling[word].astype(np.uint64) << np.uint64(16) | document.astype(np.uint64))
    )


def split_pairs(pairs: NDArray[np.uint64]) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """The upper and the lower part of numbers that hold another number above 16 bits of a document's."""
    return (pairs >> np.uint64(16)).astype(np.uint32), pairs.astype(np.uint16)


def _invert(
    spelling: NDArray[np.uint32],
    term_of_spelling: NDArray[np.uint32],
    sizes: NDArray[np.int64],
    terms: int,
    headline_length: NDArray[np.uint32],
) -> PostingsEncoder:
    """Postings from each word's spelling, documents of ``sizes`` words one after another.

    The words of one range of terms after another are sorted, so that only those need memory.
    """
    bit = bits(slots(term_of_spelling))
    document = np.repeat(np.arange(len(sizes), dtype=np.uint16), sizes)
    first_word = (np.cumsum(sizes) - sizes).astype(np.uint32)
    occurrences = np.bincount(spelling, minlength=len(term_of_spelling))
    encoder = PostingsEncoder(headline_length)
    for low, high in ranges(np.bincount(term_of_spelling, occurrences, terms).astype(np.int64)):
        first, last = np.searchsorted(term_of_spelling, (low, high)).tolist()
        inside = spelling >= first
        inside &= spelling < last
        word = np.flatnonzero(inside)
        del inside
        term = term_of_spelling[spelling[word]] - np.uint32(low)
        key = term.astype(np.uint64) << np.uint64(32) | word.astype(np.uint64)
        key.sort()
        word = (key & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        where = document[word]
        term = (key >> np.uint64(32)).astype(np.uint32)
        encoder.add(term, where, word - first_word[where], bit[spelling[word]], high - low)
    return encoder


def ranges(sizes: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of terms that are worked on together, from how often each term occurs."""
    ends = np.cumsum(sizes)
    low = 0
    while low < len(sizes):
        before = int(ends[low - 1]) if low else 0
        high = max(int(np.searchsorted(ends, before + _TOGETHER, side="right")), low + 1)
        yield low, high
        low = high


def take(columns: Columns, order: NDArray[np.integer[Any]]) -> Columns:
    """The columns of some documents, in the order given."""
    which = order.tolist()
    return Columns(
        published=columns.published[order],
        headline_length=columns.headline_length[order],
        body_length=columns.body_length[order],
        id_hash=columns.id_hash[order],
        content_hash=columns.content_hash[order],
        labels={name: [values[i] for i in which] for name, values in columns.labels.items()},
    )


def found_landmarks(scan: Scan) -> NDArray[np.int64]:
    """Where in its text to count from to every LANDMARKth word of each body, of a scan of headlines and
    bodies: the start of its chunk; inside a chunk, what the landmark before has."""
    starts, ends = scan.first[1:-1:2], scan.first[2::2]
    counts = landmark_counts(ends - starts)
    word = np.repeat(starts - (np.cumsum(counts) - counts) * LANDMARK, counts)
    start = scan.start[word + np.arange(len(word)) * LANDMARK]
    opens = np.where(start < 0, 0, np.arange(len(start)))  # the first of a body always does
    return start[np.maximum.accumulate(opens)]


def landmark_counts(body_length: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """How many landmarks a body of so many words has."""
    return -(-body_length.astype(np.int64) // LANDMARK)


def narrowed(offsets: NDArray[np.integer[Any]]) -> NDArray[np.integer[Any]]:
    """Offsets in 16 bits each where all fit, else in 32."""
    small = not len(offsets) or offsets.max() < 1 << 16
    return offsets.astype(np.uint16 if small else np.uint32)
