"""Encoding of the positions of terms in blocks of 32 occurrences with as many bits each as the block needs.

The *value* of an occurrence is its position where it is the first of its posting, else the difference to the
position before it, less one. A term has a *region* of bytes: the bits of the values of each block, one byte
for a block, then the blocks. The last block of a term may be shorter. Regions are encoded and decoded for
many terms at once; a search decodes single values of one term. FORMAT.md has the bytes.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from .damaged_region import DamagedRegion

BLOCK: Final = 32
"""The values of a block."""
PADDING: Final = 8
"""The bytes of zeros behind the last region: a value is read as eight bytes from the one in which it
begins."""
_MAX_WIDTH: Final = 32  # bits
_BLOCKS_AT_ONCE: Final = 1 << 14
_MASKS: Final = (np.uint64(1) << np.arange(_MAX_WIDTH + 1, dtype=np.uint64)) - np.uint64(1)
_SIZE: Final = "do not have the size of their blocks"
_PLACES: Final = np.arange(BLOCK)


def values_of_positions(position: NDArray[np.uint32], first: NDArray[np.intp]) -> NDArray[np.uint32]:
    """The values of positions; ``first`` has the index of the first occurrence of each posting."""
    value = position.copy()
    value[1:] -= position[:-1] + np.uint32(1)
    value[first] = position[first]
    return value


def positions_of_values(value: NDArray[np.integer], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The positions of values, where each posting has ``counts`` occurrences; all of them one at least."""
    position: NDArray[np.int64] = value.astype(np.int64)
    if len(position) == len(counts):
        return position
    first = np.cumsum(counts) - counts
    starts = position.take(first)
    position += 1
    position[first] = starts
    ends: NDArray[np.int64] = position.cumsum()
    ends -= np.repeat(ends.take(first) - starts, counts)
    return ends


