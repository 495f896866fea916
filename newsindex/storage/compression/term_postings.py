"""The postings of single terms, decoded when they are first asked for.

Those of the terms that were read last are kept.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsindex.forks import Lock, cached_property
from newsindex.storage.array_file import ArrayFile

from .damaged_region import DamagedRegion
from .position_blocks import PADDING, TermPositions
from .posting_regions import Postings, decode_region

_MAX_CACHED_BYTES: Final = 4 << 20
"""Bytes of decoded posting lists that are kept for each segment."""
_ENTRY_BYTES: Final = 1000  # of the objects of one term beside the data of its arrays


class TermPostings:
    """The decoded postings of one term; what else is decoded of the term is added when it is first needed."""

    def __init__(self, term: int, postings: Postings) -> None:
        self.term = term
        self.documents, self.codes = postings
        self.bounds: NDArray[np.int32] | None = None
        """The first occurrence of each posting among those of the term, and their end, (postings + 1,)."""
        self.positions: TermPositions | None = None

    @property
    def nbytes(self) -> int:
        """The bytes that this may take."""
        return _ENTRY_BYTES + 8 * len(self.codes)


class TermPostingsCache:
    """The postings of the terms of a segment, of which those that were read last are kept.

    They are kept up to a number of bytes, since the parts of a search ask for the same terms. Threads may
    share it.
    """

    def __init__(self, file: ArrayFile, documents: int) -> None:
        """``documents`` is the number of documents of the segment."""
        self._file = file
        self._documents = documents
        self._cached: dict[int, TermPostings] = {}
        self._nbytes = 0
        self._lock = Lock()  # for changes of the cache

    @cached_property
    def first_posting(self) -> memoryview:  # a memoryview gives single numbers faster than an array does
        """The first posting of each term and the end."""
        return np.asarray(self._file.array("term_posting"), np.uint32).data

    @cached_property
    def first_occurrence(self) -> memoryview:
        """The first occurrence of each term and the end."""
        return np.asarray(self._file.array("term_occurrence"), np.uint32).data

    @cached_property
    def _posting_byte(self) -> memoryview:
        return np.asarray(self._file.array("term_posting_byte"), np.uint32).data

    @cached_property
    def _position_byte(self) -> memoryview:
        return np.asarray(self._file.array("term_position_byte"), np.uint32).data

    def get(self, term: int) -> TermPostings:
        """The postings of a term. Raises IndexCorrupt."""
        postings = self._cached.get(term)
        if postings is None:
            count = self.first_posting[term + 1] - self.first_posting[term]
            if not 0 <= count <= self._documents:
                raise self._file.inconsistent_error("term_posting", term, "are not those of documents")
            content = self._region("posting", self._posting_byte, term)
            try:
                postings = TermPostings(term, decode_region(content, count, self._documents))
            except DamagedRegion as error:
                byte = self._posting_byte[term] + error.byte
                raise self._file.inconsistent_error("posting", byte, error.reason) from error
            self._keep(term, postings)
        return postings

    def _keep(self, term: int, postings: TermPostings) -> None:
        """Puts the postings of a term into the cache, and drops those that were put there first."""
        nbytes = postings.nbytes
        with self._lock:
            if term in self._cached or nbytes > _MAX_CACHED_BYTES:  # another thread may have decoded the same
                return
            while self._nbytes + nbytes > _MAX_CACHED_BYTES:
                self._nbytes -= self._cached.pop(next(iter(self._cached))).nbytes
            self._cached[term] = postings
            self._nbytes += nbytes

    def occurrence_count(self, term: int) -> int:
        """The number of occurrences of a term."""
        count: int = self.first_occurrence[term + 1] - self.first_occurrence[term]
        return count

    def positions(self, postings: TermPostings) -> TermPositions:
        """The encoded positions of a term, given its postings. Raises IndexCorrupt."""
        positions = postings.positions
        if positions is None:
            content = self._region("position", self._position_byte, postings.term, PADDING)
            try:
                positions = TermPositions(content, self.occurrence_count(postings.term))
            except DamagedRegion as error:
                byte = self._position_byte[postings.term] + error.byte
                raise self._file.inconsistent_error("position", byte, error.reason) from error
            postings.positions = positions
        return positions

    def _region(self, name: str, bounds: memoryview, term: int, padding: int = 0) -> NDArray[np.uint8]:
        """The region of a term in an array, with some bytes more."""
        start, stop = bounds[term], bounds[term + 1] + padding
        if not start <= stop <= self._file.length(name):
            raise self._file.inconsistent_error(f"term_{name}_byte", term, "do not ascend to the end")
        return self._file.part(name, start, stop)
