"""How do the words of several segments become the words of one?

Terms and spellings are numbered anew, and the spellings of a term take their slots by how many live
documents have them. A posting says by its mark which spellings it holds, and the spellings without a
bit list their documents: both are translated, in either direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..storage.segment import Segment
from ..storage.spellings import SLOTS, Spellings, bits, slots
from .builder import split_pairs


class Occurrences(NamedTuple):
    """Words in order of term, document and position, each array of shape (occurrences,); ``mark`` says which
    spellings the word's posting has."""

    term: NDArray[np.uint32]
    document: NDArray[np.uint32]
    position: NDArray[np.uint32]
    mark: NDArray[np.uint8]


class SegmentWords(NamedTuple):
    """The words of the live documents of one segment, documents numbered as in the new one."""

    terms: list[bytes]
    spellings: list[bytes]
    term_of_spelling: NDArray[np.uint32]
    occurrences: Occurrences
    other_spelling: NDArray[np.uint32]
    other_document: NDArray[np.uint32]


def read_occurrences(segment: Segment, number: NDArray[np.int64]) -> SegmentWords:
    """The words of a segment; ``number`` gives each document's new number, -1 for the deleted."""
    terms = segment.term_texts()
    term, document, position, mark = segment.postings.occurrences()
    renumbered = number[document]
    live = renumbered >= 0
    words = Occurrences(term[live], renumbered[live].astype(np.uint32), position[live], mark[live])
    other_spelling, other_document = segment.spellings.others()
    others = number[other_document]
    return SegmentWords(
        terms,
        segment.spellings.texts(terms),
        segment.spellings.terms,
        words,
        other_spelling[others >= 0],
        others[others >= 0].astype(np.uint32),
    )


def merge_occurrences(parts: Sequence[SegmentWords]) -> tuple[list[bytes], Spellings, Occurrences]:
    """The terms, the spellings and the words of all parts."""
    texts, term_numbers = _numbered([part.terms for part in parts])
    spellings, spelling_numbers = _numbered([part.spellings for part in parts])
    merged = _interleaved(parts, term_numbers)
    term_of_spelling = np.zeros(len(spellings), np.uint32)
    documents = np.zeros(len(spellings), np.int64)  # that have each spelling
    for part, own_term, own_spelling in zip(parts, term_numbers, spelling_numbers, strict=True):
        term_of_spelling[own_spelling] = own_term[part.term_of_spelling]
        documents[own_spelling] += _document_frequencies(part)
    used = np.flatnonzero(documents)
    term_used = np.bincount(merged.term, minlength=len(texts)) > 0
    new_term = (np.cumsum(term_used) - 1).astype(np.uint32)
    term = new_term[term_of_spelling[used]]
    by_slot = np.lexsort((-documents[used], term))
    used, term = used[by_slot], term[by_slot]
    rank = np.full(len(spellings), -1, np.int64)
    rank[used] = np.arange(len(used))
    bit = bits(slots(term))
    merged = merged._replace(term=new_term[merged.term])
    key = _key(merged.term, merged.document)
    others = []
    mark = np.zeros(len(key), np.uint8)
    start = 0
    for part, own_spelling in zip(parts, spelling_numbers, strict=True):
        number = rank[own_spelling]
        remapped, lost = _translated(part, number, bit)
        mark[start : start + len(remapped)] = remapped
        start += len(remapped)
        others.append(lost)
        listed = number[part.other_spelling]
        others.append(_key(listed, part.other_document))
    sorting = np.argsort(key, kind="stable")
    key = key[sorting]
    mark = mark[sorting]
    pairs = np.unique(np.concatenate(others))
    spelling = (pairs >> np.uint64(16)).astype(np.int64)
    gained = np.flatnonzero(bit[spelling])
    at = np.searchsorted(key, _key(term[spelling[gained]], pairs[gained] & np.uint64(0xFFFF)))
    np.bitwise_or.at(mark, at, bit[spelling[gained]])
    listed_texts = [spellings[i] for i in used.tolist()]
    without_bit = split_pairs(pairs[bit[spelling] == 0])
    return (
        [text for text, keep in zip(texts, term_used.tolist(), strict=True) if keep],
        Spellings(listed_texts, term, *without_bit),
        Occurrences(merged.term[sorting], merged.document[sorting], merged.position[sorting], mark),
    )


