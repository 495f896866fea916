"""Reading of posting lists and positions from the arrays that postings_encoder.py describes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.forks import Lock, cached_property

from .array_file import ArrayFile
from .postings_encoder import RARE_CODE, Frequencies

_MAX_CACHED_ENDS: Final = 16  # terms


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


class PostingsReader:
    """The posting lists of a segment, by term number."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self.code_headline = np.append(file.array("code_headline"), np.uint32(0))
        self.code_body = np.append(file.array("code_body"), np.uint32(0))
        self.code_mark = np.append(file.array("code_mark"), np.uint8(0))
        self._code_count = self.code_headline + self.code_body
        self._cached_ends: dict[int, NDArray[np.int32]] = {}
        self._cache_lock = Lock()  # for changes of the cache

    @cached_property
    def _rare_posting(self) -> NDArray[np.uint32]:
        return self._file.array("rare_posting")

    @cached_property
    def _first_posting(self) -> memoryview:  # a memoryview gives single numbers faster than an array does
        return np.asarray(self._file.array("term_posting"), np.uint32).data

    @cached_property
    def _rare_numbers(self) -> memoryview:
        return np.asarray(self._rare_posting, np.uint32).data

    @cached_property
    def _first_occurrence(self) -> memoryview:
        return np.asarray(self._file.array("term_occurrence"), np.uint32).data

    @cached_property
    def _first_middle(self) -> memoryview:
        return np.asarray(self._file.array("term_middle"), np.uint32).data

    @cached_property
    def _width(self) -> memoryview:
        return np.asarray(self._file.array("term_width"), np.uint8).data

    def document_frequency(self, term: int) -> int:
        """The number of documents that hold a term, deleted ones included."""
        frequency: int = self._first_posting[term + 1] - self._first_posting[term]
        return frequency

    def documents(self, term: int) -> NDArray[np.uint16]:
        """The documents of a term, ascending, shape (postings,)."""
        first = self._first_posting
        return self._file.part("posting_document", first[term], first[term + 1])

    def codes(self, term: int) -> NDArray[np.uint8]:
        """The frequency code of each posting of a term; see :meth:`rare` for code 255."""
        first = self._first_posting
        return self._file.part("posting_code", first[term], first[term + 1])

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
        if postings is None:
            all_counts = self._counts(term).astype(np.int64)
            return all_counts, self._read_positions(term, np.arange(int(all_counts.sum())))
        ends = self._ends(term)
        counts = ends.take(postings).astype(np.int64)
        starts = np.where(postings > 0, ends.take(postings - 1), 0)
        counts -= starts
        occurrences = (starts - (counts.cumsum() - counts)).repeat(counts)
        occurrences += np.arange(len(occurrences))
        return counts, self._read_positions(term, occurrences)

    def first_positions(self, term: int, postings: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """The position of the first occurrence of a term in each of some postings; shape of ``postings``."""
        starts = self._ends(term).take(postings - 1)
        starts[postings == 0] = 0
        return self._read_positions(term, starts)

    def low_bytes(self, term: int, posting: int) -> bytes:
        """The low bytes of the positions of a term in one of its postings."""
        ends = self._ends(term)
        first = self._first_occurrence[term]
        start = int(ends[posting - 1]) if posting else 0
        return self._file.part("occurrence_low", first + start, first + int(ends[posting])).tobytes()

    def _counts(self, term: int) -> NDArray[np.uint32]:
        """The number of occurrences in each posting of a term, shape (postings,)."""
        counts: NDArray[np.uint32] = self._code_count.take(self.codes(term))
        rare = self.rare(term)
        if rare is not None:
            counts[rare.posting] = rare.frequencies.headline + rare.frequencies.body
        return counts

    def _ends(self, term: int) -> NDArray[np.int32]:
        """The end of the occurrences of each posting among those of the term, shape (postings,).

        It is cached for the last terms, since snippets ask for the same terms as proximity and phrases.
        """
        ends = self._cached_ends.get(term)
        if ends is None:
            ends = self._counts(term).cumsum(dtype=np.int32)
            with self._cache_lock:
                while len(self._cached_ends) >= _MAX_CACHED_ENDS:
                    del self._cached_ends[next(iter(self._cached_ends))]
                self._cached_ends[term] = ends
        return ends

    def occurrence_counts(self) -> NDArray[np.int64]:
        """The number of occurrences of each term, deleted documents included, shape (terms,)."""
        return np.diff(self._file.array("term_occurrence")).astype(np.int64)

    def postings_of_range(
        self, low: int, high: int
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint16], NDArray[np.uint8], NDArray[np.int64]]:
        """The term, document, mark and number of occurrences of every posting of the terms from ``low`` to
        before ``high``."""
        first = self._file.part("term_posting", low, high + 1).astype(np.int64)
        start, stop = int(first[0]), int(first[-1])
        codes = self._file.part("posting_code", start, stop)
        count = self._code_count[codes].astype(np.int64)
        marks = self.code_mark[codes]
        rare_low, rare_high = np.searchsorted(self._rare_posting, np.array([start, stop], np.uint32)).tolist()
        rare = self._rare_posting[rare_low:rare_high].astype(np.int64) - start
        count[rare] = self._file.part("rare_headline", rare_low, rare_high).astype(np.int64)
        count[rare] += self._file.part("rare_body", rare_low, rare_high)
        marks[rare] = self._file.part("rare_mark", rare_low, rare_high)
        term = np.repeat(np.arange(low, high, dtype=np.uint32), np.diff(first))
        return term, self._file.part("posting_document", start, stop), marks, count

    def positions_of_range(self, low: int, high: int) -> NDArray[np.uint32]:
        """Every position of the terms from ``low`` to before ``high``, one posting after another."""
        first = self._file.part("term_occurrence", low, high + 1).astype(np.int64)
        width = self._file.part("term_width", low, high)
        counts = np.diff(first)
        position = self._file.part("occurrence_low", int(first[0]), int(first[-1])).astype(np.uint32)
        has_middle, has_high = np.repeat(width >= 1, counts), np.repeat(width >= 2, counts)
        within = (np.arange(len(position)) - np.repeat(first[:-1] - first[0], counts))[has_middle]
        start = self._file.part("term_middle", low, high).astype(np.int64)
        if len(within):
            byte = np.repeat(start, counts)[has_middle] + within // 2
            base = int(byte[0])
            packed = self._file.part("occurrence_middle", base, int(byte[-1]) + 1)[byte - base]
            position[has_middle] |= (packed >> ((within & 1) << 2) & 15).astype(np.uint32) << 8
        if has_high.any():
            base = int(self._file.part("term_high", low, high)[width >= 2][0])
            position[has_high] |= (
                self._file.part("occurrence_high", base, base + int(np.count_nonzero(has_high))) << 12
            )
        return position

    def _read_positions(self, term: int, occurrences: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """The positions of some occurrences of a term, which are numbered from 0 in the term."""
        start, stop = self._first_occurrence[term], self._first_occurrence[term + 1]
        position = self._file.part("occurrence_low", start, stop).take(occurrences).astype(np.int64)
        width = self._width[term]
        if width >= 1:
            first = self._first_middle[term]
            packed = self._file.part("occurrence_middle", first, first + (stop - start + 1) // 2)
            middle = packed.take(occurrences >> 1)
            middle >>= (occurrences.astype(np.uint8) & 1) << 2
            middle &= 15
            position |= middle.astype(np.int64) << 8
        if width >= 2:
            first = int(self._file.part("term_high", term, term + 1)[0])
            high = self._file.part("occurrence_high", first, first + stop - start)
            position |= high[occurrences].astype(np.int64) << 12
        return position


def postings_nbytes(sizes: Mapping[str, int]) -> dict[str, int]:
    """The bytes of postings, positions and dictionary, from the sizes of a segment's arrays."""
    prefixes = {"postings": "posting_", "positions": "occurrence_", "dictionary": "term_"}
    return {
        part: sum(size for name, size in sizes.items() if name.startswith(prefix))
        for part, prefix in prefixes.items()
    }
