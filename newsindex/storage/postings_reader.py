"""Reading of posting lists and positions from the arrays that postings_encoder.py describes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from newsindex.forks import cached_property

from .array_file import ArrayFile
from .compression.damaged_region import DamagedRegion
from .compression.position_blocks import decode_positions, positions_of_values
from .compression.posting_codes import RARE_CODE
from .compression.posting_regions import Postings, decode_regions
from .compression.term_postings import TermPostingsCache
from .postings_encoder import MAX_OCCURRENCES, Frequencies

_CODE_ARRAYS: Final = ("code_headline", "code_body", "code_mark")
_TERM_ARRAYS: Final = ("term_posting", "term_occurrence", "term_posting_byte", "term_position_byte")
_RARE_ARRAYS: Final = ("rare_headline", "rare_body", "rare_mark")
_UNLISTED: Final = "are not those with code 255"

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


class PostingsReader:
    """The posting lists of a segment, by term number; threads may share it.

    What is read raises IndexCorrupt where it could not have been written.
    """

    def __init__(self, file: ArrayFile, documents: int, terms: int) -> None:
        """``documents`` and ``terms`` are the numbers of those of the segment."""
        self._file = file
        self._documents = documents
        rare = file.length("rare_posting")
        for names, length in ((_CODE_ARRAYS, RARE_CODE), (_TERM_ARRAYS, terms + 1), (_RARE_ARRAYS, rare)):
            for name in names:
                if file.length(name) != length:
                    raise file.inconsistent_error(name, 0, "are not as many as there should be")
        self.code_headline = np.append(file.array("code_headline"), np.uint32(0))
        self.code_body = np.append(file.array("code_body"), np.uint32(0))
        self.code_mark = np.append(file.array("code_mark"), np.uint8(0))
        self._code_count = self.code_headline + self.code_body
        self._terms = TermPostingsCache(file, documents)

    @cached_property
    def _rare_posting(self) -> NDArray[np.uint32]:
        return self._file.array("rare_posting")

    @cached_property
    def _rare_numbers(self) -> memoryview:
        return np.asarray(self._rare_posting, np.uint32).data

    @cached_property
    def _length(self) -> NDArray[np.int64]:
        """The words of each document."""
        headline, body = self._file.array("headline_length"), self._file.array("body_length")
        return headline.astype(np.int64) + body

    # One term

    def document_frequency(self, term: int) -> int:
        """The number of documents that hold a term, deleted ones included."""
        first = self._terms.first_posting
        frequency: int = first[term + 1] - first[term]
        return frequency

    def documents(self, term: int) -> NDArray[np.uint16]:
        """The documents of a term, ascending, shape (postings,)."""
        return self._terms.get(term).documents

    def codes(self, term: int) -> NDArray[np.uint8]:
        """The frequency code of each posting of a term; see :meth:`rare` for code 255."""
        return self._terms.get(term).codes

    def rare(self, term: int) -> RarePostings | None:
        """The postings of a term that have code 255; None where there are none."""
        first, last = self._terms.first_posting[term], self._terms.first_posting[term + 1]
        low = bisect_left(self._rare_numbers, first)
        high = bisect_left(self._rare_numbers, last, low)
        if low == high:
            return None
        posting = self._listed(low, high, first, last - first)
        headline, body = self._file.part("rare_headline", low, high), self._file.part("rare_body", low, high)
        return RarePostings(posting, Frequencies(headline, body), self._file.part("rare_mark", low, high))

    def _listed(self, low: int, high: int, first: int, count: int) -> NDArray[np.intp]:
        """The rare postings in some rows, numbered from ``first``; they ascend and are below ``count``."""
        posting = self._rare_posting[low:high].astype(np.intp) - first
        if len(posting) and not (posting[0] >= 0 and posting[-1] < count and (np.diff(posting) > 0).all()):
            raise self._file.inconsistent_error("rare_posting", low, "do not ascend")
        return posting

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
        rare = self.rare(term) if len(listed) else None
        if rare is not None:
            row = rare.posting.searchsorted(postings[listed])
            if not np.array_equal(rare.posting.take(row, mode="clip"), postings[listed]):
                raise self._file.inconsistent_error("rare_posting", 0, _UNLISTED)
            headline[listed], body[listed] = rare.frequencies.headline[row], rare.frequencies.body[row]
            marks[listed] = rare.marks[row]
        return Frequencies(headline, body), marks

    def positions(
        self, term: int, postings: NDArray[np.integer[Any]] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The positions of a term in some of its postings (by default in all of them).

        Returns the number of occurrences of each posting, shape (postings,), and the positions of all of
        them one posting after another, ascending in each.
        """
        decoded, bounds = self._terms.get(term), self._bounds(term)
        if postings is None:
            postings = np.arange(len(decoded.documents))
        starts = bounds.take(postings).astype(np.int64)
        counts = bounds.take(postings + 1) - starts
        ends = counts.cumsum()
        occurrences = (starts - (ends - counts)).repeat(counts)
        occurrences += np.arange(len(occurrences))
        position = positions_of_values(self._terms.positions(decoded).values(occurrences), counts)
        self._check_places(term, decoded.documents.take(postings), position.take(ends - 1))
        return counts, position

    def first_positions(self, term: int, postings: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """The position of the first occurrence of a term in each of some postings; shape of ``postings``."""
        decoded, starts = self._terms.get(term), self._bounds(term).take(postings).astype(np.int64)
        position = self._terms.positions(decoded).values(starts)
        self._check_places(term, decoded.documents.take(postings), position)
        return position

    def _check_places(self, term: int, documents: NDArray[np.uint16], position: NDArray[np.int64]) -> None:
        """Raises IndexCorrupt where a position of the term is beyond the words of its document."""
        if (position >= self._length.take(documents)).any():
            raise self._file.inconsistent_error(
                "term_position_byte", term, "are of positions beyond the text"
            )

    def _counts(self, term: int) -> NDArray[np.uint32]:
        """The number of occurrences in each posting of a term, shape (postings,)."""
        counts: NDArray[np.uint32] = self._code_count.take(self.codes(term))
        rare = self.rare(term)
        if rare is not None:
            counts[rare.posting] = rare.frequencies.headline + rare.frequencies.body
        return counts

    def _bounds(self, term: int) -> NDArray[np.int32]:
        """The first occurrence of each posting of a term among those of the term, and their end.

        The shape is (postings + 1,).
        """
        decoded = self._terms.get(term)
        bounds = decoded.bounds
        if bounds is None:
            counts = self._counts(term)
            occurrences = self._terms.occurrence_count(term)
            if int(counts.sum(dtype=np.int64)) != occurrences or not 0 <= occurrences <= MAX_OCCURRENCES:
                raise self._file.inconsistent_error("term_occurrence", term, "do not fit the frequencies")
            if not counts.all():
                raise self._file.inconsistent_error("code_body", 0, "are of postings without a word")
            bounds = np.zeros(len(counts) + 1, np.int32)
            counts.cumsum(out=bounds[1:])
            decoded.bounds = bounds
        return bounds

    # Ranges of terms

    def document_frequencies(self) -> NDArray[np.int64]:
        """The number of documents of each term, deleted ones included, shape (terms,)."""
        return _sizes(self._file.array("term_posting"))

    def occurrence_counts(self) -> NDArray[np.int64]:
        """The number of occurrences of each term, deleted documents included, shape (terms,)."""
        return _sizes(self._file.array("term_occurrence"))

    def postings_of_range(self, low: int, high: int) -> PostingRange:
        """Every posting of the terms from ``low`` to before ``high``."""
        counts, (document, codes) = self.regions_of_range(low, high)
        start = self._terms.first_posting[low]
        stop = start + len(codes)
        count = self._code_count[codes].astype(np.int64)
        marks = self.code_mark[codes]
        rare_low, rare_high = np.searchsorted(self._rare_posting, np.array([start, stop], np.uint32)).tolist()
        rare = self._listed(rare_low, rare_high, start, len(codes))
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

    def headline_documents(self, terms: Sequence[int]) -> Iterator[NDArray[np.uint16]]:
        """The documents whose headlines hold one of some terms, and those of the terms' rare postings.

        ``terms`` ascend; those with consecutive numbers are read at once.
        """
        start = 0
        for end in range(1, len(terms) + 1):
            if end == len(terms) or terms[end] != terms[end - 1] + 1:
                documents, codes = self.regions_of_range(terms[start], terms[end - 1] + 1)[1]
                yield documents[(self.code_headline[codes] > 0) | (codes == RARE_CODE)]
                start = end

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
            raise self._file.inconsistent_error(name, start + error.byte, error.reason) from error


def _sizes(bounds: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """The sizes of parts with these bounds."""
    wide = bounds.astype(np.int64)
    return wide[1:] - wide[:-1]


def postings_nbytes(sizes: Mapping[str, int]) -> dict[str, int]:
    """The bytes of postings, positions and dictionary, from the sizes of a segment's arrays."""
    dictionary = sum(size for name, size in sizes.items() if name.startswith("term_"))
    return {"postings": sizes["posting"], "positions": sizes["position"], "dictionary": dictionary}
