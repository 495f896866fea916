"""Reading of posting lists and positions from the arrays that postings_encoder.py describes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from newsindex.errors import IndexCorrupt
from newsindex.forks import Lock, cached_property

from .array_file import ArrayFile
from .compression.damaged_region import DamagedRegion
from .compression.position_blocks import PADDING, TermPositions, decode_positions, positions_of_values
from .compression.posting_codes import RARE_CODE
from .compression.posting_regions import Postings, decode_region, decode_regions
from .postings_encoder import Frequencies

_MAX_CACHED_BYTES: Final = 4 << 20
"""Bytes of decoded posting lists that are kept for each segment."""
_ENTRY_BYTES: Final = 1000  # of the objects of one term beside the data of its arrays

Decoded = TypeVar("Decoded")


class RarePostings(NamedTuple):
    """The postings of one term that have no code, each array of shape (rare postings,)."""

    posting: NDArray[np.intp]  # among the postings of the term, from 0
    frequencies: Frequencies
    marks: NDArray[np.uint8]

    def among(self, postings: NDArray[np.intp] | None) -> RarePostings:
        """The rare ones among some ascending postings, numbered by their places there; None: among all."""
        if postings is None:
            return self
        place = postings.searchsorted(self.posting)
        within = place < len(postings)
        within[within] = postings[place[within]] == self.posting[within]
        headline, body = self.frequencies
        return RarePostings(place[within], Frequencies(headline[within], body[within]), self.marks[within])


class PostingRange(NamedTuple):
    """The postings of consecutive terms, each array of shape (postings,)."""

    term: NDArray[np.uint32]
    document: NDArray[np.uint16]
    mark: NDArray[np.uint8]
    occurrences: NDArray[np.int64]


class _TermPostings:
    """The decoded postings of one term; what else is decoded of the term is added when it is first needed."""

    def __init__(self, postings: Postings) -> None:
        self.documents, self.codes = postings
        self.bounds: NDArray[np.int32] | None = None  # of the occurrences of each posting among the term's
        self.positions: TermPositions | None = None

    @property
    def nbytes(self) -> int:
        """The bytes that this may take."""
        return _ENTRY_BYTES + 8 * len(self.codes)


class PostingsReader:
    """The posting lists of a segment, by term number; threads may share it.

    The terms that were read last are kept decoded, up to a number of bytes, since the parts of a search ask
    for the same terms. What is read raises IndexCorrupt where it could not have been written.
    """

    def __init__(self, file: ArrayFile, documents: int) -> None:
        """``documents`` is the number of documents of the segment."""
        self._file = file
        self._documents = documents
        for name in ("code_headline", "code_body", "code_mark"):
            if len(file.array(name)) != RARE_CODE:
                raise file.inconsistent_error(name, 0, "are not as many as there are codes")
        self.code_headline = np.append(file.array("code_headline"), np.uint32(0))
        self.code_body = np.append(file.array("code_body"), np.uint32(0))
        self.code_mark = np.append(file.array("code_mark"), np.uint8(0))
        self._code_count = self.code_headline + self.code_body
        self._cached: dict[int, _TermPostings] = {}
        self._cached_bytes = 0
        self._cache_lock = Lock()  # for changes of the cache

    @cached_property
    def _rare_posting(self) -> NDArray[np.uint32]:
        return self._file.array("rare_posting")

    @cached_property
    def _rare_numbers(self) -> memoryview:
        return np.asarray(self._rare_posting, np.uint32).data

    @cached_property
    def _first_posting(self) -> memoryview:  # a memoryview gives single numbers faster than an array does
        return np.asarray(self._file.array("term_posting"), np.uint32).data

    @cached_property
    def _first_occurrence(self) -> memoryview:
        return np.asarray(self._file.array("term_occurrence"), np.uint32).data

    @cached_property
    def _posting_byte(self) -> memoryview:
        return np.asarray(self._file.array("term_posting_byte"), np.uint32).data

    @cached_property
    def _position_byte(self) -> memoryview:
        return np.asarray(self._file.array("term_position_byte"), np.uint32).data

    # One term

    def document_frequency(self, term: int) -> int:
        """The number of documents that hold a term, deleted ones included."""
        frequency: int = self._first_posting[term + 1] - self._first_posting[term]
        return frequency

    def documents(self, term: int) -> NDArray[np.uint16]:
        """The documents of a term, ascending, shape (postings,)."""
        return self._term(term).documents

    def codes(self, term: int) -> NDArray[np.uint8]:
        """The frequency code of each posting of a term; see :meth:`rare` for code 255."""
        return self._term(term).codes

    def _term(self, term: int) -> _TermPostings:
        """The decoded postings of a term, from the cache if it has them."""
        postings = self._cached.get(term)
        if postings is None:
            count = self.document_frequency(term)
            content = self._region("posting", self._posting_byte, term)
            try:
                postings = _TermPostings(decode_region(content, count, self._documents))
            except DamagedRegion as error:
                raise self._region_error("posting", self._posting_byte[term], error) from error
            self._keep(term, postings)
        return postings

    def _keep(self, term: int, postings: _TermPostings) -> None:
        """Put the postings of a term into the cache, and drop those that were put there first."""
        nbytes = postings.nbytes
        with self._cache_lock:
            if term in self._cached or nbytes > _MAX_CACHED_BYTES:  # another thread may have decoded the same
                return
            while self._cached_bytes + nbytes > _MAX_CACHED_BYTES:
                self._cached_bytes -= self._cached.pop(next(iter(self._cached))).nbytes
            self._cached[term] = postings
            self._cached_bytes += nbytes

    def _region(self, name: str, bounds: memoryview, term: int, padding: int = 0) -> NDArray[np.uint8]:
        """The region of a term in an array, with some bytes more."""
        start, stop = bounds[term], bounds[term + 1] + padding
        if not start <= stop <= self._file.length(name):
            raise self._file.inconsistent_error(f"term_{name}_byte", term, "do not ascend to the end")
        return self._file.part(name, start, stop)

    def _region_error(self, name: str, start: int, error: DamagedRegion) -> IndexCorrupt:
        """The error for a region that begins at ``start`` and could not be decoded."""
        return self._file.inconsistent_error(name, start + error.byte, error.reason)

    def rare(self, term: int) -> RarePostings | None:
        """The postings of a term that have code 255; None where there are none."""
        first, last = self._first_posting[term], self._first_posting[term + 1]
        low = bisect_left(self._rare_numbers, first)
        high = bisect_left(self._rare_numbers, last, low)
        if low == high:
            return None
        headline, body = self._file.part("rare_headline", low, high), self._file.part("rare_body", low, high)
        posting = self._rare_posting[low:high].astype(np.intp) - first
        return RarePostings(posting, Frequencies(headline, body), self._file.part("rare_mark", low, high))

    def marks(self, term: int) -> NDArray[np.uint8]:
        """The mark of each posting of a term: a bit for each of the first SLOTS spellings that it holds."""
        marks: NDArray[np.uint8] = self.code_mark[self.codes(term)]
        rare = self.rare(term)
        if rare is not None:
            marks[rare.posting] = rare.marks
        return marks

    def frequencies(self, term: int) -> Frequencies:
        """The frequencies of each posting of a term."""
        codes = self.codes(term)
        headline, body = self.code_headline[codes], self.code_body[codes]
        rare = self.rare(term)
        if rare is not None:
            headline[rare.posting], body[rare.posting] = rare.frequencies
        return Frequencies(headline, body)

    def details(self, term: int, postings: NDArray[np.intp]) -> tuple[Frequencies, NDArray[np.uint8]]:
        """The frequencies and the marks of some postings of a term."""
        codes = self.codes(term)[postings].astype(np.intp)
        headline, body, marks = self.code_headline[codes], self.code_body[codes], self.code_mark[codes]
        listed = np.flatnonzero(codes == RARE_CODE)
        if len(listed):
            row = np.searchsorted(
                self._rare_posting, (postings[listed] + self._first_posting[term]).astype(np.uint32)
            )
            headline[listed] = self._file.array("rare_headline")[row]
            body[listed] = self._file.array("rare_body")[row]
            marks[listed] = self._file.array("rare_mark")[row]
        return Frequencies(headline, body), marks

    def positions(
        self, term: int, postings: NDArray[np.integer[Any]] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The positions of a term in some of its postings (by default in all of them).

        Returns the number of occurrences of each posting, shape (postings,), and the positions of all of
        them one posting after another, ascending in each.
        """
        bounds = self._bounds(term)
        if postings is None:
            postings = np.arange(len(bounds) - 1)
        starts = bounds.take(postings).astype(np.int64)
        counts = bounds.take(postings + 1) - starts
        occurrences = (starts - (counts.cumsum() - counts)).repeat(counts)
        occurrences += np.arange(len(occurrences))
        return counts, positions_of_values(self._values(term, occurrences), counts)

    def first_positions(self, term: int, postings: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """The position of the first occurrence of a term in each of some postings; shape of ``postings``."""
        return self._values(term, self._bounds(term).take(postings).astype(np.int64))

    def _values(self, term: int, occurrences: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """The values of some occurrences of a term (position_blocks.py), which are numbered from 0."""
        cached = self._term(term)
        positions = cached.positions
        if positions is None:
            count = self._first_occurrence[term + 1] - self._first_occurrence[term]
            content = self._region("position", self._position_byte, term, PADDING)
            try:
                positions = cached.positions = TermPositions(content, count)
            except DamagedRegion as error:
                raise self._region_error("position", self._position_byte[term], error) from error
        return positions.values(occurrences)

    def _counts(self, term: int) -> NDArray[np.uint32]:
        """The number of occurrences in each posting of a term, shape (postings,)."""
        counts: NDArray[np.uint32] = self._code_count.take(self.codes(term))
        rare = self.rare(term)
        if rare is not None:
            counts[rare.posting] = rare.frequencies.headline + rare.frequencies.body
        return counts

    def _bounds(self, term: int) -> NDArray[np.int32]:
        """The first occurrence of each posting of a term among those of the term, and their end, shape
        (postings + 1,)."""
        cached = self._term(term)
        bounds = cached.bounds
        if bounds is None:
            ends = self._counts(term).cumsum(dtype=np.int64)
            occurrences = self._first_occurrence[term + 1] - self._first_occurrence[term]
            if (int(ends[-1]) if len(ends) else 0) != occurrences:
                raise self._file.inconsistent_error("term_occurrence", term, "do not fit the frequencies")
            bounds = np.zeros(len(ends) + 1, np.int32)
            bounds[1:] = ends
            cached.bounds = bounds
        return bounds

    # Ranges of terms

    def occurrence_counts(self) -> NDArray[np.int64]:
        """The number of occurrences of each term, deleted documents included, shape (terms,)."""
        return _sizes(self._file.array("term_occurrence"))

    def postings_of_range(self, low: int, high: int) -> PostingRange:
        """Every posting of the terms from ``low`` to before ``high``."""
        counts, (document, codes) = self.regions_of_range(low, high)
        start = self._first_posting[low]
        stop = start + len(codes)
        count = self._code_count[codes].astype(np.int64)
        marks = self.code_mark[codes]
        rare_low, rare_high = np.searchsorted(self._rare_posting, np.array([start, stop], np.uint32)).tolist()
        rare = self._rare_posting[rare_low:rare_high].astype(np.int64) - start
        count[rare] = self._file.part("rare_headline", rare_low, rare_high).astype(np.int64)
        count[rare] += self._file.part("rare_body", rare_low, rare_high)
        marks[rare] = self._file.part("rare_mark", rare_low, rare_high)
        return PostingRange(np.repeat(np.arange(low, high, dtype=np.uint32), counts), document, marks, count)

    def regions_of_range(self, low: int, high: int) -> tuple[NDArray[np.int64], Postings]:
        """The number of postings of each term from ``low`` to before ``high``, and all of the postings."""
        counts = _sizes(self._file.part("term_posting", low, high + 1))
        postings = self._decode_range(
            "posting",
            low,
            high,
            lambda content, sizes: decode_regions(content, sizes, counts, self._documents),
        )
        return counts, postings

    def values_of_range(self, low: int, high: int) -> NDArray[np.uint32]:
        """The values (position_blocks.py) of all occurrences of the terms from ``low`` to before ``high``."""
        counts = _sizes(self._file.part("term_occurrence", low, high + 1))
        return self._decode_range(
            "position", low, high, lambda content, sizes: decode_positions(content, sizes, counts)
        )

    def _decode_range(
        self,
        name: str,
        low: int,
        high: int,
        decode: Callable[[NDArray[np.uint8], NDArray[np.int64]], Decoded],
    ) -> Decoded:
        """What ``decode`` makes of the regions of a range of terms and of the bytes of each."""
        bounds = self._file.part(f"term_{name}_byte", low, high + 1).astype(np.int64)
        sizes = _sizes(bounds)
        start, stop = int(bounds[0]), int(bounds[-1])
        if (sizes < 0).any() or stop > self._file.length(name):
            raise self._file.inconsistent_error(f"term_{name}_byte", low, "do not ascend to the end")
        try:
            return decode(self._file.part(name, start, stop), sizes)
        except DamagedRegion as error:
            raise self._region_error(name, start, error) from error


def _sizes(bounds: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """The sizes of parts with these bounds."""
    wide = bounds.astype(np.int64)
    return wide[1:] - wide[:-1]


def postings_nbytes(sizes: Mapping[str, int]) -> dict[str, int]:
    """The bytes of postings, positions and dictionary, from the sizes of a segment's arrays."""
    dictionary = sum(size for name, size in sizes.items() if name.startswith("term_"))
    return {"postings": sizes["posting"], "positions": sizes["position"], "dictionary": dictionary}
