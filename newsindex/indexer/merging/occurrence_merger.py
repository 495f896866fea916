"""How do the words of several segments become the words of one?

Terms and spellings are numbered anew, and the spellings of a term take their slots by how many live
documents have them. A posting says by its mark which spellings it holds, and the spellings without a
bit list their documents: both are translated, in either direction. One range of terms after another is
merged, so that only its postings need memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.indexer.building.inversion import ranges
from newsindex.indexer.building.segment_assembly import split_pairs
from newsindex.storage.postings_encoder import PostingsEncoder
from newsindex.storage.segment import Segment
from newsindex.storage.spelling_table import SLOTS, Spellings, bits, slots


class _Live(NamedTuple):
    """The live postings of a range of terms of one segment, each array of shape (postings,), and the
    positions of all of them one after another."""

    term: NDArray[np.uint32]
    document: NDArray[np.int64]
    mark: NDArray[np.uint8]
    occurrences: NDArray[np.int64]
    position: NDArray[np.uint32]


class SegmentWords:
    """The words of one segment; ``number`` gives each document's new number, -1 for the deleted."""

    def __init__(self, segment: Segment, number: NDArray[np.int64]) -> None:
        self._segment = segment
        self._number = number
        self.terms = segment.term_texts()
        self.spellings = segment.spellings.texts(self.terms)
        self.term_of_spelling = segment.spellings.terms
        self.sizes = segment.postings.sizes()
        slot = slots(self.term_of_spelling)
        with_bit = np.flatnonzero(slot < SLOTS)
        self.of_slot = np.full(
            (len(self.terms), SLOTS), -1, np.int64
        )  # the spelling of each slot of each term
        self.of_slot[self.term_of_spelling[with_bit], slot[with_bit]] = with_bit
        spelling, document = segment.spellings.others()
        renumbered = number[document]
        self.other_spelling = spelling[renumbered >= 0]  # the spellings without a bit, once for each document
        self.other_document = renumbered[renumbered >= 0]

    def postings(self, low: int, high: int) -> _Live:
        """The live postings of the terms from ``low`` to before ``high``."""
        term, document, mark, count = self._segment.postings.details_of(low, high)
        position = self._segment.postings.positions_of(low, high)
        number = self._number[document]
        if self._segment.live is None:
            return _Live(term, number, mark, count, position)
        live = number >= 0
        position = position[np.repeat(live, count)]
        return _Live(term[live], number[live], mark[live], count[live], position)

    def document_frequencies(self) -> NDArray[np.int64]:
        """How many live documents have each spelling."""
        if self._segment.live is None:
            return self._segment.spellings.document_frequencies
        frequencies = np.bincount(self.other_spelling, minlength=len(self.spellings))
        for low, high in ranges(self.sizes):
            term, document, mark, _ = self._segment.postings.details_of(low, high)
            live = self._number[document] >= 0
            term, mark = term[live], mark[live]
            for slot in range(SLOTS):
                having = self.of_slot[term[mark >> slot & 1 > 0], slot]
                frequencies += np.bincount(having, minlength=len(self.spellings))
        return frequencies


class _Numbering(NamedTuple):
    """The terms and spellings of the new segment, and which of them each part's are."""

    terms: list[bytes]
    spellings: list[bytes]
    term_of_spelling: NDArray[np.uint32]
    new_term: list[NDArray[np.int64]]  # of each part, by its term
    new_spelling: list[NDArray[np.int64]]  # of each part, by its spelling; -1 for those that no document has


def merge_words(parts: Sequence[SegmentWords], encoder: PostingsEncoder) -> tuple[list[bytes], Spellings]:
    """Give the words of all parts to the encoder; returns the terms and the spellings."""
    numbering = _numbering(parts)
    bit = bits(slots(numbering.term_of_spelling))
    listed = [np.zeros(0, np.uint64)]
    for part, new in zip(parts, numbering.new_spelling, strict=True):
        listed.append(_key(new[part.other_spelling], part.other_document))
    others = np.sort(np.concatenate(listed))
    sizes = np.zeros(len(numbering.terms) + 1, np.int64)  # one more: what has no live word is numbered 0
    for part, own in zip(parts, numbering.new_term, strict=True):
        np.add.at(sizes, own, part.sizes)
    without_bit = [np.zeros(0, np.uint64)]
    for low, high in ranges(sizes[:-1]):
        first, last = np.searchsorted(numbering.term_of_spelling, (low, high)).tolist()
        bounds = np.searchsorted(others, np.array([first << 16, last << 16], np.uint64))
        rest = _merge_range(parts, numbering, bit, others[slice(*bounds)], low, high, encoder)
        without_bit.append(rest)
    pairs = split_pairs(np.concatenate(without_bit))
    return numbering.terms, Spellings(numbering.spellings, numbering.term_of_spelling, *pairs)


