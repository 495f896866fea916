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

_MAX_DECODED_ONCE: Final = 64  # documents; for more of them only those with both words of a pair are decoded
_POSITION_BITS: Final = 40  # the lower bits of a key hold a position, the upper ones a document's index
_POSITION_MASK: Final = (1 << _POSITION_BITS) - 1
_NO_INDEXES: Final = np.zeros(0, np.int64)


class ProximityPair(NamedTuple):
    """Two words of a query, their distance, and the score of a document that has them so.

    The distance is how many words the second stands after the first.
    """

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
    if len(documents) <= _MAX_DECODED_ONCE:
        keys_of = {term: _occurrence_keys(view, term, postings) for term, postings in postings_of.items()}
        for pair in pairs:
            first_keys, second_keys = (keys_of[term] for term in pair.terms)
            matching = _matching(view, pair, documents, first_keys, second_keys)
            scores[matching] += np.float32(pair.score)
        return
    for pair in pairs:
        first, second = (postings_of[term] for term in pair.terms)
        candidates = ((first >= 0) & (second >= 0)).nonzero()[0]
        matching = _matching_of_postings(
            view, pair, documents[candidates], first[candidates], second[candidates]
        )
        scores[candidates[matching]] += np.float32(pair.score)


def has_pair(view: SegmentView, pair: ProximityPair, document: int) -> bool:
    """Returns whether a document has the words of a pair as they stand in the query."""
    documents = np.array([document], np.uint16)
    first, second = (_postings(view, term, documents) for term in pair.terms)
    return bool(len(_matching_of_postings(view, pair, documents, first, second)))


def _postings(view: SegmentView, term: str, documents: NDArray[np.uint16]) -> NDArray[np.intp]:
    """The index of the posting of a term for each of some documents, -1 where there is none."""
    number = view.term_number(term)
    if number is None:
        return np.full(len(documents), -1)
    return find_postings(view.segment.postings.documents(number), documents)


def _matching_of_postings(
    view: SegmentView,
    pair: ProximityPair,
    documents: NDArray[np.uint16],
    first_postings: NDArray[np.intp],
    second_postings: NDArray[np.intp],
) -> NDArray[np.int64]:
    """The indexes of the documents that have a pair in one field, given the words' postings in each."""
    first_keys = _occurrence_keys(view, pair.first.term, first_postings)
    second_keys = _occurrence_keys(view, pair.second.term, second_postings)
    return _matching(view, pair, documents, first_keys, second_keys)


def _matching(
    view: SegmentView,
    pair: ProximityPair,
    documents: NDArray[np.uint16],
    first_keys: NDArray[np.int64],
    second_keys: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The indexes of the documents that have a pair in one field.

    The keys of the words' occurrences are given.
    """
    if not len(first_keys) or not len(second_keys):
        return _NO_INDEXES
    sought = first_keys + pair.distance
    nearest = second_keys.searchsorted(sought)
    nearest[nearest == len(second_keys)] = 0
    pair_ends = sought[second_keys.take(nearest) == sought]
    if not len(pair_ends):
        return _NO_INDEXES
    indexes = pair_ends >> _POSITION_BITS
    position = pair_ends & _POSITION_MASK
    body_start = view.segment.headline_length.take(documents).take(indexes)
    in_one_field = (position >= body_start + pair.distance) | (position < body_start)
    matching: NDArray[np.int64] = np.unique(indexes[in_one_field])
    return matching


def _occurrence_keys(view: SegmentView, term: str, postings: NDArray[np.intp]) -> NDArray[np.int64]:
    """The occurrences of a term in some documents, ascending.

    The index of the document is in the upper bits, the position in the lower ones. ``postings`` has the
    posting of each document, -1 where there is none.
    """
    number = view.term_number(term)
    indexes = (postings >= 0).nonzero()[0]
    if number is None or not len(indexes):
        return _NO_INDEXES
    counts, positions = view.segment.postings.positions(number, postings[indexes])
    positions += (indexes << _POSITION_BITS).repeat(counts)
    return positions
