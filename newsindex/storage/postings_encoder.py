"""Encoding of the occurrences of terms as arrays that numpy uses without decoding them.

A *posting* is one document of one term; an *occurrence* is one place of a term in a document. Terms,
postings and occurrences are flat arrays: the postings of a term are one slice, and the occurrences of a
posting another.

- Document numbers have 16 bits: a segment holds at most 65,536 documents.
- The frequencies of a posting in headline and body and the mark of its spellings (spelling_table.py) are one
  byte: the code of that triple in a table of the segment. The few postings whose triple is not among the
  255 of the table are listed apart.
- Positions count the words of the headline and continue through the body. Their low 8 bits are one plane, the
  next 4 bits another, and the rest a third; the upper planes exist only for the terms that need them.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .array_file import Array, segment_too_large_error
from .spelling_table import SLOTS

MAX_DOCUMENTS: Final = 1 << 16
"""The documents that a segment may hold."""
MAX_OCCURRENCES: Final = (1 << 31) - 1
"""The occurrences that a segment may hold; no number of postings or of bytes of a plane is larger."""
RARE_CODE: Final = 255
"""The code of a posting whose triple is not in the table."""
_PAIR_HEADLINES: Final = 32
_PAIR_BODIES: Final = 64  # a pair is headline * 64 + body, where both are small enough
_MARKS: Final = 1 << SLOTS
_LARGE_PAIR: Final = _PAIR_HEADLINES * _PAIR_BODIES - 1  # stands for frequencies that are too large
_MIN_MIDDLE_POSITION: Final = 1 << 8
_MIN_HIGH_POSITION: Final = 1 << 12


class Frequencies(NamedTuple):
    """The occurrences of each posting in the two fields, each array of shape (postings,)."""

    headline: NDArray[Any]
    body: NDArray[Any]

    def within(self, field: str) -> Frequencies:
        """The occurrences in one field only; the field ``text`` is both."""
        if field == "headline":
            return Frequencies(self.headline, np.zeros_like(self.body))
        if field == "body":
            return Frequencies(np.zeros_like(self.headline), self.body)
        return self


class PostingsEncoder:
    """Encodes the occurrences of one range of terms after another as the arrays of a segment."""

    def __init__(self, headline_length: NDArray[np.integer[Any]]) -> None:
        """``headline_length`` has shape (documents,): a position below it is in the headline.

        Raises NewsIndexError for more than MAX_DOCUMENTS documents, and :meth:`add` beyond MAX_OCCURRENCES.
        """
        if len(headline_length) > MAX_DOCUMENTS:
            raise segment_too_large_error()
        self._headline_length = headline_length
        self._parts: dict[str, list[Array]] = {}  # of each array, by range of terms
        self._large: list[tuple[Array, Array, Array]] = []  # postings with large frequencies, and those
        self._triple_counts = np.zeros((_LARGE_PAIR + 1) * _MARKS, np.int64)  # postings, by triple
        self._slot_documents: list[NDArray[np.int64]] = []  # by range of terms
        self._postings = self._occurrences = self._middle_bytes = self._high_values = 0

    def add(
        self,
        term: NDArray[np.integer[Any]],
        document: NDArray[np.integer[Any]],
        position: NDArray[np.integer[Any]],
        mark: NDArray[np.uint8],
        terms: int,
    ) -> None:
        """Add the occurrences of the next ``terms`` terms, which are numbered from 0.

        ``term``, ``document`` and ``position`` have shape (occurrences,) and are sorted by all three in
        that order; ``mark`` holds the bit of each occurrence's spelling.
        """
        count = len(term)
        if self._occurrences + count > MAX_OCCURRENCES:
            raise segment_too_large_error()
        is_first = np.ones(count, bool)
        is_first[1:] = (term[1:] != term[:-1]) | (document[1:] != document[:-1])
        first = np.flatnonzero(is_first)  # occurrence of each posting
        in_headline = np.flatnonzero(position < self._headline_length.take(document))
        posting = np.searchsorted(first, in_headline, side="right") - 1
        headline = np.bincount(posting, minlength=len(first)).astype(np.uint32)
        body = np.diff(first, append=count).astype(np.uint32) - headline
        marks = np.bitwise_or.reduceat(mark, first) if count else mark
        self._add_frequencies(headline, body, marks)
        self._slot_documents.append(_count_slot_documents(term[first], marks, terms))
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
        """Keep each triple as one number of 16 bits; frequencies that are too large for it are kept apart."""
        large = np.flatnonzero((headline >= _PAIR_HEADLINES - 1) | (body >= _PAIR_BODIES))
        triple = headline * _PAIR_BODIES + body
        triple[large] = _LARGE_PAIR
        triple *= _MARKS
        triple += marks
        self._triple_counts += np.bincount(triple, minlength=len(self._triple_counts))
        self._extend(triple=triple.astype(np.uint16))
        self._large.append((large + self._postings, headline[large], body[large]))

    def _extend(self, **arrays: Array) -> None:
        for name, array in arrays.items():
            self._parts.setdefault(name, []).append(array)

    def _add_positions(self, position: Array, term_starts: Array) -> None:
        starts, counts = term_starts[:-1], np.diff(term_starts)
        highest = np.zeros(len(counts), np.int64)
        if len(position):
            highest[counts > 0] = np.maximum.reduceat(position, starts[counts > 0])
        has_middle, has_high = highest >= _MIN_MIDDLE_POSITION, highest >= _MIN_HIGH_POSITION
        middle_bytes = np.where(has_middle, (counts + 1) // 2, 0)
        high_values = np.where(has_high, counts, 0)
        self._extend(
            occurrence_low=position.astype(np.uint8),
            occurrence_middle=_pack_middle_plane(position, counts, has_middle),
            occurrence_high=(position[np.repeat(has_high, counts)] >> 12).astype(np.uint32),
            term_width=(has_middle.astype(np.uint8) + has_high).astype(np.uint8),
            term_middle=(np.cumsum(middle_bytes) - middle_bytes + self._middle_bytes).astype(np.uint32),
            term_high=(np.cumsum(high_values) - high_values + self._high_values).astype(np.uint32),
        )
        self._middle_bytes += int(middle_bytes.sum())
        self._high_values += int(high_values.sum())

    def slot_documents(self) -> NDArray[np.int64]:
        """The number of documents that have the spelling of each slot, shape (terms, SLOTS)."""
        return np.concatenate([np.zeros((0, SLOTS), np.int64), *self._slot_documents])

    def finish(self) -> dict[str, list[Array]]:
        """The arrays by name, each in chunks that follow one another; see FORMAT.md."""
        if not self._parts:  # no document has a word
            nothing = np.zeros(0, np.uint32)
            self.add(nothing, nothing, nothing, nothing.astype(np.uint8), 0)
        self._extend(
            term_posting=np.array([self._postings], np.uint32),
            term_occurrence=np.array([self._occurrences], np.uint32),
        )
        triples = self._parts.pop("triple")
        return {**self._parts, **self._encode_triples(triples)}

    def _encode_triples(self, triples: list[NDArray[np.uint16]]) -> dict[str, list[Array]]:
        """The most common triples as codes of one byte, and a list of the postings with any other.

        Empties ``triples``, which are the postings by range of terms.
        """
        self._triple_counts[_LARGE_PAIR * _MARKS :] = 0
        common = np.sort(np.argsort(-self._triple_counts, kind="stable")[:RARE_CODE])
        code_of_triple = np.full(len(self._triple_counts), RARE_CODE, np.uint8)
        code_of_triple[common] = np.arange(RARE_CODE)
        codes: list[Array] = []
        rare = [np.zeros(0, np.int64)]
        rare_triples = [np.zeros(0, np.uint16)]
        postings = 0
        triples.reverse()
        while triples:
            some = triples.pop()
            codes.append(code_of_triple[some])
            within = np.flatnonzero(codes[-1] == RARE_CODE)
            rare.append(within + postings)
            rare_triples.append(some[within])
            postings += len(some)
        arrays = self._list_rare_postings(np.concatenate(rare), np.concatenate(rare_triples))
        code_headline, code_body, code_mark = _split_triples(common)
        arrays.update(code_headline=code_headline, code_body=code_body, code_mark=code_mark)
        return {"posting_code": codes, **{name: [array] for name, array in arrays.items()}}

    def _list_rare_postings(self, rare: NDArray[np.int64], triples: NDArray[np.uint16]) -> dict[str, Array]:
        """The postings that have no code, with their frequencies and marks."""
        headline, body, mark = _split_triples(triples)
        large, large_headline, large_body = map(np.concatenate, zip(*self._large, strict=True))
        row = np.searchsorted(rare, large)
        headline[row], body[row] = large_headline, large_body
        return {
            "rare_posting": rare.astype(np.uint32),
            "rare_headline": headline,
            "rare_body": body,
            "rare_mark": mark,
        }


def _count_slot_documents(term: Array, marks: NDArray[np.uint8], terms: int) -> NDArray[np.int64]:
    """The number of postings that have the bit of each slot, shape (terms, SLOTS)."""
    postings_of_mark = np.bincount(term * np.uint32(_MARKS) + marks, minlength=terms * _MARKS)
    has_bit = np.arange(_MARKS)[:, None] >> np.arange(SLOTS) & 1
    documents: NDArray[np.int64] = postings_of_mark.reshape(terms, _MARKS) @ has_bit
    return documents


def _split_triples(
    triple: NDArray[np.integer[Any]],
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]:
    """The frequencies in headline and body and the mark of each triple."""
    pair, mark = np.divmod(triple.astype(np.uint32), np.uint32(_MARKS))
    headline, body = np.divmod(pair, np.uint32(_PAIR_BODIES))
    return headline, body, mark.astype(np.uint8)


def _pack_middle_plane(position: Array, all_counts: Array, has_middle: Array) -> Array:
    """Bits 8 to 11 of the positions of the terms that have them, two a byte; each term starts a new byte."""
    counts = all_counts[has_middle]
    ends = np.cumsum((counts + 1) // 2 * 2)
    nibbles = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    is_used = np.ones(len(nibbles), bool)
    is_used[ends[counts & 1 > 0] - 1] = False
    nibbles[is_used] = (position[np.repeat(has_middle, all_counts)] >> 8) & 15
    return nibbles[::2] | nibbles[1::2] << np.uint8(4)
