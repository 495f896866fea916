"""How do words in the order of their texts become postings in the order of terms?

Each word is one number: its term, and the slot of its spelling. A key of 64 bits adds the document and
the position, so that sorting keys brings all that a posting holds together.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.storage.postings_encoder import PostingsEncoder
from newsindex.storage.spelling_table import SLOTS, bits

_CAN_LET_GO: Final = hasattr(mmap, "MADV_DONTNEED")
_TOGETHER: Final = 1_000_000  # words
_SLOT_BITS: Final = 3
_SLOT_MASK: Final = np.uint32((1 << _SLOT_BITS) - 1)
_BIT_OF_SLOT: Final = bits(np.arange(1 << _SLOT_BITS))


def word_codes(term: NDArray[np.uint32], slot: NDArray[np.int64]) -> NDArray[np.uint32]:
    """A term and the slot of one of its spellings as one number; all slots without a bit are the same."""
    return term << np.uint32(_SLOT_BITS) | np.minimum(slot, SLOTS).astype(np.uint32)


def term_of(code: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The terms of codes."""
    return code >> np.uint32(_SLOT_BITS)


def is_without_bit(code: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Whether the spelling of a code has no bit."""
    without: NDArray[np.bool_] = code & _SLOT_MASK == SLOTS
    return without


class Words(NamedTuple):
    """The words of some documents in a row, headline then body."""

    spelling: NDArray[np.int32]  # of every word, shape (words,)
    sizes: NDArray[np.int64]  # how many words each document has, shape (documents,)


class _Layout(NamedTuple):
    """How many bits of a key each part has; the lowest are the slot's."""

    position: int
    document: int

    @property
    def below_term(self) -> int:
        return self.document + self.position + _SLOT_BITS


class _Keys:
    """Room for keys; those that have been read give their memory back to the system, if it can take it."""

    def __init__(self, size: int) -> None:
        length = max(size, 1) * np.dtype(np.uint64).itemsize
        own = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS} if _CAN_LET_GO else {}
        self._memory = mmap.mmap(-1, length, **own)
        self.values = np.frombuffer(self._memory, np.uint64, size)

    def let_go(self, before: int) -> None:
        """Give the memory of the first keys back; their values are no more."""
        stop = before * self.values.itemsize // mmap.PAGESIZE * mmap.PAGESIZE
        if stop and _CAN_LET_GO:
            self._memory.madvise(mmap.MADV_DONTNEED, 0, stop)


def invert(
    parts: list[Words],
    code_of_spelling: NDArray[np.uint32],
    number: NDArray[np.intp],
    occurrences: NDArray[np.int64],
    headline_length: NDArray[np.uint32],
) -> PostingsEncoder:
    """Postings from the words of documents, each of which has a new ``number``. Empties ``parts``.

    ``occurrences`` counts the words of each term, and ``headline_length`` is in the new order.
    """
    longest = max(int(part.sizes.max(initial=0)) for part in parts)
    layout = _Layout(longest.bit_length(), max(len(number) - 1, 0).bit_length())
    encoder = PostingsEncoder(headline_length)
    for terms in _together(occurrences, 64 - layout.below_term):
        some = _given_up(parts) if terms.stop == len(occurrences) else parts
        keys = _sorted_keys(some, code_of_spelling, number, occurrences, terms, layout)
        ends = np.append(0, np.cumsum(occurrences[terms]))
        for first, last in ranges(occurrences[terms]):
            key = keys.values[ends[first] : ends[last]]
            mark = _BIT_OF_SLOT.take(_taken(key, _SLOT_BITS).astype(np.int8))
            position = _taken(key, layout.position).astype(np.uint32)
            document = _taken(key, layout.document).astype(np.uint16)
            encoder.add(key.astype(np.uint32) - np.uint32(first), document, position, mark, last - first)
            keys.let_go(int(ends[last]))
    return encoder


def _together(occurrences: NDArray[np.int64], term_bits: int) -> Iterator[slice]:
    """Terms whose keys are sorted together: all, unless very long texts leave few bits for them."""
    most = 1 << term_bits
    if len(occurrences) <= most:
        yield slice(0, len(occurrences))
    else:
        yield from (slice(low, high) for low, high in ranges(occurrences, most))


def _given_up(parts: list[Words]) -> Iterator[Words]:
    """Parts one after another, none of which is kept: what is made of them needs their memory."""
    parts.reverse()
    while parts:
        yield parts.pop()


def _sorted_keys(
    parts: Iterable[Words],
    code_of_spelling: NDArray[np.uint32],
    number: NDArray[np.intp],
    occurrences: NDArray[np.int64],
    terms: slice,
    layout: _Layout,
) -> _Keys:
    """The keys of the words of some terms, the first of which is term 0 of the keys."""
    keys = _Keys(int(occurrences[terms].sum()))
    filled = documents = 0
    for spelling, sizes in parts:
        place = (number[documents : documents + len(sizes)] << layout.position) - (np.cumsum(sizes) - sizes)
        documents += len(sizes)
        key = np.repeat(place, sizes)
        key += np.arange(len(key))
        key = key.view(np.uint64)
        code = code_of_spelling.take(spelling)
        term = term_of(code)
        if terms.stop - terms.start < len(occurrences):
            inside = np.flatnonzero((term >= terms.start) & (term < terms.stop))
            key, code, term = key[inside], code[inside], term[inside] - np.uint32(terms.start)
        key <<= np.uint64(_SLOT_BITS)
        key |= code & _SLOT_MASK
        key |= term.astype(np.uint64) << np.uint64(layout.below_term)
        keys.values[filled : filled + len(key)] = key
        filled += len(key)
    keys.values.sort()
    return keys


def _taken(key: NDArray[np.uint64], bits: int) -> NDArray[np.uint64]:
    """The lowest bits of keys, which lose them."""
    taken = key & np.uint64((1 << bits) - 1)
    key >>= np.uint64(bits)
    return taken


def ranges(sizes: NDArray[np.integer[Any]], together: int = _TOGETHER) -> Iterator[tuple[int, int]]:
    """Ranges of terms that are worked on together, from how often each term occurs."""
    ends = np.cumsum(sizes)
    low = 0
    while low < len(sizes):
        before = int(ends[low - 1]) if low else 0
        high = max(int(np.searchsorted(ends, before + together, side="right")), low + 1)
        yield low, high
        low = high
