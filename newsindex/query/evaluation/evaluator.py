"""The evaluation of query trees over the arrays of one segment.

A tree is evaluated bottom-up: each kind of query node has one small method that gives the documents that
match the node, and their scores. No Python code runs once for each document. Where the compiled kernel is in
use, it evaluates the whole tree, and these methods only what it does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.compiled.protocols import ExpansionHandle, Plan
from newsindex.deadline import check_deadline
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
from .compiled.collection import CompiledCollection
from .compiled.plans import PlanCompiler
from .matches import NO_MATCHES, Matches, add_optional, difference, intersection, union, unscored
from .max_score import TopMatches, WeightedTerm, top_matches
from .phrase_matching import find_phrase
from .posting_lists import intersect_postings
from .segment_view import SegmentView
from .snapshot import Snapshot
from .term_expansion import expand, expansion_key, score_expansion


class Evaluator:
    """Evaluates query trees over a snapshot; made for one search, and used by one thread."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._weighted_terms: dict[OrQuery, list[WeightedTerm] | None] = {}
        self._plans: dict[QueryNode, Plan] = {}
        self._expansions: dict[QueryNode, list[tuple[NDArray[np.intp], NDArray[np.float32]]]] = {}

    def matches(self, view: SegmentView, node: QueryNode) -> Matches:
        """The live documents of a segment that match a node of a query tree, with their scores.

        Raises QueryError for a node of an unknown kind, and DeadlineExceeded.
        """
        compiled = self.snapshot.compiled
        if compiled is None:
            return self.matches_over_arrays(view, node)
        number = self.snapshot.views.index(view)
        return Matches(*compiled.ask(compiled.handle.matches, number, self.plan(compiled, node)))

    def plan(self, compiled: CompiledCollection, node: QueryNode) -> Plan:
        """The plan of a query tree in the compiled kernel. Raises QueryError and DeadlineExceeded."""
        plan = self._plans.get(node)
        if plan is None:
            plan = self._plans[node] = self.compile(compiled, node)
        return plan

    def compile(self, compiled: CompiledCollection, node: QueryNode) -> Plan:
        """The same as :meth:`plan`, of which nothing is kept."""
        return PlanCompiler(compiled, self.matches_over_arrays, self._expanded).plan(node)

    def _expanded(self, node: QueryNode) -> ExpansionHandle:
        """The spellings in the compiled kernel that an exact, a wildcard or a fuzzy word stands for."""
        compiled = self.snapshot.compiled
        assert compiled is not None  # it makes the plan
        key = expansion_key(node)
        expansion = compiled.expansions.get(key)
        if expansion is None:
            spellings = [list(of_segment.items()) for of_segment in expand(self.snapshot, node)]
            expansion = compiled.expansions[key] = compiled.ask(compiled.handle.expansion, spellings)
        return expansion

    def matches_over_arrays(self, view: SegmentView, node: QueryNode) -> Matches:
        """The same as :meth:`matches`, without the compiled kernel."""
        check_deadline()
        try:
            evaluate = _EVALUATE[type(node)]
        except KeyError:
            raise QueryError(f"a query part of kind {type(node).__name__} is not known") from None
        return evaluate(self, view, node)

    def top_matches(
        self, view: SegmentView, node: QueryNode, count: int, threshold: float, tolerance: float
    ) -> TopMatches:
        """The best matches of a node in a segment, and how many matches there are.

        These are at least the ``count`` best of the matches that score ``threshold``, and all that score less
        than those by at most ``tolerance``.
        """
        check_deadline()
        terms = self._weigh_terms(node)
        if terms is not None:
            return top_matches(view, terms, self._word, count, threshold, tolerance)
        matches = self.matches_over_arrays(view, node)
        return TopMatches(matches, matches.count)

    def _live(self, view: SegmentView, matches: Matches) -> Matches:
        live = view.segment.live
        return matches if live is None else matches.select(live[matches.documents])

    def _all(self, view: SegmentView) -> Matches:
        return unscored(view.segment.live_numbers())

    def _every(self, view: SegmentView, node: EveryQuery) -> Matches:
        return self._all(view)

    def _nothing(self, view: SegmentView, node: NoQuery) -> Matches:
        return NO_MATCHES

    def _label(self, view: SegmentView, node: LabelQuery) -> Matches:
        """The documents whose source, section … is one of some labels, whatever its case and its accents."""
        if node.field == "id":
            found = {view.segment.find(value) for value in node.values}
            documents = sorted(document for document in found if document is not None)
            return unscored(np.array(documents, np.intp)) if documents else NO_MATCHES
        numbers = [
            number for value in node.values for number in view.label_numbers(node.field, value, node.pattern)
        ]
        has_label = np.isin(view.segment.labels(node.field), numbers)
        return self._live(view, unscored(np.flatnonzero(has_label)))

    def _date_range(self, view: SegmentView, node: DateRangeQuery) -> Matches:
        """The documents of a period, which is a slice, since documents are in order of publication."""
        low, high = np.searchsorted(view.segment.published, (node.start, node.end))
        return self._live(view, unscored(np.arange(low, high)))

    def _word(self, view: SegmentView, node: WordQuery) -> Matches:
        """The documents that have a word in any spelling; those that have it as typed score more."""
        key = (view, node.field, node.term, node.spelling, node.boost)
        return self.snapshot.scores.get(key, view.segment.documents, lambda: self._score_word(view, node))

    def _score_word(self, view: SegmentView, node: WordQuery) -> Matches:
        term = view.term_number(node.term)
        if term is None:
            return NO_MATCHES
        weight = self.snapshot.statistics.term_weight(node)
        return self._live(view, view.score_term(term, node.spelling, weight, node.field))

    def _all_words(self, view: SegmentView, words: Sequence[WordQuery]) -> Matches:
        """The documents that have all of some words; only these are scored."""
        terms = [term for term in (view.term_number(word.term) for word in words) if term is not None]
        if len(terms) < len(words):
            return NO_MATCHES
        reader = view.segment.postings
        documents, postings = intersect_postings({term: reader.documents(term) for term in terms})
        scores = np.zeros(len(documents), np.float32)
        for word, term in zip(words, terms, strict=True):
            check_deadline()
            weight = self.snapshot.statistics.term_weight(word)
            scores += view.score_term(term, word.spelling, weight, "text", postings[term]).scores
        return self._live(view, Matches(documents, scores))

    def _multi_term(self, view: SegmentView, node: ExactWordQuery | WildcardQuery | FuzzyQuery) -> Matches:
        """The documents that have any of the spellings that a node stands for, scored as one term."""
        by_segment = self._expansions.get(node)
        if by_segment is None:
            expansion = zip(self.snapshot.views, expand(self.snapshot, node), strict=True)
            by_segment = [score_expansion(each, spellings, node.field) for each, spellings in expansion]
            self._expansions[node] = by_segment
        documents, weights = by_segment[self.snapshot.views.index(view)]
        within = sum(len(matching) for matching, _ in by_segment)
        document_frequency = self.snapshot.statistics.expansion_frequency(node, within)
        factor = idf(self.snapshot.documents, document_frequency) * node.boost
        return Matches(documents, self.snapshot.ranking.scores(weights, factor))

    def _phrase(self, view: SegmentView, node: PhraseQuery) -> Matches:
        documents, frequencies = find_phrase(view, node.terms, node.field, node.slop)
        statistics = self.snapshot.statistics
        factor = node.boost * sum(statistics.idf(term, node.field) for term in node.terms)
        weights = view.norms.weights(documents, frequencies)
        return Matches(documents, self.snapshot.ranking.scores(weights, factor))

    def _and(self, view: SegmentView, node: AndQuery) -> Matches:
        required = [clause for clause in node.clauses if not isinstance(clause, NotQuery)]
        excluded = [clause.clause for clause in node.clauses if isinstance(clause, NotQuery)]
        words: list[WordQuery] = []
        others: list[QueryNode] = []
        for clause in required:
            if isinstance(clause, WordQuery) and clause.field == "text":
                words.append(clause)
            else:
                others.append(clause)
        if len(words) == 1:
            words, others = [], required
        parts = [self.matches_over_arrays(view, clause) for clause in others]
        if words:
            parts.append(self._all_words(view, words))
        elif not parts:
            parts.append(self._all(view))
        without = [self.matches_over_arrays(view, clause) for clause in excluded]
        return reduce(difference, without, intersection(parts)).boosted(node.boost)

    def _or(self, view: SegmentView, node: OrQuery) -> Matches:
        terms = self._weigh_terms(node)
        clauses = node.clauses if terms is None else [term.word for term in terms]
        parts = [self.matches_over_arrays(view, clause) for clause in clauses]
        return union(parts, view.segment.documents).boosted(node.boost)

    def _weigh_terms(self, node: QueryNode) -> list[WeightedTerm] | None:
        """The words of a query for any of some words, in descending order of their greatest possible score.

        None for another query.
        """
        if not isinstance(node, OrQuery):
            return None
        if node not in self._weighted_terms:
            words = [word for word in node.clauses if isinstance(word, WordQuery) and word.field == "text"]
            terms = None
            if node.boost == 1.0 and 1 < len(words) == len(node.clauses):
                weights = [self.snapshot.statistics.term_weight(word) for word in words]
                max_scores = [weight.max_score(self.snapshot.ranking) for weight in weights]
                terms = list(map(WeightedTerm, words, weights, max_scores))
                terms.sort(key=lambda term: -term.max_score)
            self._weighted_terms[node] = terms
        return self._weighted_terms[node]

    def _not(self, view: SegmentView, node: NotQuery) -> Matches:
        return difference(self._all(view), self.matches_over_arrays(view, node.clause))

    def _and_not(self, view: SegmentView, node: AndNotQuery) -> Matches:
        return difference(
            self.matches_over_arrays(view, node.positive), self.matches_over_arrays(view, node.negative)
        )

    def _and_maybe(self, view: SegmentView, node: AndMaybeQuery) -> Matches:
        return add_optional(
            self.matches_over_arrays(view, node.required), self.matches_over_arrays(view, node.optional)
        )


_EVALUATE: Final[dict[type, Callable[[Evaluator, SegmentView, Any], Matches]]] = {
    WordQuery: Evaluator._word,
    ExactWordQuery: Evaluator._multi_term,
    WildcardQuery: Evaluator._multi_term,
    FuzzyQuery: Evaluator._multi_term,
    PhraseQuery: Evaluator._phrase,
    LabelQuery: Evaluator._label,
    AndQuery: Evaluator._and,
    OrQuery: Evaluator._or,
    NotQuery: Evaluator._not,
    AndNotQuery: Evaluator._and_not,
    AndMaybeQuery: Evaluator._and_maybe,
    EveryQuery: Evaluator._every,
    NoQuery: Evaluator._nothing,
    DateRangeQuery: Evaluator._date_range,
}
