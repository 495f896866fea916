"""The spellings in which each term of a segment was written, and the documents that have each.

The inflections of a word share a term and its posting list. Which spellings of a term a posting holds is
written in its *mark*, a byte with one bit for each of the first SLOTS spellings of the term; the rarer
spellings beyond them list their documents. So one posting list serves the stem and, masked, each of its
spellings. The place of a spelling among those of its term, the most frequent first, is its *slot*.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.forks import cached_property

from .array_file import Array, ArrayFile, checked_cast, part_ends

SLOTS: Final = 5
"""The number of spellings of a term that have a bit: measured, they make 98 of 100 occurrences."""


class Spellings(NamedTuple):
    """The spellings of a segment, ordered by term and within a term by slot."""

    texts: Sequence[bytes]
    term: NDArray[np.uint32]  # the term of each spelling, ascending, shape (spellings,)
    # The documents of the spellings without a bit (slot SLOTS and above), as pairs sorted by both:
    other_spelling: NDArray[np.uint32]  # shape (pairs,)
    other_document: NDArray[np.uint16]  # shape (pairs,)

    @property
    def slot(self) -> NDArray[np.int64]:
        """The slot of each spelling, shape (spellings,)."""
        return assign_slots(self.term)


def assign_slots(term: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The slot of each spelling, from the ascending terms of all spellings."""
    return np.arange(len(term)) - np.searchsorted(term, term)


def slot_bits(slot: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The bit of each slot in a mark; 0 for a slot that has none."""
    return np.where(slot < SLOTS, 1 << np.minimum(slot, SLOTS - 1), 0).astype(np.uint8)


def spelling_arrays(
    spellings: Spellings, terms: Sequence[bytes], slot_documents: NDArray[np.int64]
) -> dict[str, Array]:
    """The arrays of a segment that hold its spellings, by name; see FORMAT.md.

    ``slot_documents`` counts the documents of each slot of each term, shape (terms, SLOTS).
    """
    texts, term, other_spelling, other_document = spellings
    slot = spellings.slot
    has_bit = slot < SLOTS
    documents = np.bincount(other_spelling, minlength=len(term))
    documents[has_bit] = slot_documents[term[has_bit], slot[has_bit]]
    others = np.flatnonzero(~has_bit).astype(np.uint32)
    stored = [b"" if text == terms[i] else text for text, i in zip(texts, term.tolist(), strict=True)]
    return {
        "term_spelling": checked_cast(np.searchsorted(term, np.arange(len(terms) + 1)), np.uint32),
        "spelling_text": np.frombuffer(b"".join(stored), np.uint8),
        "spelling_text_end": part_ends(map(len, stored), np.uint32),
        "spelling_documents": checked_cast(documents - 1, np.uint16),
        "other_spelling": others,
        "other_first": checked_cast(
            np.append(np.searchsorted(other_spelling, others), len(other_spelling)), np.uint32
        ),
        "other_document": other_document,
    }


class SpellingsReader:
    """The spellings of a segment by number; those of one term have consecutive numbers, in slot order."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file

    @cached_property
    def _first(self) -> memoryview:  # a memoryview gives single numbers faster than an array does
        return np.asarray(self._file.array("term_spelling"), np.uint32).data

    @cached_property
    def _end(self) -> memoryview:
        return np.asarray(self._file.array("spelling_text_end"), np.uint32).data

    @cached_property
    def _documents(self) -> memoryview:
        return np.asarray(self._file.array("spelling_documents"), np.uint16).data

    def of_term(self, term: int) -> range:
        """The numbers of the spellings of a term."""
        return range(self._first[term], self._first[term + 1])

    def texts_of(self, term: int, term_text: bytes) -> list[bytes]:
        """The spellings of a term as UTF-8 text, by slot."""
        numbers = self.of_term(term)
        ends = self._end[numbers.start : numbers.stop + 1].tolist()
        text = self._file.part("spelling_text", ends[0], ends[-1]).tobytes()
        base = ends[0]
        return [text[start - base : end - base] or term_text for start, end in itertools.pairwise(ends)]

    def texts(self, terms: Sequence[bytes]) -> list[bytes]:
        """All spellings of all ``terms`` as UTF-8 text."""
        ends = self._file.array("spelling_text_end").tolist()
        text = self._file.array("spelling_text").tobytes()
        return [
            text[start:end] or terms[term]
            for (start, end), term in zip(itertools.pairwise(ends), self.terms.tolist(), strict=True)
        ]

    def by_first_byte(
        self, first_bytes: bytes, term_text: bytes, term_end: NDArray[np.uint32]
    ) -> Iterator[tuple[int, bytes]]:
        """The numbers and the texts of the spellings that begin with one of some bytes.

        ``term_text`` holds the texts of all terms, and ``term_end`` their bounds, shape (terms + 1,).
        """
        text = self._file.array("spelling_text").tobytes()
        end = np.asarray(self._end)
        is_term = end[1:] == end[:-1]
        start = np.where(is_term, term_end[self.terms] + np.uint32(len(text)), end[:-1])
        stop = np.where(is_term, term_end[self.terms + 1] + np.uint32(len(text)), end[1:])
        text += term_text
        is_sought = np.zeros(256, bool)
        is_sought[list(first_bytes)] = True
        found = np.flatnonzero(is_sought[np.frombuffer(text, np.uint8)[start]])
        bounds = zip(found.tolist(), start[found].tolist(), stop[found].tolist(), strict=True)
        return ((number, text[first:last]) for number, first, last in bounds)

    @cached_property
    def terms(self) -> NDArray[np.uint32]:
        """The term of each spelling, shape (spellings,)."""
        counts = np.diff(self._file.array("term_spelling"))
        return np.repeat(np.arange(len(counts), dtype=np.uint32), counts)

    @property
    def document_frequencies(self) -> NDArray[np.int64]:
        """The number of documents that have each spelling, deleted ones included, shape (spellings,)."""
        return self._file.array("spelling_documents").astype(np.int64) + 1

    def document_frequency(self, spelling: int) -> int:
        """The number of documents that have a spelling, deleted ones included."""
        frequency: int = self._documents[spelling]
        return frequency + 1

    def other_documents(self, spelling: int) -> NDArray[np.uint16]:
        """The documents of a spelling that has no bit, ascending."""
        row = int(np.searchsorted(self._file.array("other_spelling"), spelling))
        first, last = self._file.part("other_first", row, row + 2).tolist()
        return self._file.part("other_document", first, last)

    def others(self) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
        """The spellings without a bit and their documents as pairs, as :class:`Spellings` holds them."""
        counts = np.diff(self._file.array("other_first"))
        return np.repeat(self._file.array("other_spelling"), counts), self._file.array("other_document")
