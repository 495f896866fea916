"""Codes of one byte for the frequencies and the mark of postings.

A *triple* is the frequency of a term in the headline of a document, the one in its body, and the mark of its
spellings there (spelling_table.py). The 255 triples that most postings of the segment have are numbered by
descending frequency, which is their *code*; postings with any other triple have code 255 and are listed
apart.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.storage.array_file import Array
from newsindex.storage.spelling_table import SLOTS

RARE_CODE: Final = 255
"""The code of a posting whose triple is not in the table."""
MARKS: Final = 1 << SLOTS
"""The number of different marks."""
_PAIR_HEADLINES: Final = 32
_PAIR_BODIES: Final = 64  # a pair is headline * 64 + body, where both are small enough
_LARGE_PAIR: Final = _PAIR_HEADLINES * _PAIR_BODIES - 1  # stands for frequencies that are too large


class TripleCounter:
    """Takes the triples of one range of postings after another, and gives them codes when it has all."""

    def __init__(self) -> None:
        self._ranges: list[NDArray[np.uint16]] = []  # the triples of postings, each as one number
        self._large: list[tuple[Array, Array, Array]] = []  # postings with large frequencies, and those
        self._counts = np.zeros((_LARGE_PAIR + 1) * MARKS, np.int64)  # postings, by triple
        self._postings = 0

    def add(self, headline: NDArray[np.uint32], body: NDArray[np.uint32], marks: NDArray[np.uint8]) -> None:
        """Adds the next postings; frequencies that are too large for a number of 16 bits are kept apart."""
        large = np.flatnonzero((headline >= _PAIR_HEADLINES - 1) | (body >= _PAIR_BODIES))
        triple = headline * np.uint32(_PAIR_BODIES) + body
        triple[large] = _LARGE_PAIR
        triple *= np.uint32(MARKS)
        triple += marks
        self._counts += np.bincount(triple, minlength=len(self._counts))
        self._ranges.append(triple.astype(np.uint16))
        self._large.append((large + self._postings, headline[large], body[large]))
        self._postings += len(triple)

    def finish(self) -> tuple[list[NDArray[np.uint8]], dict[str, Array]]:
        """The codes of the postings of each range, and the arrays of the table and of the postings without.

        Of triples that are equally frequent the lower number comes first.
        """
        self._counts[_LARGE_PAIR * MARKS :] = 0
        common = np.argsort(-self._counts, kind="stable")[:RARE_CODE]
        code_of_triple = np.full(len(self._counts), RARE_CODE, np.uint8)
        code_of_triple[common] = np.arange(RARE_CODE)
        codes: list[NDArray[np.uint8]] = []
        rare = [np.zeros(0, np.int64)]
        rare_triples = [np.zeros(0, np.uint16)]
        postings = 0
        self._ranges.reverse()
        while self._ranges:  # emptied on the way: codes and triples need not both be in memory
            triples = self._ranges.pop()
            codes.append(code_of_triple[triples])
            within = np.flatnonzero(codes[-1] == RARE_CODE)
            rare.append(within + postings)
            rare_triples.append(triples[within])
            postings += len(triples)
        arrays = self._list_rare_postings(np.concatenate(rare), np.concatenate(rare_triples))
        code_headline, code_body, code_mark = _split_triples(common)
        arrays.update(code_headline=code_headline, code_body=code_body, code_mark=code_mark)
        return codes, arrays

    def _list_rare_postings(self, rare: NDArray[np.int64], triples: NDArray[np.uint16]) -> dict[str, Array]:
        """The postings that have no code, with their frequencies and marks."""
        headline, body, mark = _split_triples(triples)
        for large, large_headline, large_body in self._large:
            row = np.searchsorted(rare, large)
            headline[row], body[row] = large_headline, large_body
        return {
            "rare_posting": rare.astype(np.uint32),
            "rare_headline": headline,
            "rare_body": body,
            "rare_mark": mark,
        }


def _split_triples(
    triple: NDArray[np.integer[Any]],
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]:
    """The frequencies in headline and body and the mark of each triple."""
    pair, mark = np.divmod(triple.astype(np.uint32), np.uint32(MARKS))
    headline, body = np.divmod(pair, np.uint32(_PAIR_BODIES))
    return headline, body, mark.astype(np.uint8)


def count_slot_documents(term: Array, marks: NDArray[np.uint8], terms: int) -> NDArray[np.int64]:
    """The number of postings that have the bit of each slot, shape (terms, SLOTS)."""
    postings_of_mark = np.bincount(term * np.uint32(MARKS) + marks, minlength=terms * MARKS)
    has_bit = np.arange(MARKS)[:, None] >> np.arange(SLOTS) & 1
    documents: NDArray[np.int64] = postings_of_mark.reshape(terms, MARKS) @ has_bit
    return documents
