"""How is a query tree evaluated over the arrays of one segment?

Bottom-up: each kind of query node has one small function that gives the documents and scores of
that part. Nothing here runs once for each document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.errors import QueryError
from newsindex.query.syntax.nodes import (
    AndMaybeQuery,
    AndNotQuery,
    AndQuery,
    DateRangeQuery,
    EveryQuery,
    ExactWordQuery,
    FuzzyQuery,
    LabelQuery,
    NoQuery,
    NotQuery,
    OrQuery,
    PhraseQuery,
    QueryNode,
    WildcardQuery,
    WordQuery,
)

from .bm25f import idf
from .matches import (
    NOTHING,
    Matches,
    difference,
    intersection,
    preferring,
    together,
    union,
    unscored,
)
from .max_score import Best, WeightedTerm, best_of_any
from .phrase_matching import find_phrase
from .snapshot import SegmentView, Snapshot
from .term_expansion import score_expansion, written


class Evaluator:
    """Evaluates query trees over a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._any: dict[OrQuery, list[WeightedTerm] | None] = {}
        self._found: dict[QueryNode, list[tuple[NDArray[Any], NDArray[np.float32]]]] = {}

    def matches(self, view: SegmentView, node: QueryNode) -> Matches:
        """The live documents of a segment that a query matches, with their scores."""
        try:
            evaluate = _EVALUATE[type(node)]
        except KeyError:
            raise QueryError(f"a query part of kind {type(node).__name__} is not known") from None
        return evaluate(self, view, node)

    def _all(self, view: SegmentView) -> Matches:
        live = view.segment.live
        if live is None:
            return unscored(np.arange(view.segment.documents))
        return unscored(np.flatnonzero(live))

    def _every(self, view: SegmentView, node: EveryQuery) -> Matches:
        return self._all(view)

    def _nothing(self, view: SegmentView, node: NoQuery) -> Matches:
        return NOTHING

    def _spelled(self, view: SegmentView, node: WordQuery) -> Matches:
        """Documents with a word in any inflection; more is worth one that has it as it was typed."""
        key = (view, node.field, node.term, node.spelling, node.boost)
        return self.snapshot.scores.get(key, view.segment.documents, lambda: self._score(view, node))

    def _score(self, view: SegmentView, node: WordQuery) -> Matches:
        number = view.number(node.term)
        if number is None:
            return NOTHING
        found = view.word_scores(number, node.spelling, self.snapshot.worth(node), node.field)
        return self._live(view, found)

    def _words(self, view: SegmentView, words: Sequence[WordQuery]) -> Matches:
        """Documents with all of some words: only these are scored."""
        numbers = [view.number(word.term) for word in words]
        if None in numbers:
            return NOTHING
        listed = {number: view.segment.postings.documents(number) for number in numbers if number is not None}
        documents, at = together(listed)
        scores = np.zeros(len(documents), np.float32)
        for word, number in zip(words, numbers, strict=True):
            assert number is not None  # checked above
            worth = self.snapshot.worth(word)
            scores += view.word_scores(number, word.spelling, worth, "text", at[number]).scores
        return self._live(view, Matches(documents, scores))

    def _written(self, view: SegmentView, node: ExactWordQuery | WildcardQuery | FuzzyQuery) -> Matches:
        """Documents with one of the spellings that a node stands for, all as one word."""
        found = self._found.get(node)
        if found is None:
            pairs = zip(self.snapshot.views, written(self.snapshot, node), strict=True)
            found = [score_expansion(each, choices, node.field) for each, choices in pairs]
            self._found[node] = found
        documents, weights = found[self.snapshot.views.index(view)]
        worth = idf(self.snapshot.documents, sum(len(held) for held, _ in found))
        return Matches(documents, self.snapshot.ranking.scores(weights, worth * node.boost))

    def _phrase(self, view: SegmentView, node: PhraseQuery) -> Matches:
        documents, frequencies = find_phrase(view, node.terms, node.field, node.slop)
        worth = node.boost * sum(self.snapshot.idf(term, node.field) for term in node.terms)
        return Matches(
            documents, self.snapshot.ranking.scores(view.norms.weights(documents, frequencies), worth)
        )

    def _label(self, view: SegmentView, node: LabelQuery) -> Matches:
        """Documents whose source, section … is one of some values, whatever the case and the accents."""
        if node.field == "id":
            found = {view.segment.find(value) for value in node.values}
            documents = sorted(document for document in found if document is not None)
            return unscored(np.array(documents, np.intp)) if documents else NOTHING
        numbers = [
            number for value in node.values for number in view.label_numbers(node.field, value, node.pattern)
        ]
        return self._live(view, unscored(np.flatnonzero(np.isin(view.segment.labels(node.field), numbers))))

    def _published(self, view: SegmentView, node: DateRangeQuery) -> Matches:
        """Documents of a period: a slice, for documents are in order of publication."""
        low, high = np.searchsorted(view.segment.published, (node.start, node.end))
        return self._live(view, unscored(np.arange(low, high)))

    def _live(self, view: SegmentView, matches: Matches) -> Matches:
        live = view.segment.live
        return matches if live is None else matches.kept(live[matches.documents])

    def _and(self, view: SegmentView, node: AndQuery) -> Matches:
        wanted = [part for part in node.clauses if not isinstance(part, NotQuery)]
        unwanted = [part.clause for part in node.clauses if isinstance(part, NotQuery)]
        words: list[WordQuery] = []
        others: list[QueryNode] = []
        for part in wanted:
            if isinstance(part, WordQuery) and part.field == "text":
                words.append(part)
            else:
                others.append(part)
        if len(words) == 1:
            words, others = [], wanted
        parts = [self.matches(view, part) for part in others]
        if words:
            parts.append(self._words(view, words))
        elif not parts:
            parts.append(self._all(view))
        found = intersection(parts)
        without = [self.matches(view, part) for part in unwanted]
        return reduce(difference, without, found).boosted(node.boost)

    def _or(self, view: SegmentView, node: OrQuery) -> Matches:
        asked = self._asked(node)
        words = node.clauses if asked is None else [one.word for one in asked]
        parts = [self.matches(view, part) for part in words]
        return union(parts, view.segment.documents).boosted(node.boost)

    def _asked(self, node: QueryNode) -> list[WeightedTerm] | None:
        """The words of a query for any of some words, those worth most first; None for another query."""
        if not isinstance(node, OrQuery):
            return None
        if node not in self._any:
            words = [word for word in node.clauses if isinstance(word, WordQuery) and word.field == "text"]
            asked = None
            if node.boost == 1.0 and 1 < len(words) == len(node.clauses):
                worths = [self.snapshot.worth(word) for word in words]
                mosts = [worth.most(self.snapshot.ranking) for worth in worths]
                asked = list(map(WeightedTerm, words, worths, mosts))
                asked.sort(key=lambda one: -one.most)
            self._any[node] = asked
        return self._any[node]

    def best(self, view: SegmentView, node: QueryNode, wanted: int, least: float, slack: float) -> Best:
        """At least the ``wanted`` best of the matches that score ``least``, all that are less than these by
        ``slack`` at most, and how many matches there are."""
        asked = self._asked(node)
        if asked is not None:
            return best_of_any(view, asked, self._spelled, wanted, least, slack)
        matches = self.matches(view, node)
        return Best(matches, matches.count)

    def _not(self, view: SegmentView, node: NotQuery) -> Matches:
        return difference(self._all(view), self.matches(view, node.clause))

    def _and_not(self, view: SegmentView, node: AndNotQuery) -> Matches:
        return difference(self.matches(view, node.positive), self.matches(view, node.negative))

    def _and_maybe(self, view: SegmentView, node: AndMaybeQuery) -> Matches:
        return preferring(self.matches(view, node.required), self.matches(view, node.optional))


_EVALUATE: Final[dict[type, Callable[[Evaluator, SegmentView, Any], Matches]]] = {
    WordQuery: Evaluator._spelled,
    ExactWordQuery: Evaluator._written,
    WildcardQuery: Evaluator._written,
    FuzzyQuery: Evaluator._written,
    PhraseQuery: Evaluator._phrase,
    AndQuery: Evaluator._and,
    OrQuery: Evaluator._or,
    NotQuery: Evaluator._not,
    AndNotQuery: Evaluator._and_not,
    AndMaybeQuery: Evaluator._and_maybe,
    EveryQuery: Evaluator._every,
    NoQuery: Evaluator._nothing,
    LabelQuery: Evaluator._label,
    DateRangeQuery: Evaluator._published,
}
