"""MaxScore: the best documents for any of some words, found without scoring every posting.

The method is that of Turtle and Flood, "Query evaluation: strategies and optimizations", Information
Processing & Management 31(6), 1995, applied to whole posting lists: words are taken in descending order of
their greatest possible score. As soon as the remaining words together cannot lift a document that has none of
the words before them onto the page, their postings are counted only, and scored only for the documents that
may still be on the page. The result equals that of the exhaustive method to the last bit, since scores are
added in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.deadline import check_deadline
from newsindex.query.syntax.nodes import WordQuery

from .bm25f import TermWeight
from .matches import Matches, union
from .posting_lists import find_postings
from .segment_view import SegmentView

ROUNDING_MARGIN: Final = 1 + 1e-5
"""The factor by which the rounding of 32-bit floats may increase a sum of scores."""


class WeightedTerm(NamedTuple):
    """A word of a query, its weight, and the limit of the score that a document can have for it."""

    word: WordQuery
    weight: TermWeight
    max_score: float


class TopMatches(NamedTuple):
    """Matches among which the best of a segment are, and how many matches there are in all."""

    matches: Matches
    total: int


def top_matches(
    view: SegmentView,
    terms: Sequence[WeightedTerm],
    score: Callable[[SegmentView, WordQuery], Matches],
    count: int,
    threshold: float,
    tolerance: float,
) -> TopMatches:
    """The best live documents of a segment that have any of the terms.

    The terms are given in descending order of ``max_score``.

    These are at least the ``count`` best of the documents that score ``threshold``, and all that score less
    than those by at most ``tolerance``. ``score`` gives the matches of a word.
    """
    first = score(view, terms[0].word)
    if first.count >= count:
        threshold = max(threshold, first.nth_score(count))
    threshold -= tolerance
    max_scores = accumulate(term.max_score for term in reversed(terms))
    max_rest = [limit * ROUNDING_MARGIN for limit in max_scores][::-1]  # of each term and those after it
    essential = next((i for i in range(1, len(terms)) if max_rest[i] < threshold), len(terms))
    matches = union([first, *(score(view, term.word) for term in terms[1:essential])], view.segment.documents)
    if essential == len(terms):
        return TopMatches(matches, matches.count)
    documents, scores = matches.at_least(threshold - max_rest[essential])
    mask = matches.mask(view.segment.documents)
    _add_terms(view, terms[essential:], documents, scores, mask)
    if view.segment.live is not None:
        mask &= view.segment.live
    return TopMatches(Matches(documents, scores), int(np.count_nonzero(mask)))


def _add_terms(
    view: SegmentView,
    terms: Sequence[WeightedTerm],
    documents: NDArray[Any],
    scores: NDArray[np.float32],
    mask: NDArray[np.bool_],
) -> None:
    """Adds the scores of some terms to those of some documents, and all documents of the terms to a mask."""
    document_numbers = documents.astype(np.uint16)
    for word, weight, _ in terms:
        check_deadline()
        term = view.term_number(word.term)
        if term is None:
            continue
        posting_list = view.segment.postings.documents(term)
        mask[posting_list.astype(np.intp)] = True
        postings = find_postings(posting_list, document_numbers)
        has_term = postings >= 0
        scored = view.score_term(term, word.spelling, weight, "text", postings[has_term])
        scores[has_term] += scored.scores
