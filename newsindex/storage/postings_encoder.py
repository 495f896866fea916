"""How are the occurrences of terms laid out as arrays that numpy can use without decoding them?

A *posting* is one document of one term; an *occurrence* is one place of a term in a document. All three
levels are flat arrays: a term's postings are one slice, and a posting's occurrences another.

- document numbers are 16-bit: a segment holds at most 65,536 documents;
- the frequencies of a posting, in headline and in body, and the mark of its spellings (spellings.py) are
  one byte: the code of that triple in a table of the segment, with the few rare triples beyond 255 listed
  by posting;
- positions count the words of the headline and then on through the body. Their low 8 bits are one plane,
  the next 4 another, and the rest a third; the upper planes exist only for the terms that need them.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .array_file import Array
from .spelling_table import SLOTS

MAX_DOCUMENTS: Final = 1 << 16
RARE: Final = 255
"""The code of a triple that the table has no room for."""
_PAIR_HEADLINES: Final = 32
_PAIR_BODIES: Final = 64  # a pair is headline * 64 + body, where both are small enough
_MARKS: Final = 1 << SLOTS
_LARGE: Final = _PAIR_HEADLINES * _PAIR_BODIES - 1
_MIDDLE_FROM: Final = 1 << 8
_HIGH_FROM: Final = 1 << 12


class Frequencies(NamedTuple):
    """Occurrences of each posting in the two fields, each of shape (postings,)."""

    headline: NDArray[Any]
    body: NDArray[Any]

    def within(self, field: str) -> Frequencies:
        """Those in one field only; ``text`` is both."""
        if field == "headline":
            return Frequencies(self.headline, np.zeros_like(self.body))
        if field == "body":
            return Frequencies(np.zeros_like(self.headline), self.body)
        return self


class PostingsEncoder:
    """Occurrences to the arrays of a segment, a range of terms at a time."""

    def __init__(self, headline_length: NDArray[np.integer[Any]]) -> None:
        """``headline_length`` has shape (documents,): a position below it is in the headline."""
        self._headline_length = headline_length
        self._parts: dict[str, list[Array]] = {}
        self._large: list[tuple[Array, Array, Array]] = []  # postings with large frequencies
        self._counts = np.zeros((_LARGE + 1) * _MARKS, np.int64)  # of the postings of each triple
        self._slot_documents: list[NDArray[np.int64]] = []  # by range of terms
        self._postings = self._occurrences = self._middle = self._high = 0

    def add(
        self,
        term: NDArray[np.integer[Any]],
        document: NDArray[np.integer[Any]],
        position: NDArray[np.integer[Any]],
        mark: NDArray[np.uint8],
        terms: int,
    ) -> None:
        """Take the occurrences of the next ``terms`` terms, numbered from 0.

        ``term``, ``document`` and ``position`` have shape (occurrences,) and are sorted by all three in
        that order; ``mark`` holds the bit of each one's spelling.
        """
        count = len(term)
        opens = np.ones(count, bool)
        opens[1:] = (term[1:] != term[:-1]) | (document[1:] != document[:-1])
        first = np.flatnonzero(opens)
        in_headline = position < self._headline_length.take(document)
        headline = np.add.reduceat(in_headline, first, dtype=np.uint32) if count else first.astype("u4")
        body = np.diff(first, append=count).astype(np.uint32) - headline
        marks = np.bitwise_or.reduceat(mark, first) if count else mark
        self._add_frequencies(headline, body, marks)
        owners = term[first]
        self._slot_documents.append(_slot_documents(owners, marks, terms))
        starts = np.searchsorted(term, np.arange(terms + 1))
        self._extend(
            posting_document=document[first].astype(np.uint16),
            term_posting=(np.searchsorted(first, starts) + self._postings).astype(np.uint32)[:-1],
            term_occurrence=(starts + self._occurrences).astype(np.uint32)[:-1],
        )
        self._add_positions(position, starts)
        self._postings += len(first)
        self._occurrences += count

    def _add_frequencies(
        self, headline: NDArray[np.uint32], body: NDArray[np.uint32], marks: NDArray[np.uint8]
    ) -> None:
        """Keep each triple as one small number; frequencies that have none are kept apart."""
        large = np.flatnonzero((headline >= _PAIR_HEADLINES - 1) | (body >= _PAIR_BODIES))
        triple = headline * _PAIR_BODIES + body
        triple[large] = _LARGE
        triple *= _MARKS
        triple += marks
        self._counts += np.bincount(triple, minlength=len(self._counts))
        self._extend(triple=triple.astype(np.uint16))
        self._large.append((large + self._postings, headline[large], body[large]))

    def _extend(self, **arrays: Array) -> None:
        for name, array in arrays.items():
            self._parts.setdefault(name, []).append(array)

    def _add_positions(self, position: Array, term_starts: Array) -> None:
        starts, sizes = term_starts[:-1], np.diff(term_starts)
        highest = np.zeros(len(sizes), np.int64)
        if len(position):
            highest[sizes > 0] = np.maximum.reduceat(position, starts[sizes > 0])
        has_middle, has_high = highest >= _MIDDLE_FROM, highest >= _HIGH_FROM
        middle_bytes = np.where(has_middle, (sizes + 1) // 2, 0)
        high_count = np.where(has_high, sizes, 0)
        self._extend(
            occurrence_low=position.astype(np.uint8),
            occurrence_middle=_middle_plane(position, sizes, has_middle),
            occurrence_high=(position[np.repeat(has_high, sizes)] >> 12).astype(np.uint32),
            term_width=(has_middle.astype(np.uint8) + has_high).astype(np.uint8),
            term_middle=(np.cumsum(middle_bytes) - middle_bytes + self._middle).astype(np.uint32),
            term_high=(np.cumsum(high_count) - high_count + self._high).astype(np.uint32),
        )
        self._middle += int(middle_bytes.sum())
        self._high += int(high_count.sum())

    def slot_documents(self) -> NDArray[np.int64]:
        """How many documents have the spelling of each slot, shape (terms, SLOTS)."""
        return np.concatenate([np.zeros((0, SLOTS), np.int64), *self._slot_documents])

    def finish(self) -> dict[str, Array]:
        """The arrays, by name; see FORMAT.md."""
        if not self._parts:  # documents without a word
            nothing = np.zeros(0, np.uint32)
            self.add(nothing, nothing, nothing, nothing.astype(np.uint8), 0)
        self._extend(
            term_posting=np.array([self._postings], np.uint32),
            term_occurrence=np.array([self._occurrences], np.uint32),
        )
        arrays = {name: np.concatenate(self._parts.pop(name)) for name in list(self._parts)}
        arrays.update(self._encode_triples(arrays.pop("triple")))
        return arrays

    def _encode_triples(self, triple: NDArray[np.uint16]) -> dict[str, Array]:
        """Triples as codes of one byte, the most common ones; the others are listed."""
        self._counts[_LARGE * _MARKS :] = 0
        common = np.sort(np.argsort(-self._counts, kind="stable")[:RARE])
        code = np.full(len(self._counts), RARE, np.uint8)
        code[common] = np.arange(RARE)
        codes = code[triple]
        rare = np.flatnonzero(codes == RARE)
        headline, body, mark = _parts(triple[rare])
        at, large_headline, large_body = map(np.concatenate, zip(*self._large, strict=True))
        here = np.searchsorted(rare, at)
        headline[here], body[here] = large_headline, large_body
        code_headline, code_body, code_mark = _parts(common)
        return {
            "posting_code": codes,
            "code_headline": code_headline,
            "code_body": code_body,
            "code_mark": code_mark,
            "rare_posting": rare.astype(np.uint32),
            "rare_headline": headline,
            "rare_body": body,
            "rare_mark": mark,
        }


def _slot_documents(term: Array, marks: NDArray[np.uint8], terms: int) -> NDArray[np.int64]:
    """How many postings have the bit of each slot, shape (terms, SLOTS)."""
    every = np.bincount(term * np.uint32(_MARKS) + marks, minlength=terms * _MARKS)
    holds = np.arange(_MARKS)[:, None] >> np.arange(SLOTS) & 1
    documents: NDArray[np.int64] = every.reshape(terms, _MARKS) @ holds
    return documents


def _parts(
    triple: NDArray[np.integer[Any]],
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]:
    """The frequencies in headline and body and the mark of each triple."""
    pair, mark = np.divmod(triple.astype(np.uint32), np.uint32(_MARKS))
    headline, body = np.divmod(pair, np.uint32(_PAIR_BODIES))
    return headline, body, mark.astype(np.uint8)


def _middle_plane(position: Array, all_sizes: Array, has_middle: Array) -> Array:
    """Bits 8 to 11 of the positions of some terms, two a byte, each term from a new byte on."""
    sizes = all_sizes[has_middle]
    ends = np.cumsum((sizes + 1) // 2 * 2)
    nibbles = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    holds = np.ones(len(nibbles), bool)
    holds[ends[sizes & 1 > 0] - 1] = False
    nibbles[holds] = (position[np.repeat(has_middle, all_sizes)] >> 8) & 15
    return nibbles[::2] | nibbles[1::2] << np.uint8(4)
