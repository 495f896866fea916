"""Scores words that stand in a document as near to each other as in the query.

A *pair* is two words of a query and their distance there. A document has the pair where both words stand in
the same order, in the same field and at the same distance. It then scores once more, however often it has
the pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.query.evaluation.posting_lists import find_postings
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.syntax.nodes import WordQuery

_MAX_ONE_BY_ONE: Final = 32  # documents; for more of them arrays are faster than a loop
_POSITION_BITS: Final = 40  # the lower bits of a key hold a position, the upper ones a document's index
_POSITION_MASK: Final = (1 << _POSITION_BITS) - 1


class ProximityPair(NamedTuple):
    """Two words of a query, how many words the second stands after the first, and the score of a document
    that has them so."""

    first: WordQuery
    second: WordQuery
    distance: int
    score: float

    @property
    def terms(self) -> tuple[str, str]:
        """The terms of the two words."""
        return self.first.term, self.second.term


def add_pair_scores(
    view: SegmentView,
    pairs: Sequence[ProximityPair],
    documents: NDArray[np.uint16],
    scores: NDArray[np.float32],
) -> None:
    """Adds the scores of the pairs that each of some documents has, in place.

    ``documents`` are ascending, ``scores`` has their shape.
    """
    terms = {term for pair in pairs for term in pair.terms}
    postings_of = {term: _postings(view, term, documents) for term in terms}
    candidates_for = _candidates_by_low_bytes if len(documents) <= _MAX_ONE_BY_ONE else _candidates_with_both
    for pair in pairs:
        first, second = (postings_of[term] for term in pair.terms)
        candidates = candidates_for(view, pair, first, second)
        if len(candidates):
            matching = _matching(view, pair, documents[candidates], first[candidates], second[candidates])
            scores[candidates[matching]] += np.float32(pair.score)


def has_pair(view: SegmentView, pair: ProximityPair, document: int) -> bool:
    """Returns whether a document has the words of a pair as they stand in the query."""
    documents = np.array([document], np.uint16)
    first, second = (_postings(view, term, documents) for term in pair.terms)
    if first[0] < 0 or second[0] < 0:
        return False
    return bool(len(_matching(view, pair, documents, first, second)))


def _postings(view: SegmentView, term: str, documents: NDArray[np.uint16]) -> NDArray[np.intp]:
    """The index of the posting of a term for each of some documents, -1 where there is none."""
    number = view.term_number(term)
    if number is None:
        return np.full(len(documents), -1)
    return find_postings(view.segment.postings.documents(number), documents)


def _candidates_with_both(
    view: SegmentView,
    pair: ProximityPair,
    first_postings: NDArray[np.intp],
    second_postings: NDArray[np.intp],
) -> NDArray[np.intp]:
    """The indexes of the documents that have both words, given the postings of the words."""
    return ((first_postings >= 0) & (second_postings >= 0)).nonzero()[0]


def _candidates_by_low_bytes(
    view: SegmentView,
    pair: ProximityPair,
    first_postings: NDArray[np.intp],
    second_postings: NDArray[np.intp],
) -> NDArray[np.intp]:
    """The indexes of the documents that may have the pair, judged by the low bytes of the words' positions.

    For few documents that takes less time than to decode all positions into arrays.
    """
    postings = view.segment.postings
    first_term, second_term = (view.term_number(term) for term in pair.terms)
    candidates = []
    for index, (first_posting, second_posting) in enumerate(
        zip(first_postings.tolist(), second_postings.tolist(), strict=True)
    ):
        if first_posting < 0 or second_posting < 0:
            continue
        assert first_term is not None  # it has postings
        assert second_term is not None
        second_bytes = set(postings.low_bytes(second_term, second_posting))
        first_bytes = postings.low_bytes(first_term, first_posting)
        if any((low + pair.distance) & 255 in second_bytes for low in first_bytes):
            candidates.append(index)
    return np.array(candidates, np.intp)


def _matching(
    view: SegmentView,
    pair: ProximityPair,
    documents: NDArray[np.uint16],
    first_postings: NDArray[np.intp],
    second_postings: NDArray[np.intp],
) -> NDArray[np.int64]:
    """The indexes of the documents that have a pair in one field, given the words' postings in each."""
    sought = _occurrence_keys(view, pair.first.term, first_postings)
    sought += pair.distance
    occurring = _occurrence_keys(view, pair.second.term, second_postings)
    nearest = occurring.searchsorted(sought)
    nearest[nearest == len(occurring)] = 0
    pair_ends = sought[occurring.take(nearest) == sought]
    indexes = pair_ends >> _POSITION_BITS
    position = pair_ends & _POSITION_MASK
    body_start = view.segment.headline_length.take(documents).take(indexes)
    in_one_field = (position >= body_start + pair.distance) | (position < body_start)
    matching: NDArray[np.int64] = np.unique(indexes[in_one_field])
    return matching


def _occurrence_keys(view: SegmentView, term: str, postings: NDArray[np.intp]) -> NDArray[np.int64]:
    """The occurrences of a term in some of its postings, ascending: the index of the posting in the upper
    bits, the position in the lower ones."""
    number = view.term_number(term)
    assert number is not None  # the term has these postings
    counts, positions = view.segment.postings.positions(number, postings)
    positions += (np.arange(len(postings)) << _POSITION_BITS).repeat(counts)
    return positions
