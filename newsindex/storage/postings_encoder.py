"""Encoding of the occurrences of terms as the arrays of a segment.

A *posting* is one document of one term; an *occurrence* is one place of a term in a document. The postings of
a term are one region of bytes (posting_regions.py), in which the frequencies and the spellings of a posting
are a code (posting_codes.py); its positions are another region (position_blocks.py). Document numbers have 16
bits: a segment holds at most 65,536 documents.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.compiled import compiled_kernel
from newsindex.compiled.protocols import Kernel

from .array_file import Array, checked_cast, segment_too_large_error
from .compression.compiled_postings import CompiledPostingsEncoder
from .compression.position_blocks import PADDING, encode_positions, values_of_positions
from .compression.posting_codes import TripleCounter, count_slot_documents
from .compression.posting_regions import Postings, encode_regions
from .spelling_table import SLOTS

MAX_DOCUMENTS: Final = 1 << 16
"""The documents that a segment may hold."""
MAX_OCCURRENCES: Final = (1 << 31) - 1
"""The occurrences that a segment may hold; no number of postings is larger."""


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


class _PostingLists(NamedTuple):
    """The documents of the postings of a range of terms, and the number of postings of each term."""

    document: NDArray[np.uint16]
    counts: NDArray[np.int64]


class PostingsEncoder:
    """Encodes the occurrences of one range of terms after another as the arrays of a segment."""

    def __init__(self, headline_length: NDArray[np.integer[Any]]) -> None:
        """``headline_length`` has shape (documents,): a position below it is in the headline.

        Raises NewsIndexError for more than MAX_DOCUMENTS documents, and :meth:`add` beyond MAX_OCCURRENCES.
        """
        if len(headline_length) > MAX_DOCUMENTS:
            raise segment_too_large_error()
        self._headline_length = headline_length
        self._triples = TripleCounter()
        self._lists: list[_PostingLists] = []  # by range of terms, as are all of these:
        self._occurrence_counts = [np.zeros(0, np.int64)]  # of each term
        self._positions: list[Array] = []  # encoded
        self._position_bytes = [np.zeros(0, np.int64)]  # of each term
        self._slot_documents: list[NDArray[np.int64]] = []
        self._occurrences = 0

    def add(
        self,
        term: NDArray[np.integer[Any]],
        document: NDArray[np.integer[Any]],
        position: NDArray[np.integer[Any]],
        mark: NDArray[np.uint8],
        terms: int,
    ) -> None:
        """Adds the occurrences of the next ``terms`` terms, which are numbered from 0.

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
        self._triples.add(headline, body, marks)
        self._slot_documents.append(count_slot_documents(term[first], marks, terms))
        starts = np.searchsorted(term, np.arange(terms + 1))
        posting_counts = np.diff(np.searchsorted(first, starts))
        self._lists.append(_PostingLists(document[first].astype(np.uint16), posting_counts))
        values = values_of_positions(position.astype(np.uint32, copy=False), first)
        encoded, sizes = encode_positions(values, np.diff(starts))
        self._occurrence_counts.append(np.diff(starts))
        self._positions.append(encoded)
        self._position_bytes.append(sizes)
        self._occurrences += count

    def slot_documents(self) -> NDArray[np.int64]:
        """The number of documents that have the spelling of each slot, shape (terms, SLOTS)."""
        return np.concatenate([np.zeros((0, SLOTS), np.int64), *self._slot_documents])

    def finish(self) -> dict[str, list[Array]]:
        """The arrays by name, each in chunks that follow one another; see FORMAT.md."""
        codes, tables = self._triples.finish()
        regions: list[Array] = []
        region_bytes, posting_counts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        codes.reverse()
        self._lists.reverse()
        while self._lists:  # emptied on the way, which frees memory
            document, counts = self._lists.pop()
            encoded, sizes = encode_regions(
                Postings(document, codes.pop()), counts, len(self._headline_length)
            )
            regions.append(encoded)
            region_bytes.append(sizes)
            posting_counts.append(counts)
        nothing = np.zeros(0, np.uint8)
        bounds = {
            "term_posting": posting_counts,
            "term_occurrence": self._occurrence_counts,
            "term_posting_byte": region_bytes,
            "term_position_byte": self._position_bytes,
        }
        return {
            "posting": regions or [nothing],
            "position": [*self._positions, np.zeros(PADDING, np.uint8)],
            **{name: [_bounds(counts)] for name, counts in bounds.items()},
            **{name: [array] for name, array in tables.items()},
        }


def _bounds(counts: list[NDArray[np.int64]]) -> Array:
    """The bounds of parts with these sizes; raises NewsIndexError where they do not fit 32 bits."""
    return checked_cast(np.concatenate([[0], np.cumsum(np.concatenate(counts))]), np.uint32)


def make_postings_encoder(
    headline_length: NDArray[np.integer[Any]],
) -> PostingsEncoder | CompiledPostingsEncoder:
    """An encoder of the compiled kernel, where it is in use."""
    kernel = compiled_kernel()
    return (
        PostingsEncoder(headline_length) if kernel is None else make_compiled_encoder(kernel, headline_length)
    )


def make_compiled_encoder(
    kernel: Kernel, headline_length: NDArray[np.integer[Any]]
) -> CompiledPostingsEncoder:
    """An encoder of the compiled kernel, for MAX_OCCURRENCES occurrences at most."""
    return CompiledPostingsEncoder(kernel, headline_length, MAX_OCCURRENCES)
