"""How is a query tree evaluated over the arrays of one segment?

Bottom-up: each kind of Whoosh query node has one small function that gives the documents and scores of
that part. Nothing here runs once for each document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query

from newsindex.errors import QueryError
from newsindex.query.syntax.nodes import LABEL_FIELDS, DateRangeQuery, ExactWordQuery, WordQuery

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
        self._any: dict[int, list[WeightedTerm] | None] = {}
        self._found: dict[int, list[tuple[NDArray[Any], NDArray[np.float32]]]] = {}

    def matches(self, view: SegmentView, node: Any) -> Matches:
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

    def _every(self, view: SegmentView, node: Any) -> Matches:
        return self._all(view)

    def _nothing(self, view: SegmentView, node: Any) -> Matches:
        return NOTHING

    def _term(self, view: SegmentView, node: Any) -> Matches:
        if node.fieldname in LABEL_FIELDS:
            return self._label(view, node.fieldname, node.text)
        raise QueryError(f"there is no field {node.fieldname!r} to search")

    def _spelled(self, view: SegmentView, node: WordQuery) -> Matches:
        """Documents with a word in any inflection; more is worth one that has it as it was typed."""
        key = (view, node.fieldname, node.text, node.spelling, node.boost)
        return self.snapshot.scores.get(key, view.segment.documents, lambda: self._score(view, node))

    def _score(self, view: SegmentView, node: WordQuery) -> Matches:
        number = view.number(node.text)
        if number is None:
            return NOTHING
        found = view.word_scores(number, node.spelling, self.snapshot.worth(node), node.fieldname)
        return self._live(view, found)

    def _words(self, view: SegmentView, words: Sequence[WordQuery]) -> Matches:
        """Documents with all of some words: only these are scored."""
        numbers = [view.number(word.text) for word in words]
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

    def _written(self, view: SegmentView, node: Any) -> Matches:
        """Documents with one of the spellings that a node stands for, all as one word."""
        if node.fieldname in LABEL_FIELDS:
            return self._label(view, node.fieldname, node.text, pattern=True)
        found = self._found.get(id(node))
        if found is None:
            pairs = zip(self.snapshot.views, written(self.snapshot, node), strict=True)
            found = [score_expansion(each, choices, node.fieldname) for each, choices in pairs]
            self._found[id(node)] = found
        documents, weights = found[self.snapshot.views.index(view)]
        worth = idf(self.snapshot.documents, sum(len(held) for held, _ in found))
        return Matches(documents, self.snapshot.ranking.scores(weights, worth * node.boost))

    def _phrase(self, view: SegmentView, node: Any) -> Matches:
        documents, frequencies = find_phrase(view, node.words, node.fieldname, node.slop)
        worth = node.boost * sum(self.snapshot.idf(word, node.fieldname) for word in node.words)
        return Matches(
            documents, self.snapshot.ranking.scores(view.norms.weights(documents, frequencies), worth)
        )

    def _label(self, view: SegmentView, field: str, wanted: str, pattern: bool = False) -> Matches:
        """Documents whose source, section … is this, whatever the case and the accents."""
        if field == "id":
            document = view.segment.find(wanted)
            return NOTHING if document is None else unscored(np.array([document]))
        numbers = view.label_numbers(field, wanted, pattern)
        found = unscored(np.flatnonzero(np.isin(view.segment.labels(field), numbers)))
        return self._live(view, found)

    def _published(self, view: SegmentView, node: DateRangeQuery) -> Matches:
        """Documents of a period: a slice, for documents are in order of publication."""
        low, high = np.searchsorted(view.segment.published, (node.start, node.end))
        return self._live(view, unscored(np.arange(low, high)))

    def _live(self, view: SegmentView, matches: Matches) -> Matches:
        live = view.segment.live
        return matches if live is None else matches.kept(live[matches.documents])

    def _and(self, view: SegmentView, node: Any) -> Matches:
        wanted = [part for part in node.subqueries if not isinstance(part, whoosh_query.Not)]
        unwanted = [part.query for part in node.subqueries if isinstance(part, whoosh_query.Not)]
        words: list[WordQuery] = []
        others: list[Any] = []
        for part in wanted:
            of_text = type(part) is WordQuery and part.fieldname == "text"
            (words if of_text else others).append(part)
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

    def _or(self, view: SegmentView, node: Any) -> Matches:
        asked = self._asked(node)
        words = node.subqueries if asked is None else [one.word for one in asked]
        parts = [self.matches(view, part) for part in words]
        return union(parts, view.segment.documents).boosted(node.boost)

    def _asked(self, node: Any) -> list[WeightedTerm] | None:
        """The words of a query for any of some words, those worth most first; None for another query."""
        if id(node) not in self._any:
            words = node.subqueries if isinstance(node, whoosh_query.Or) and node.boost == 1.0 else ()
            asked = None
            if len(words) > 1 and all(type(word) is WordQuery and word.fieldname == "text" for word in words):
                worths = [self.snapshot.worth(word) for word in words]
                mosts = [worth.most(self.snapshot.ranking) for worth in worths]
                asked = list(map(WeightedTerm, words, worths, mosts))
                asked.sort(key=lambda one: -one.most)
            self._any[id(node)] = asked
        return self._any[id(node)]

    def best(self, view: SegmentView, node: Any, wanted: int, least: float, slack: float) -> Best:
        """At least the ``wanted`` best of the matches that score ``least``, all that are less than these by
        ``slack`` at most, and how many matches there are."""
        asked = self._asked(node)
        if asked is not None:
            return best_of_any(view, asked, self._spelled, wanted, least, slack)
        matches = self.matches(view, node)
        return Best(matches, matches.count)

    def _not(self, view: SegmentView, node: Any) -> Matches:
        return difference(self._all(view), self.matches(view, node.query))

    def _and_not(self, view: SegmentView, node: Any) -> Matches:
        return difference(self.matches(view, node.a), self.matches(view, node.b))

    def _and_maybe(self, view: SegmentView, node: Any) -> Matches:
        return preferring(self.matches(view, node.a), self.matches(view, node.b))


_EVALUATE: Final[dict[type, Callable[[Evaluator, SegmentView, Any], Matches]]] = {
    whoosh_query.Term: Evaluator._term,
    WordQuery: Evaluator._spelled,
    ExactWordQuery: Evaluator._written,
    whoosh_query.Wildcard: Evaluator._written,
    whoosh_query.FuzzyTerm: Evaluator._written,
    whoosh_query.Phrase: Evaluator._phrase,
    whoosh_query.And: Evaluator._and,
    whoosh_query.Or: Evaluator._or,
    whoosh_query.Not: Evaluator._not,
    whoosh_query.AndNot: Evaluator._and_not,
    whoosh_query.AndMaybe: Evaluator._and_maybe,
    whoosh_query.Every: Evaluator._every,
    type(whoosh_query.NullQuery): Evaluator._nothing,
    DateRangeQuery: Evaluator._published,
}
