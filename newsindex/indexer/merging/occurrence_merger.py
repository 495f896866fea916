"""Merging of the terms, spellings and postings of several segments.

Terms and spellings are numbered anew, and the spellings of a term take their slots by the number of live
documents that have them. The mark of a posting says which spellings it holds, and the spellings without a
bit list their documents. A spelling may gain or lose its bit in the merge, so marks and lists are
translated into each other. One range of terms after another is merged, so that only the postings of that
range need memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.indexer.building.inversion import ranges
from newsindex.indexer.building.segment_assembly import join_pairs, split_pairs
from newsindex.storage.compression.position_blocks import positions_of_values
from newsindex.storage.postings_encoder import PostingsEncoder
from newsindex.storage.segment import Segment
from newsindex.storage.spelling_table import SLOTS, Spellings, assign_slots, slot_bits


class _LivePostings(NamedTuple):
    """The live postings of a range of terms of one segment, each array but the last of shape (postings,).

    ``document`` has the new numbers, and ``position`` the positions of all postings one after another.
    """

    term: NDArray[np.uint32]
    document: NDArray[np.int64]
    mark: NDArray[np.uint8]
    occurrences: NDArray[np.int64]
    position: NDArray[np.int64]


class SegmentWords:
    """The words of one segment; ``number`` has the new number of each document, -1 for a deleted one."""

    def __init__(self, segment: Segment, number: NDArray[np.int64]) -> None:
        self._segment = segment
        self.number = number
        self.terms = segment.term_texts()
        self.spellings = segment.spellings.texts(self.terms)
        self.term_of_spelling = segment.spellings.terms
        self.occurrences = segment.postings.occurrence_counts()
        slot = assign_slots(self.term_of_spelling)
        has_bit = np.flatnonzero(slot < SLOTS)
        # The spelling in each slot of each term, -1 for none:
        self.spelling_of_slot = np.full((len(self.terms), SLOTS), -1, np.int64)
        self.spelling_of_slot[self.term_of_spelling[has_bit], slot[has_bit]] = has_bit
        spelling, document = segment.spellings.others()
        renumbered = number[document]
        # The spellings without a bit and their live documents, as pairs:
        self.other_spelling = spelling[renumbered >= 0]
        self.other_document = renumbered[renumbered >= 0]

    def postings(self, low: int, high: int) -> _LivePostings:
        """The live postings of the terms from ``low`` to before ``high``."""
        term, document, mark, count = self._segment.postings.postings_of_range(low, high)
        position = positions_of_values(self._segment.postings.values_of_range(low, high), count)
        number = self.number[document]
        if self._segment.live is None:
            return _LivePostings(term, number, mark, count, position)
        live = number >= 0
        position = position[np.repeat(live, count)]
        return _LivePostings(term[live], number[live], mark[live], count[live], position)

    def document_frequencies(self) -> NDArray[np.int64]:
        """The number of live documents that have each spelling, shape (spellings,)."""
        if self._segment.live is None:
            return self._segment.spellings.document_frequencies
        frequencies = np.bincount(self.other_spelling, minlength=len(self.spellings))
        for low, high in ranges(self.occurrences):
            term, document, mark, _ = self._segment.postings.postings_of_range(low, high)
            live = self.number[document] >= 0
            term, mark = term[live], mark[live]
            for slot in range(SLOTS):
                spelling = self.spelling_of_slot[term[mark >> slot & 1 > 0], slot]
                frequencies += np.bincount(spelling, minlength=len(self.spellings))
        return frequencies


class _Numbering(NamedTuple):
    """The terms and spellings of the new segment, and the new numbers of those of each part."""

    terms: list[bytes]
    spellings: list[bytes]
    term_of_spelling: NDArray[np.uint32]
    new_term: list[NDArray[np.int64]]  # for each part, by its term
    new_spelling: list[NDArray[np.int64]]  # for each part, by its spelling; -1 where no live document has it


def merge_words(parts: Sequence[SegmentWords], encoder: PostingsEncoder) -> tuple[list[bytes], Spellings]:
    """Adds the words of all parts to the encoder; returns the terms and the spellings."""
    numbering = _number_vocabulary(parts)
    bit = slot_bits(assign_slots(numbering.term_of_spelling))
    listed = [np.zeros(0, np.uint64)]
    for part, new in zip(parts, numbering.new_spelling, strict=True):
        listed.append(join_pairs(new[part.other_spelling], part.other_document))
    others = np.sort(np.concatenate(listed))
    occurrences = np.zeros(len(numbering.terms) + 1, np.int64)  # at least one: a dead term is numbered 0
    for part, new in zip(parts, numbering.new_term, strict=True):
        np.add.at(occurrences, new, part.occurrences)
    without_bit = [np.zeros(0, np.uint64)]
    for low, high in ranges(occurrences[:-1]):
        first, last = np.searchsorted(numbering.term_of_spelling, (low, high)).tolist()
        bounds = np.searchsorted(others, np.array([first << 16, last << 16], np.uint64))
        rest = _merge_range(parts, numbering, bit, others[slice(*bounds)], low, high, encoder)
        without_bit.append(rest)
    pairs = split_pairs(np.concatenate(without_bit))
    return numbering.terms, Spellings(numbering.spellings, numbering.term_of_spelling, *pairs)


def _number_vocabulary(parts: Sequence[SegmentWords]) -> _Numbering:
    """Merges the terms and spellings, without those that no live document has."""
    texts, term_numbers = _number_texts([part.terms for part in parts])
    spellings, spelling_numbers = _number_texts([part.spellings for part in parts])
    term_of_spelling = np.zeros(len(spellings), np.uint32)
    documents = np.zeros(len(spellings), np.int64)  # that have each spelling
    for part, new_terms, new_spellings in zip(parts, term_numbers, spelling_numbers, strict=True):
        term_of_spelling[new_spellings] = new_terms[part.term_of_spelling]
        documents[new_spellings] += part.document_frequencies()
    used = np.flatnonzero(documents)
    term_used = np.zeros(len(texts), bool)
    term_used[term_of_spelling[used]] = True
    new_term = np.maximum(np.cumsum(term_used) - 1, 0)  # the number of an unused term is never read
    term = new_term[term_of_spelling[used]]
    by_slot = np.lexsort((-documents[used], term))
    used, term = used[by_slot], term[by_slot]
    rank = np.full(len(spellings), -1, np.int64)
    rank[used] = np.arange(len(used))
    return _Numbering(
        [text for text, keep in zip(texts, term_used.tolist(), strict=True) if keep],
        [spellings[i] for i in used.tolist()],
        term.astype(np.uint32),
        [new_term[numbers] for numbers in term_numbers],
        [rank[numbers] for numbers in spelling_numbers],
    )


def _number_texts(listings: Sequence[Sequence[bytes]]) -> tuple[list[bytes], list[NDArray[np.uint32]]]:
    """All distinct texts, sorted, and for each listing the number of each of its texts."""
    texts = sorted(set().union(*listings))
    number = {text: i for i, text in enumerate(texts)}
    return texts, [
        np.fromiter(map(number.__getitem__, listing), np.uint32, len(listing)) for listing in listings
    ]


def _merge_range(
    parts: Sequence[SegmentWords],
    numbering: _Numbering,
    bit: NDArray[np.uint8],
    others: NDArray[np.uint64],
    low: int,
    high: int,
    encoder: PostingsEncoder,
) -> NDArray[np.uint64]:
    """Adds the words of the new terms from ``low`` to before ``high`` to the encoder.

    ``bit`` is the bit of each new spelling. ``others`` are the pairs of spelling and document that the
    parts list for spellings of these terms, and the result those that the new segment lists, sorted.
    """
    keys, marks, counts, positions, unmarked = [], [], [], [], [others]
    for part, new_term, new_spelling in zip(parts, numbering.new_term, numbering.new_spelling, strict=True):
        postings = part.postings(*np.searchsorted(new_term, (low, high)).tolist())
        mark, without_bit = _translate_marks(part, postings, new_spelling, bit)
        keys.append(join_pairs(new_term[postings.term], postings.document))
        marks.append(mark)
        counts.append(postings.occurrences)
        positions.append(postings.position)
        unmarked.append(without_bit)
    key, mark, count = np.concatenate(keys), np.concatenate(marks), np.concatenate(counts)
    order = np.argsort(key, kind="stable")
    first = (np.cumsum(count) - count)[order]  # the first position of each posting
    key, mark, count = key[order], mark[order], count[order]
    listed = _mark_gained_bits(key, mark, np.unique(np.concatenate(unmarked)), numbering, bit)
    occurrence = np.arange(int(count.sum())) + np.repeat(first - (np.cumsum(count) - count), count)
    encoder.add(
        np.repeat((key >> np.uint64(16)).astype(np.uint32) - np.uint32(low), count),
        np.repeat(key.astype(np.uint16), count),
        np.concatenate(positions)[occurrence],
        np.repeat(mark, count),
        high - low,
    )
    return listed


def _mark_gained_bits(
    key: NDArray[np.uint64],
    mark: NDArray[np.uint8],
    pairs: NDArray[np.uint64],
    numbering: _Numbering,
    bit: NDArray[np.uint8],
) -> NDArray[np.uint64]:
    """Sets the bits of pairs of spelling and document whose spelling has one; returns the other pairs.

    ``key`` joins the term and the document of each posting, ascending, and ``mark`` is changed.
    """
    spelling = (pairs >> np.uint64(16)).astype(np.int64)
    gained = np.flatnonzero(bit[spelling])
    term = numbering.term_of_spelling[spelling[gained]]
    posting = np.searchsorted(key, join_pairs(term, pairs[gained] & np.uint64(0xFFFF)))
    np.bitwise_or.at(mark, posting, bit[spelling[gained]])
    others: NDArray[np.uint64] = pairs[bit[spelling] == 0]
    return others


def _translate_marks(
    part: SegmentWords, postings: _LivePostings, new_spelling: NDArray[np.int64], bit: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
    """The new mark of each posting, and the pairs of spelling and document whose spelling lost its bit."""
    translated = np.zeros(len(postings.term), np.uint8)
    unmarked = [np.zeros(0, np.uint64)]
    for slot in range(SLOTS):
        marked = np.flatnonzero(postings.mark >> slot & 1)
        spelling = new_spelling[part.spelling_of_slot[postings.term[marked], slot]]
        translated[marked] |= bit[spelling]
        lost_bit = bit[spelling] == 0
        unmarked.append(join_pairs(spelling[lost_bit], postings.document[marked[lost_bit]]))
    return translated, np.concatenate(unmarked)
