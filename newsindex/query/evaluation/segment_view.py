"""One segment as a search sees it: live postings, term scores, spellings and label values."""

from __future__ import annotations

import fnmatch

import numpy as np
from numpy.typing import NDArray
from unidecode import unidecode

from newsindex.storage.segment import Segment

from .bm25f import BM25F, TermWeight
from .field_norms import FieldNorms
from .matches import Matches
from .spelling_postings import SpellingPostings


class SegmentView:
    """A segment with its field norms, its spellings and its label values."""

    def __init__(self, segment: Segment, norms: FieldNorms, ranking: BM25F) -> None:
        self.segment = segment
        self.norms = norms
        self.spellings = SpellingPostings(segment)
        self._ranking = ranking
        self._live = segment.live
        self._label_numbers: dict[str, dict[str, list[int]]] = {}  # by field and comparable label

    def label_numbers(self, field: str, label: str, pattern: bool = False) -> list[int]:
        """The numbers of the values of a label field, such as source, that equal a label.

        Case and accents do not matter; with ``pattern``, ``*`` and ``?`` in the label stand for any letters.
        """
        if field not in self._label_numbers:
            numbers: dict[str, list[int]] = {}
            for number, name in enumerate(self.segment.names(field)):
                if name:
                    numbers.setdefault(comparable_label(name), []).append(number)
            self._label_numbers[field] = numbers
        numbers, label = self._label_numbers[field], comparable_label(label)
        if not pattern:
            return numbers.get(label, [])
        return [number for name in fnmatch.filter(numbers, label) for number in numbers[name]]

    def term_number(self, term: str) -> int | None:
        """The number of a term in this segment, None where the segment does not have it."""
        return self.segment.term_number(term.encode())

    def document_frequency(self, term: str, field: str) -> int:
        """How many live documents have a term in a field; the field ``text`` is headline and body."""
        number = self.term_number(term)
        if number is None:
            return 0
        postings = self.segment.postings
        if field == "text":
            if self._live is None:
                return postings.document_frequency(number)
            return int(np.count_nonzero(self._live[postings.documents(number)]))
        headline, body = postings.frequencies(number).within(field)
        in_field = headline + body > 0
        if self._live is not None:
            in_field &= self._live[postings.documents(number)]
        return int(np.count_nonzero(in_field))

    def score_term(
        self,
        term: int,
        spelling: str,
        weight: TermWeight,
        field: str,
        postings: NDArray[np.intp] | None = None,
    ) -> Matches:
        """The documents, live or deleted, that have a term in a field, and their scores for a word.

        The word is one of the query.

        ``term`` is the number of the term, ``spelling`` the word as typed. ``postings``, ascending, limits
        the result to some of the term's postings.
        """
        reader = self.segment.postings
        posting_list, codes = reader.documents(term), reader.codes(term)
        if postings is not None:
            posting_list, codes = posting_list.take(postings), codes.take(postings)
        documents = posting_list.astype(np.intp)
        entries = self.norms.row_starts.take(documents)
        entries |= codes
        scores = self.norms.table(field).take(entries)
        rare = reader.rare(term)
        if rare is not None:
            rare = rare.among(postings)
            weights = self.norms.weights(documents[rare.posting], rare.frequencies.within(field))
            scores[rare.posting] = self._ranking.scores(weights, 1.0)
        factors = self.spellings.factors(term, spelling, weight, self._ranking)
        if isinstance(factors, float):
            scores *= np.float32(factors)
        else:
            scores *= factors.of_postings(codes, rare, postings)
        if field == "text":
            return Matches(documents, scores)
        in_field = scores > 0
        return Matches(documents[in_field], scores[in_field])


def comparable_label(label: str) -> str:
    """A label in the form in which labels are compared: without case, accents and extra spaces."""
    return " ".join(str(unidecode(label)).lower().split())
