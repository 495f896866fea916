"""How are the best documents for any of some words found without scoring every posting?

MaxScore (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995), a whole list at a time:
the words are taken in the order of their worth, and once all that are left cannot lift a document
that has none of the words before them onto the page, their postings are only counted. The result is the
exhaustive one to the last bit: scores are added in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np

from newsindex.query.syntax.nodes import WordQuery

from .bm25f import TermWeight
from .matches import Matches, places, union
from .snapshot import SegmentView

MARGIN: Final = 1 + 1e-5
"""What rounding may add to a sum of scores."""


class WeightedTerm(NamedTuple):
    """A word of a query, what it is worth, and the most that a document can score for it."""

    word: WordQuery
    worth: TermWeight
    most: float


class Best(NamedTuple):
    """Matches that may be on a page, with their scores, and how many matches there are in all."""

    matches: Matches
    total: int


def best_of_any(
    view: SegmentView,
    asked: Sequence[WeightedTerm],
    scores: Callable[[SegmentView, WordQuery], Matches],
    wanted: int,
    least: float,
    slack: float,
) -> Best:
    """The live documents of a segment with any of the words, asked in descending order of their ``most``:
    at least the ``wanted`` best of those that score ``least``, and all that are less than these by no more
    than ``slack``. ``scores`` gives the matches of a word."""
    first = scores(view, asked[0].word)
    if first.count >= wanted:
        least = max(least, first.nth_score(wanted))
    least -= slack
    rest = [most * MARGIN for most in accumulate(one.most for one in reversed(asked))][::-1]
    taken = next((i for i in range(1, len(asked)) if rest[i] < least), len(asked))
    parts = [first, *(scores(view, one.word) for one in asked[1:taken])]
    found = union(parts, view.segment.documents)
    if taken == len(asked):
        return Best(found, found.count)
    documents, sums = found.at_least(least - rest[taken])
    listed = documents.astype(np.uint16)
    matched = found.mask(view.segment.documents)
    for word, worth, _ in asked[taken:]:
        number = view.number(word.term)
        if number is None:
            continue
        postings = view.segment.postings.documents(number)
        matched[postings.astype(np.intp)] = True
        at = places(postings, listed)
        having = at >= 0
        sums[having] += view.word_scores(number, word.spelling, worth, "text", at[having]).scores
    if view.segment.live is not None:
        matched &= view.segment.live
    return Best(Matches(documents, sums), int(np.count_nonzero(matched)))