class _Blocks:
    """The blocks of consecutive terms, one element for each block in every array."""

    def __init__(self, counts: NDArray[np.int64]) -> None:
        """``counts`` has the number of occurrences of each term."""
        self.of_term = -(-counts // BLOCK)
        """The number of blocks of each term."""
        self.term = np.repeat(np.arange(len(counts)), self.of_term)
        self.place = np.arange(len(self.term)) - (np.cumsum(self.of_term) - self.of_term)[self.term]
        self.value = (np.cumsum(counts) - counts)[self.term] + BLOCK * self.place
        """The first value."""
        self.size: NDArray[np.int64] = np.minimum(counts[self.term] - BLOCK * self.place, BLOCK)
        """The number of values."""

    def region_sizes(self, width: NDArray[np.int64]) -> NDArray[np.int64]:
        """The bytes of the region of each term where blocks have these widths."""
        sizes = self.of_term.copy()
        sizes += np.bincount(self.term, self._nbytes(width), len(sizes)).astype(np.int64)
        return sizes

    def bytes_before(self, width: NDArray[np.int64]) -> NDArray[np.int64]:
        """The byte at which each block begins, where the regions of the terms follow one another."""
        nbytes = self._nbytes(width)
        return np.cumsum(nbytes) - nbytes + np.cumsum(self.of_term)[self.term]

    def _nbytes(self, width: NDArray[np.int64]) -> NDArray[np.int64]:
        return (self.size * width + 7) // 8

    def by_width(self, width: NDArray[np.int64]) -> list[tuple[int, bool, NDArray[np.intp]]]:
        """Blocks of one width above 0, all of them whole or none.

        The width and whether they are whole come with them.
        """
        is_whole = self.size == BLOCK
        groups = []
        for bits in np.unique(width[width > 0]).tolist():
            for whole in (True, False):
                chosen = np.flatnonzero((width == bits) & (is_whole == whole))
                groups += [
                    (bits, whole, chosen[start : start + _BLOCKS_AT_ONCE])
                    for start in range(0, len(chosen), _BLOCKS_AT_ONCE)
                ]
        return groups


def encode_positions(
    value: NDArray[np.uint32], counts: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The regions of consecutive terms, one after another, and the bytes of each.

    ``value`` has the values of all occurrences and ``counts`` the number of occurrences of each term.
    """
    blocks = _Blocks(counts)
    if not len(blocks.term):
        return np.zeros(0, np.uint8), np.zeros(len(counts), np.int64)
    highest = np.maximum.reduceat(value, blocks.value)
    width = np.frexp(highest.astype(np.float64))[1].astype(np.int64)  # exact below 2**53
    sizes = blocks.region_sizes(width)
    start = blocks.bytes_before(width)
    out = np.zeros(int(sizes.sum()), np.uint8)
    out[(np.cumsum(sizes) - sizes)[blocks.term] + blocks.place] = width
    for bits, is_whole, chosen in blocks.by_width(width):
        words = _pack(value, blocks, chosen, bits, is_whole)
        packed = np.ascontiguousarray(words.T, "<u4").view(np.uint8)  # shape (blocks, 4 * bits)
        at = start[chosen][:, np.newaxis] + np.arange(4 * bits)
        if is_whole:
            out[at] = packed
        else:
            inside = np.arange(4 * bits) < ((blocks.size[chosen] * bits + 7) // 8)[:, np.newaxis]
            out[at[inside]] = packed[inside]
    return out, sizes


def _pack(
    value: NDArray[np.uint32], blocks: _Blocks, chosen: NDArray[np.intp], bits: int, is_whole: bool
) -> NDArray[np.uint32]:
    """Blocks of values of so many bits as words of 32 bits, shape (bits, blocks)."""
    places = _PLACES[:, np.newaxis]
    rows = value.take(blocks.value[chosen] + places, mode="clip")  # shape (32, blocks)
    if not is_whole:
        rows[places >= blocks.size[chosen]] = 0
    words = np.zeros((bits, len(chosen)), np.uint32)
    for place, row in enumerate(rows):
        word, shift = divmod(place * bits, 32)
        words[word] |= row << np.uint32(shift)
        if shift + bits > 32:
            words[word + 1] |= row >> np.uint32(32 - shift)
    return words


def decode_positions(
    content: NDArray[np.uint8], sizes: NDArray[np.int64], counts: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """The values of consecutive terms, whose regions are all of ``content``; raises DamagedRegion.

    The inverse of :func:`encode_positions`.
    """
    blocks = _Blocks(counts)
    region = np.cumsum(sizes) - sizes
    _require(region, sizes >= blocks.of_term)
    width = content[region[blocks.term] + blocks.place].astype(np.int64)
    _require(region[blocks.term], width <= _MAX_WIDTH)
    _require(region, blocks.region_sizes(width) == sizes)
    start = blocks.bytes_before(width)
    value = np.zeros(int(counts.sum()), np.uint32)
    padded = np.append(content, np.zeros(4 * _MAX_WIDTH, np.uint8))
    words_at = np.ndarray(len(padded) - 3, "<u4", padded, strides=(1,))
    places = _PLACES[:, np.newaxis]
    for bits, is_whole, chosen in blocks.by_width(width):
        words = words_at[start[chosen] + 4 * np.arange(bits)[:, np.newaxis]]
        rows = _unpack(words, bits)
        at = blocks.value[chosen] + places
        if is_whole:
            value[at] = rows
        else:
            inside = places < blocks.size[chosen]
            value[at[inside]] = rows[inside]
    return value


def _unpack(words: NDArray[np.uint32], bits: int) -> NDArray[np.uint32]:
    """The inverse of packing: the values of blocks, shape (32, blocks)."""
    rows = np.empty((BLOCK, words.shape[1]), np.uint32)
    for place, row in enumerate(rows):
        word, shift = divmod(place * bits, 32)
        np.right_shift(words[word], np.uint32(shift), out=row)
        if shift + bits > 32:
            row |= words[word + 1] << np.uint32(32 - shift)
    rows &= np.uint32(_MASKS[bits])
    return rows


def _require(region: NDArray[np.int64], holds: NDArray[np.bool_]) -> None:
    if not holds.all():
        raise DamagedRegion(int(region[int(holds.argmin())]), _SIZE)


class TermPositions:
    """The positions of one term in encoded form, of which single values are read."""

    def __init__(self, content: NDArray[np.uint8], count: int) -> None:
        """``content`` is the region of the term and PADDING bytes more.

        ``count`` is the number of its occurrences. Raises DamagedRegion.
        """
        blocks = -(-count // BLOCK)
        if len(content) < blocks + PADDING:
            raise DamagedRegion(0, _SIZE)
        self._width = content[:blocks].astype(np.int64)
        start = np.cumsum(4 * self._width)
        if blocks:
            rest = count - BLOCK * (blocks - 1)
            end = int(start[-1]) + (rest * int(self._width[-1]) + 7) // 8 - 4 * int(self._width[-1])
            if int(self._width.max()) > _MAX_WIDTH or blocks + end + PADDING != len(content):
                raise DamagedRegion(0, _SIZE)
        elif len(content) != PADDING:
            raise DamagedRegion(0, _SIZE)
        self._start = start - 4 * self._width + blocks
        self._words = np.ndarray(len(content) - 7, "<u8", content, strides=(1,))

    def values(self, occurrences: NDArray[np.integer]) -> NDArray[np.int64]:
        """The values of some occurrences, which are numbered from 0; of their shape."""
        block = occurrences >> 5
        width = self._width.take(block)
        bit = (occurrences & (BLOCK - 1)) * width
        value = self._words[self._start.take(block) + (bit >> 3)]
        value >>= (bit & 7).astype(np.uint64)
        value &= _MASKS.take(width)
        return value.view(np.int64)
