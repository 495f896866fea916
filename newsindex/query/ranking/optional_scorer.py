"""Scores what a matching document may have beside the clauses of the query's tree.

Three things score without being required:

- stop words of the query, which score ``stop_words`` times what another word would;
- the words of a phrase that stands beside other words: the tree matches the phrase as a whole only, and each
  of its words scores as any word does;
- neighbouring words of the query, with or without stop words between them, and a word and the stop word right
  beside it: a document that has the two in the same order and at the same distance scores ``neighbours``
  times the mean of their idf, once (proximity.py).

The maximum of all of it is known, so that only documents that come near the page are looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Final, TypeGuard

import numpy as np
from numpy.typing import NDArray

from newsindex.query.evaluation.bm25f import TermWeight
from newsindex.query.evaluation.max_score import ROUNDING_MARGIN
from newsindex.query.evaluation.posting_lists import find_postings
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.nodes import QueryNode, WordQuery
from newsindex.query.syntax.visitor import positive_children

from .proximity import ProximityPair, add_pair_scores

_position: Final = attrgetter("position")


class OptionalScorer:
    """Scores the optional words and the pairs of a query, those under a NOT left out."""

    def __init__(self, tree: QueryNode, snapshot: Snapshot) -> None:
        ranking, weigh = snapshot.ranking, snapshot.statistics.term_weight
        groups = word_groups(tree)
        self.pairs = _pairs(groups, weigh, ranking.neighbours)
        shares = [
            (stop, ranking.stop_words) for words in groups for first in words for stop in first.stop_words
        ]
        shares += [(word, 1.0) for words in groups for first in words for word in first.phrase_words]
        self.words: list[tuple[WordQuery, TermWeight]] = [
            (word, weigh(word).times(share)) for word, share in shares if share
        ]
        max_score = sum([weight.max_score(ranking) for _, weight in self.words])
        self.max_score = (max_score + sum([score for _, _, _, score in self.pairs])) * ROUNDING_MARGIN
        """No document scores more for all optional words and pairs."""

    def __bool__(self) -> bool:
        return bool(self.pairs or self.words)

    def scores(self, view: SegmentView, documents: NDArray[np.intp]) -> NDArray[np.float32]:
        """Returns the optional scores of some documents, ascending; shape of ``documents``."""
        scores = np.zeros(len(documents), np.float32)
        stored = documents.astype(np.uint16)  # the type of document numbers in posting lists
        for word, weight in self.words:
            number = view.term_number(word.term)
            if number is not None:
                postings = find_postings(view.segment.postings.documents(number), stored)
                has_word = postings >= 0
                postings = postings[has_word]
                scores[has_word] += view.score_term(number, word.spelling, weight, "text", postings).scores
        if self.pairs:
            add_pair_scores(view, self.pairs, stored, scores)
        return scores


def _pairs(
    groups: Sequence[Sequence[WordQuery]], weigh: Callable[[WordQuery], TermWeight], share: float
) -> list[ProximityPair]:
    """The pairs of neighbouring words in some groups of words, none where neighbours do not score."""
    if not share:
        return []
    return [
        ProximityPair(first, second, distance, share * (weigh(first).term + weigh(second).term) / 2)
        for words in groups
        for first, second, distance in _neighbours(words)
    ]


def _neighbours(words: Sequence[WordQuery]) -> list[tuple[WordQuery, WordQuery, int]]:
    """The neighbouring words of a group and the distance between them.

    They are each word and the next one that is no stop word, and each word and the stop word right beside it.
    """
    stops = [stop for word in words for stop in word.stop_words]
    words = [*words, *(quoted for word in words for quoted in word.phrase_words)]
    found = _side_by_side(words)
    if stops:
        for first, second, distance in _side_by_side([*words, *stops]):
            one_is_stop = sum(any(word is stop for stop in stops) for word in (first, second)) == 1
            if one_is_stop and distance == 1:
                found.append((first, second, 1))
    return found


def _side_by_side(words: Sequence[WordQuery]) -> list[tuple[WordQuery, WordQuery, int]]:
    """Each word and the next one in the order of the query, and the distance between them."""
    if len(words) < 2:
        return []
    ordered = sorted(words, key=_position)
    return [
        (first, second, _position(second) - _position(first)) for first, second in itertools.pairwise(ordered)
    ]


def word_groups(tree: QueryNode) -> list[list[WordQuery]]:
    """The runs of consecutive words in the groups of a query tree, those under a NOT left out."""
    groups: list[list[WordQuery]] = []
    _add_groups(tree, groups)
    return groups


def _add_groups(node: QueryNode, groups: list[list[WordQuery]]) -> None:
    if _is_word(node):
        groups.append([node])
        return
    run: list[WordQuery] = []
    for child in positive_children(node):
        if _is_word(child):
            run.append(child)
            continue
        if run:
            groups.append(run)
            run = []
        _add_groups(child, groups)
    if run:
        groups.append(run)


def _is_word(node: QueryNode) -> TypeGuard[WordQuery]:
    return type(node) is WordQuery and node.field == "text" and node.position is not None