def _numbering(parts: Sequence[SegmentWords]) -> _Numbering:
    texts, term_numbers = _numbered([part.terms for part in parts])
    spellings, spelling_numbers = _numbered([part.spellings for part in parts])
    term_of_spelling = np.zeros(len(spellings), np.uint32)
    documents = np.zeros(len(spellings), np.int64)  # that have each spelling
    for part, own_term, own_spelling in zip(parts, term_numbers, spelling_numbers, strict=True):
        term_of_spelling[own_spelling] = own_term[part.term_of_spelling]
        documents[own_spelling] += part.document_frequencies()
    used = np.flatnonzero(documents)
    term_used = np.zeros(len(texts), bool)
    term_used[term_of_spelling[used]] = True
    new_term = np.maximum(np.cumsum(term_used) - 1, 0)  # an unused one has no posting to be numbered
    term = new_term[term_of_spelling[used]]
    by_slot = np.lexsort((-documents[used], term))
    used, term = used[by_slot], term[by_slot]
    rank = np.full(len(spellings), -1, np.int64)
    rank[used] = np.arange(len(used))
    return _Numbering(
        [text for text, keep in zip(texts, term_used.tolist(), strict=True) if keep],
        [spellings[i] for i in used.tolist()],
        term.astype(np.uint32),
        [new_term[own] for own in term_numbers],
        [rank[own] for own in spelling_numbers],
    )


def _numbered(listings: Sequence[Sequence[bytes]]) -> tuple[list[bytes], list[NDArray[np.uint32]]]:
    """All texts, sorted, and for each listing the number of each of its texts."""
    texts = sorted(set().union(*listings))
    number = {text: i for i, text in enumerate(texts)}
    return texts, [
        np.fromiter(map(number.__getitem__, listing), np.uint32, len(listing)) for listing in listings
    ]


def _key(upper: NDArray[np.integer[Any]], document: NDArray[np.integer[Any]]) -> NDArray[np.uint64]:
    return upper.astype(np.uint64) << np.uint64(16) | document.astype(np.uint64)


def _merge_range(
    parts: Sequence[SegmentWords],
    numbering: _Numbering,
    bit: NDArray[np.uint8],
    others: NDArray[np.uint64],
    low: int,
    high: int,
    encoder: PostingsEncoder,
) -> NDArray[np.uint64]:
    """Give the words of the new terms from ``low`` to before ``high`` to the encoder.

    ``others`` are the (spelling, document) pairs that the parts list for spellings of these terms, and the
    result those that the new segment lists, sorted.
    """
    keys, marks, counts, positions, lost = [], [], [], [], [others]
    for part, new_term, new_spelling in zip(parts, numbering.new_term, numbering.new_spelling, strict=True):
        found = part.postings(*np.searchsorted(new_term, (low, high)).tolist())
        mark, gone = _translated(part, found, new_spelling, bit)
        keys.append(_key(new_term[found.term], found.document))
        marks.append(mark)
        counts.append(found.occurrences)
        positions.append(found.position)
        lost.append(gone)
    key, mark, count = np.concatenate(keys), np.concatenate(marks), np.concatenate(counts)
    order = np.argsort(key, kind="stable")
    first = (np.cumsum(count) - count)[order]  # of each posting among the positions
    key, mark, count = key[order], mark[order], count[order]
    pairs = np.unique(np.concatenate(lost))
    spelling = (pairs >> np.uint64(16)).astype(np.int64)
    gained = np.flatnonzero(bit[spelling])
    term = numbering.term_of_spelling[spelling[gained]]
    at = np.searchsorted(key, _key(term, pairs[gained] & np.uint64(0xFFFF)))
    np.bitwise_or.at(mark, at, bit[spelling[gained]])
    within = np.arange(int(count.sum())) + np.repeat(first - (np.cumsum(count) - count), count)
    encoder.add(
        np.repeat((key >> np.uint64(16)).astype(np.uint32) - np.uint32(low), count),
        np.repeat(key.astype(np.uint16), count),
        np.concatenate(positions)[within],
        np.repeat(mark, count),
        high - low,
    )
    rest: NDArray[np.uint64] = pairs[bit[spelling] == 0]
    return rest


def _translated(
    part: SegmentWords, found: _Live, new_spelling: NDArray[np.int64], bit: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
    """The new mark of each posting, and the (spelling, document) pairs that have no bit any more.

    ``bit`` is the bit of each new spelling.
    """
    translated = np.zeros(len(found.term), np.uint8)
    lost = [np.zeros(0, np.uint64)]
    for slot in range(SLOTS):
        having = np.flatnonzero(found.mark >> slot & 1)
        spelling = new_spelling[part.of_slot[found.term[having], slot]]
        translated[having] |= bit[spelling]
        without = bit[spelling] == 0
        lost.append(_key(spelling[without], found.document[having[without]]))
    return translated, np.concatenate(lost)