def _numbered(listings: Sequence[Sequence[bytes]]) -> tuple[list[bytes], list[NDArray[np.uint32]]]:
    """All texts, sorted, and for each listing the number of each of its texts."""
    texts = sorted(set().union(*listings))
    number = {text: i for i, text in enumerate(texts)}
    return texts, [
        np.fromiter(map(number.__getitem__, listing), np.uint32, len(listing)) for listing in listings
    ]


def _interleaved(parts: Sequence[SegmentWords], numbers: Sequence[NDArray[np.uint32]]) -> Occurrences:
    """The words of all parts one part after another, terms renumbered; their marks are still old."""
    return Occurrences(
        np.concatenate([own[part.occurrences.term] for part, own in zip(parts, numbers, strict=True)]),
        np.concatenate([part.occurrences.document for part in parts]),
        np.concatenate([part.occurrences.position for part in parts]),
        np.zeros(0, np.uint8),
    )


def _key(upper: NDArray[np.integer[Any]], document: NDArray[np.integer[Any]]) -> NDArray[np.uint64]:
    return upper.astype(np.uint64) << np.uint64(16) | document.astype(np.uint64)


def _postings(words: Occurrences) -> NDArray[np.intp]:
    """The first word of each posting."""
    opens = np.ones(len(words.term), bool)
    opens[1:] = (words.term[1:] != words.term[:-1]) | (words.document[1:] != words.document[:-1])
    return np.flatnonzero(opens)


def _slot_spelling(part: SegmentWords) -> NDArray[np.int64]:
    """The spelling of each slot of each term, -1 for none, shape (terms, SLOTS)."""
    slot = slots(part.term_of_spelling)
    of_slot = np.full((len(part.terms), SLOTS), -1, np.int64)
    with_bit = np.flatnonzero(slot < SLOTS)
    of_slot[part.term_of_spelling[with_bit], slot[with_bit]] = with_bit
    return of_slot


def _document_frequencies(part: SegmentWords) -> NDArray[np.int64]:
    """How many live documents have each spelling of a part."""
    first = _postings(part.occurrences)
    term, mark = part.occurrences.term[first], part.occurrences.mark[first]
    frequencies = np.bincount(part.other_spelling, minlength=len(part.spellings))
    of_slot = _slot_spelling(part)
    for slot in range(SLOTS):
        having = of_slot[term[mark >> slot & 1 > 0], slot]
        frequencies += np.bincount(having, minlength=len(part.spellings))
    return frequencies


def _translated(
    part: SegmentWords, number: NDArray[np.int64], bit: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
    """The new mark of each word of a part, and the (spelling, document) pairs that have no bit any more.

    ``number`` gives the new number of each spelling of the part, and ``bit`` the bit of each new spelling.
    """
    of_slot = _slot_spelling(part)
    new = np.where(of_slot >= 0, number[of_slot], -1)  # shape (terms, SLOTS)
    new_bit = np.zeros(new.shape, np.uint8)
    new_bit[new >= 0] = bit[new[new >= 0]]
    first = _postings(part.occurrences)
    term, mark = part.occurrences.term[first], part.occurrences.mark[first]
    translated = np.zeros(len(first), np.uint8)
    lost = [np.zeros(0, np.uint64)]
    for slot in range(SLOTS):
        having = np.flatnonzero(mark >> slot & 1)
        translated[having] |= new_bit[term[having], slot]
        without = having[new_bit[term[having], slot] == 0]
        lost.append(_key(new[term[without], slot], part.occurrences.document[first[without]]))
    sizes = np.diff(first, append=len(part.occurrences.term))
    return np.repeat(translated, sizes), np.concatenate(lost)
