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
from collections.abc import Iterator, Sequence
from typing import TypeGuard

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


class OptionalScorer:
    """Scores the optional words and the pairs of a query, those under a NOT left out."""

    def __init__(self, tree: QueryNode, snapshot: Snapshot) -> None:
        ranking = snapshot.ranking
        groups = list(_groups(tree))
        self.pairs = _pairs(groups, snapshot)
        shares = [
            (stop, ranking.stop_words) for words in groups for first in words for stop in first.stop_words
        ]
        shares += [(word, 1.0) for words in groups for first in words for word in first.phrase_words]
        self.words: list[tuple[WordQuery, TermWeight]] = []
        for word, share in shares:
            if not share:
                continue
            weight = snapshot.statistics.term_weight(word)
            self.words.append((word, weight.times(share)))
        max_scores = [pair.score for pair in self.pairs]
        max_scores += [weight.max_score(ranking) for _, weight in self.words]
        self.max_score = sum(max_scores) * ROUNDING_MARGIN
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


def _pairs(groups: Sequence[Sequence[WordQuery]], snapshot: Snapshot) -> list[ProximityPair]:
    """The pairs of neighbouring words in some groups of words, none where neighbours do not score."""
    share = snapshot.ranking.neighbours
    if not share:
        return []
    term_weight = snapshot.statistics.term_weight
    return [
        ProximityPair(
            first, second, distance, share * (term_weight(first).term + term_weight(second).term) / 2
        )
        for words in groups
        for first, second, distance in _neighbours(words)
    ]


def _neighbours(words: Sequence[WordQuery]) -> Iterator[tuple[WordQuery, WordQuery, int]]:
    """The neighbouring words of a group and the distance between them: each word and the next one that is no
    stop word, and each word and the stop word right beside it."""
    stops = [stop for word in words for stop in word.stop_words]
    words = sorted([*words, *(quoted for word in words for quoted in word.phrase_words)], key=_position)
    for first, second in itertools.pairwise(words):
        yield first, second, _position(second) - _position(first)
    if not stops:
        return
    for first, second in itertools.pairwise(sorted([*words, *stops], key=_position)):
        one_is_stop = sum(any(word is stop for stop in stops) for word in (first, second)) == 1
        if one_is_stop and _position(second) - _position(first) == 1:
            yield first, second, 1


def _position(word: WordQuery) -> int:
    assert word.position is not None  # words without a position are in no group
    return word.position


def _groups(node: QueryNode) -> Iterator[list[WordQuery]]:
    """The runs of consecutive words in the groups of a query tree, those under a NOT left out."""
    if _is_word(node):
        yield [node]
        return
    for is_word, run in itertools.groupby(positive_children(node), _is_word):
        if is_word:
            yield list(run)  # type: ignore[arg-type]  # groupby() does not narrow
        else:
            for child in run:
                yield from _groups(child)


def _is_word(node: QueryNode) -> TypeGuard[WordQuery]:
    return isinstance(node, WordQuery) and node.field == "text" and node.position is not None
