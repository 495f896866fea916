"""How do words in the order of their texts become postings in the order of terms?

Each word is one number: its term, and the slot of its spelling. A key of 64 bits adds the document and
the position, so that sorting keys, of one range of terms after another, brings all that a posting
holds together; only the words of one range need memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..storage.postings import PostingsEncoder
from ..storage.spellings import SLOTS, bits

_TOGETHER: Final = 3_000_000  # words
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


def invert(
    code: NDArray[np.uint32],
    document: NDArray[np.uint16],
    number: NDArray[np.intp],
    sizes: NDArray[np.int64],
    occurrences: NDArray[np.int64],
    headline_length: NDArray[np.uint32],
) -> PostingsEncoder:
    """Postings from the code and the document of each word, shape (words,), documents of ``sizes`` words one
    after another, each to have a new ``number``; ``occurrences`` counts the words of each term.

    ``headline_length`` is in the new order.
    """
    position_bits = int(sizes.max(initial=0)).bit_length()
    document_bits = max(len(sizes) - 1, 0).bit_length()
    place_bits = document_bits + position_bits + _SLOT_BITS
    first_word = np.cumsum(sizes) - sizes
    place = ((number << position_bits) - first_word).astype(np.uint64)  # to which a word's number is added
    encoder = PostingsEncoder(headline_length)
    for low, high in ranges(occurrences, min(_TOGETHER, 1 << 64 - place_bits)):
        first = np.uint32(low << _SLOT_BITS)
        word = np.flatnonzero(code - first < np.uint32(high - low << _SLOT_BITS))
        own = code[word] - first
        key = place.take(document[word])
        key += word.view(np.uint64)
        key <<= np.uint64(_SLOT_BITS)
        key |= own & _SLOT_MASK
        key |= term_of(own).astype(np.uint64) << np.uint64(place_bits)
        del word, own
        key.sort()
        mark = _BIT_OF_SLOT.take(_taken(key, _SLOT_BITS).astype(np.int8))
        position = _taken(key, position_bits).astype(np.uint32)
        own_document = _taken(key, document_bits).astype(np.uint16)
        encoder.add(key.astype(np.uint32), own_document, position, mark, high - low)
    return encoder


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
