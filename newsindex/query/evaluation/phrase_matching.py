"""Phrase matching: the documents in which the words of a phrase follow each other.

All occurrences of the words are placed on one line of integer *keys*, document after document, with a gap
between headline and body and between documents, so that one comparison of arrays tells which
occurrences follow others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.deadline import check_deadline
from newsindex.storage.postings_encoder import Frequencies

from .posting_lists import intersect_postings
from .segment_view import SegmentView


class PhraseMatches(NamedTuple):
    """The documents that have a phrase, and how often it is in the headline and in the body of each."""

    documents: NDArray[np.intp]
    frequencies: Frequencies


class Occurrences(NamedTuple):
    """The occurrences of a term in some documents, each array of shape (occurrences,)."""

    keys: NDArray[np.int64]  # ascending
    indices: NDArray[np.intp]  # of the documents, among those of the line
    in_body: NDArray[np.bool_]

    def select(self, mask: NDArray[np.bool_]) -> Occurrences:
        """The occurrences where a mask is true."""
        return Occurrences(self.keys[mask], self.indices[mask], self.in_body[mask])


_NO_DOCUMENTS: Final = np.zeros(0, np.intp)
_NO_MATCHES: Final = PhraseMatches(_NO_DOCUMENTS, Frequencies(_NO_DOCUMENTS, _NO_DOCUMENTS))


def find_phrase(view: SegmentView, words: Sequence[str], field: str, slop: int) -> PhraseMatches:
    """The live documents in which the words of a phrase, given as terms, follow each other in one field.

    Each word stands at most ``slop`` words after the one before it (1: side by side). Occurrences of the
    phrase are counted by their last word. The field ``text`` is headline and body.
    """
    terms = [term for term in map(view.term_number, words) if term is not None]
    if len(terms) < len(words):
        return _NO_MATCHES
    documents, postings = _documents_with_all(view, terms)
    if not len(documents):
        return _NO_MATCHES
    line = _OccurrenceLine(view, documents, max(slop, 1))
    ends = line.phrase_ends(terms, postings)
    if field != "text":
        ends = ends.select(ends.in_body if field == "body" else ~ends.in_body)
    headline = np.bincount(ends.indices[~ends.in_body], minlength=len(documents))
    body = np.bincount(ends.indices[ends.in_body], minlength=len(documents))
    matching = headline + body > 0
    return PhraseMatches(documents[matching], Frequencies(headline[matching], body[matching]))


def _documents_with_all(
    view: SegmentView, terms: Sequence[int]
) -> tuple[NDArray[np.intp], dict[int, NDArray[np.intp]]]:
    """The live documents that have each term as often as the phrase does, and their postings by term."""
    reader = view.segment.postings
    documents, postings = intersect_postings({term: reader.documents(term) for term in terms})
    if view.segment.live is not None:
        documents, postings = _select(documents, postings, view.segment.live[documents])
    for term, count in Counter(terms).items():
        if count > 1:  # a document with too few occurrences needs no look at positions
            check_deadline()
            headline, body = reader.frequencies(term)
            documents, postings = _select(documents, postings, (headline + body)[postings[term]] >= count)
    return documents, postings


def _select(
    documents: NDArray[np.intp], postings: dict[int, NDArray[np.intp]], mask: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], dict[int, NDArray[np.intp]]]:
    return documents[mask], {term: of_term[mask] for term, of_term in postings.items()}


class _OccurrenceLine:
    """The words of some documents on one line.

    Each headline and each body is followed by ``slop`` keys without a word, which no phrase can cross.
    """

    def __init__(self, view: SegmentView, documents: NDArray[np.intp], slop: int) -> None:
        self._view = view
        self._slop = slop
        self._headline_length = view.segment.headline_length[documents].astype(np.int64)
        ends = np.cumsum(self._headline_length + view.segment.body_length[documents] + 2 * slop)
        self._starts = np.concatenate([[0], ends[:-1]]) + slop
        self._size = int(ends[-1]) + slop

    def phrase_ends(self, terms: Sequence[int], postings: dict[int, NDArray[np.intp]]) -> Occurrences:
        """The occurrences of the last term of a phrase that end an occurrence of the phrase.

        ``postings`` are those of the documents, by term.
        """
        occurrences_of = {term: self._occurrences(term, of_term) for term, of_term in postings.items()}
        ends = occurrences_of[terms[0]]
        for term in terms[1:]:
            check_deadline()
            occurrences = occurrences_of[term]
            ends = occurrences.select(self._follows(ends.keys, occurrences.keys))
            if not len(ends.keys):
                break
        return ends

    def _occurrences(self, term: int, postings: NDArray[np.intp]) -> Occurrences:
        """The occurrences of a term in the documents; ``postings`` are its postings of these."""
        check_deadline()
        counts, positions = self._view.segment.postings.positions(term, postings)
        indices = np.repeat(np.arange(len(counts)), counts)
        in_body = positions >= self._headline_length[indices]
        return Occurrences(self._starts[indices] + positions + in_body * self._slop, indices, in_body)

    def _follows(self, before: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which keys are at most ``slop`` after one of the keys ``before``."""
        if self._slop == 1:
            is_before = np.zeros(self._size, bool)
            is_before[before] = True
            return is_before[keys - 1]
        last_before = np.searchsorted(before, keys) - 1
        follows: NDArray[np.bool_] = last_before >= 0
        follows[follows] = keys[follows] - before[last_before[follows]] <= self._slop
        return follows
