"""How does a segment know in which spellings each term was written?

The inflections of a word share a term, and its postings. Which of a term's spellings a posting holds is
a *mark* beside it, one bit for each of the first SLOTS spellings of the term; the rarer spellings beyond
them list their documents. So one list of postings serves the stem and, masked, each spelling of it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.forks import cached_property

from .array_file import Array, ArrayFile

SLOTS: Final = 5
"""How many spellings of a term have a bit: measured, they hold 98 of 100 occurrences."""


class Spellings(NamedTuple):
    """The spellings of a segment, by term and in each term by slot; a slot of SLOTS and more has no bit."""

    texts: Sequence[bytes]
    term: NDArray[np.uint32]  # of each, ascending, shape (spellings,)
    other_spelling: NDArray[np.uint32]  # the spellings without a bit once for each document that has them,
    other_document: NDArray[np.uint16]  # sorted by both, shape (pairs,)

    @property
    def slot(self) -> NDArray[np.int64]:
        """The place of each spelling among those of its term, shape (spellings,)."""
        return slots(self.term)


def slots(term: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The place of each spelling among those of its term, from their terms, ascending."""
    return np.arange(len(term)) - np.searchsorted(term, term)


def bits(slot: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The bit of each slot in a mark; 0 for a slot that has none."""
    return np.where(slot < SLOTS, 1 << np.minimum(slot, SLOTS - 1), 0).astype(np.uint8)


def spelling_arrays(
    spellings: Spellings, terms: Sequence[bytes], slot_documents: NDArray[np.int64]
) -> dict[str, Array]:
    """The arrays of a segment; ``slot_documents`` counts the documents of each slot, shape (terms, SLOTS)."""
    texts, term, other_spelling, other_document = spellings
    slot = spellings.slot
    with_bit = slot < SLOTS
    documents = np.bincount(other_spelling, minlength=len(term))
    documents[with_bit] = slot_documents[term[with_bit], slot[with_bit]]
    others = np.flatnonzero(~with_bit).astype(np.uint32)
    shown = [b"" if text == terms[i] else text for text, i in zip(texts, term.tolist(), strict=True)]
    return {
        "term_spelling": np.searchsorted(term, np.arange(len(terms) + 1)).astype(np.uint32),
        "spelling_text": np.frombuffer(b"".join(shown), np.uint8),
        "spelling_text_end": np.cumsum([0, *map(len, shown)], dtype=np.uint32),
        "spelling_documents": (documents - 1).astype(np.uint16),
        "other_spelling": others,
        "other_first": np.append(np.searchsorted(other_spelling, others), len(other_spelling)).astype(
            np.uint32
        ),
        "other_document": other_document,
    }


class SpellingsReader:
    """The spellings of a segment, by number; those of a term are neighbours, in the order of their slots."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file

    @cached_property
    def _first(self) -> memoryview:  # gives single numbers faster than an array does
        return np.asarray(self._file.array("term_spelling"), np.uint32).data

    @cached_property
    def _end(self) -> memoryview:
        return np.asarray(self._file.array("spelling_text_end"), np.uint32).data

    @cached_property
    def _documents(self) -> memoryview:
        return np.asarray(self._file.array("spelling_documents"), np.uint16).data

    def of_term(self, term: int) -> range:
        """The spellings of a term."""
        return range(self._first[term], self._first[term + 1])

    def texts_of(self, term: int, term_text: bytes) -> list[bytes]:
        """The spellings of a term as UTF-8 text, by slot."""
        own = self.of_term(term)
        ends = self._end[own.start : own.stop + 1].tolist()
        text = self._file.part("spelling_text", ends[0], ends[-1]).tobytes()
        base = ends[0]
        return [text[start - base : end - base] or term_text for start, end in itertools.pairwise(ends)]

    def texts(self, terms: Sequence[bytes]) -> list[bytes]:
        """All spellings as UTF-8 text, of all terms."""
        ends = self._file.array("spelling_text_end").tolist()
        text = self._file.array("spelling_text").tobytes()
        return [
            text[start:end] or terms[term]
            for (start, end), term in zip(itertools.pairwise(ends), self.terms.tolist(), strict=True)
        ]

    @cached_property
    def terms(self) -> NDArray[np.uint32]:
        """The term of each spelling, shape (spellings,)."""
        sizes = np.diff(self._file.array("term_spelling"))
        return np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)

    @property
    def document_frequencies(self) -> NDArray[np.int64]:
        """How many documents, deleted ones too, have each spelling, shape (spellings,)."""
        return self._file.array("spelling_documents").astype(np.int64) + 1

    def document_frequency(self, spelling: int) -> int:
        """How many documents, deleted ones too, have a spelling."""
        frequency: int = self._documents[spelling]
        return frequency + 1

    def other_documents(self, spelling: int) -> NDArray[np.uint16]:
        """The documents of a spelling that has no bit, ascending."""
        at = int(np.searchsorted(self._file.array("other_spelling"), spelling))
        first, last = self._file.part("other_first", at, at + 2).tolist()
        return self._file.part("other_document", first, last)

    def others(self) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
        """The spellings without a bit and their documents, as :class:`Spellings` holds them."""
        sizes = np.diff(self._file.array("other_first"))
        return np.repeat(self._file.array("other_spelling"), sizes), self._file.array("other_document")
