"""Inversion of words in the order of their texts to posting lists in the order of terms.

The *code* of a word holds its term and the slot of its spelling. A *key* of 64 bits holds the term, the
document, the position and the slot, so that sorting the keys brings the occurrences of each posting
together.
"""

from __future__ import annotations

import mmap
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.storage.compression.compiled_postings import CompiledPostingsEncoder
from newsindex.storage.postings_encoder import PostingsEncoder, make_postings_encoder
from newsindex.storage.spelling_table import SLOTS, slot_bits

_RANGE_WORDS: Final = 1_000_000
_SLOT_BITS: Final = 3
_SLOT_MASK: Final = np.uint32((1 << _SLOT_BITS) - 1)
_BIT_OF_SLOT: Final = slot_bits(np.arange(1 << _SLOT_BITS))


def word_codes(term: NDArray[np.uint32], slot: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The codes of words from their terms and slots; all slots without a bit have one number."""
    return term << np.uint32(_SLOT_BITS) | np.minimum(slot, SLOTS).astype(np.uint32)


def term_of_code(code: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The terms of word codes."""
    return code >> np.uint32(_SLOT_BITS)


def lacks_bit(code: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Whether the spelling of each code has no bit in marks."""
    lacks: NDArray[np.bool_] = code & _SLOT_MASK == SLOTS
    return lacks


class Words(NamedTuple):
    """The words of consecutive documents, of each the headline and then the body."""

    spelling: NDArray[np.int32]  # the spelling number of every word, shape (words,)
    sizes: NDArray[np.int64]  # the number of words of each document, shape (documents,)


class _Layout(NamedTuple):
    """The bits of a key that hold the position and the document; the slot has the lowest bits."""

    position: int
    document: int

    @property
    def below_term(self) -> int:
        """The number of bits below those of the term."""
        return self.document + self.position + _SLOT_BITS


class _Keys:
    """An array of keys whose memory can be released from the front, where the system supports that."""

    def __init__(self, size: int) -> None:
        length = max(size, 1) * np.dtype(np.uint64).itemsize
        if sys.platform == "win32":
            self._memory = mmap.mmap(-1, length)
        else:
            self._memory = mmap.mmap(-1, length, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        self.values = np.frombuffer(self._memory, np.uint64, size)

    def release(self, before: int) -> None:
        """Gives the memory of the first keys back to the system; their values are lost."""
        stop = before * self.values.itemsize // mmap.PAGESIZE * mmap.PAGESIZE
        if stop and sys.platform != "win32":
            self._memory.madvise(mmap.MADV_DONTNEED, 0, stop)


def invert(
    parts: list[Words],
    code_of_spelling: NDArray[np.uint32],
    number: NDArray[np.intp],
    occurrences: NDArray[np.int64],
    headline_length: NDArray[np.uint32],
) -> PostingsEncoder | CompiledPostingsEncoder:
    """Encodes the postings of the words of documents; empties ``parts``.

    ``code_of_spelling`` has the word code of each spelling number, and ``number`` the new number of each
    document. ``occurrences`` counts the words of each term; ``headline_length`` is in the new order.
    """
    longest = max(int(part.sizes.max(initial=0)) for part in parts)
    layout = _Layout(longest.bit_length(), max(len(number) - 1, 0).bit_length())
    encoder = make_postings_encoder(headline_length)
    for terms in _sortable_ranges(occurrences, 64 - layout.below_term):
        is_last = terms.stop == len(occurrences)
        source = _consume(parts) if is_last else parts
        keys = _sorted_keys(source, code_of_spelling, number, occurrences, terms, layout)
        ends = np.append(0, np.cumsum(occurrences[terms]))
        for first, last in ranges(occurrences[terms]):
            key = keys.values[ends[first] : ends[last]]
            mark = _BIT_OF_SLOT.take(_split_low_bits(key, _SLOT_BITS).astype(np.int8))
            position = _split_low_bits(key, layout.position).astype(np.uint32)
            document = _split_low_bits(key, layout.document).astype(np.uint16)
            encoder.add(key.astype(np.uint32) - np.uint32(first), document, position, mark, last - first)
            keys.release(int(ends[last]))
    return encoder


def _sortable_ranges(occurrences: NDArray[np.int64], term_bits: int) -> Iterator[slice]:
    """Ranges of terms whose keys are sorted at once: all terms, unless long texts leave few bits for them."""
    max_terms = 1 << term_bits
    if len(occurrences) <= max_terms:
        yield slice(0, len(occurrences))
    else:
        yield from (slice(low, high) for low, high in ranges(occurrences, max_terms))


def _consume(parts: list[Words]) -> Iterator[Words]:
    """The parts one after another, each removed from the list: the keys need their memory."""
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
    """The sorted keys of the words of a range of terms, whose first is term 0 in the keys."""
    keys = _Keys(int(occurrences[terms].sum()))
    filled = documents = 0
    for spelling, sizes in parts:
        first = (number[documents : documents + len(sizes)] << layout.position) - (np.cumsum(sizes) - sizes)
        documents += len(sizes)
        key = np.repeat(first, sizes)
        key += np.arange(len(key))
        key = key.view(np.uint64)
        code = code_of_spelling.take(spelling)
        term = term_of_code(code)
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


def _split_low_bits(key: NDArray[np.uint64], bits: int) -> NDArray[np.uint64]:
    """Returns the lowest bits of keys, and shifts the keys down by them, in place."""
    low = key & np.uint64((1 << bits) - 1)
    key >>= np.uint64(bits)
    return low


def ranges(occurrences: NDArray[np.integer[Any]], limit: int | None = None) -> Iterator[tuple[int, int]]:
    """Ranges of terms with at most ``limit`` occurrences (by default a million), or of a single term.

    ``occurrences`` counts those of each term.
    """
    limit = _RANGE_WORDS if limit is None else limit
    ends = np.cumsum(occurrences)
    low = 0
    while low < len(occurrences):
        before = int(ends[low - 1]) if low else 0
        high = max(int(np.searchsorted(ends, before + limit, side="right")), low + 1)
        yield low, high
        low = high
