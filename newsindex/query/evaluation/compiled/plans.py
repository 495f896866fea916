"""Turns query trees into plans of the compiled kernel.

A node that the kernel does not know is evaluated over arrays, and its documents are handed over as a list: so
every tree has a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeGuard

import numpy as np
from numpy.typing import NDArray

from newsindex.compiled.protocols import ExpansionHandle, Plan
from newsindex.deadline import check_deadline
from newsindex.query.evaluation.bm25f import idf
from newsindex.query.evaluation.matches import Matches
from newsindex.query.evaluation.segment_view import SegmentView
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

from .collection import CompiledCollection

_MAX_DEPTH: Final = 40
"""How deep the nodes of a plan are nested; what is nested deeper is evaluated over arrays."""
_MIN_BOOST: Final = 1e-6
_MAX_BOOST: Final = 1e6  # beyond these, products of 32-bit floats may be 0 or infinite


class PlanCompiler:
    """Makes the plans of one search, over one collection."""

    def __init__(
        self,
        collection: CompiledCollection,
        evaluate: Callable[[SegmentView, QueryNode], Matches],
        expand: Callable[[QueryNode], ExpansionHandle],
    ) -> None:
        """``evaluate`` gives the matches of a node in a segment.

        ``expand`` gives the spellings that an exact, a wildcard or a fuzzy word stands for.
        """
        self._collection = collection
        self._plans = collection.plans
        self._evaluate = evaluate
        self._expand = expand
        self._depth = 0

    def plan(self, node: QueryNode) -> Plan:
        """The plan of a query tree. Raises QueryError, DeadlineExceeded, and IndexCorrupt."""
        compile_node = _COMPILE.get(type(node))
        boost = getattr(node, "boost", 1.0)
        if compile_node is None or self._depth == _MAX_DEPTH or not _MIN_BOOST <= boost <= _MAX_BOOST:
            return self._listed(node)
        self._depth += 1
        plan = compile_node(self, node)
        self._depth -= 1
        return plan

    def _listed(self, node: QueryNode) -> Plan:
        """The plan of a node that is evaluated over arrays."""
        segments: list[tuple[NDArray[np.uint16], NDArray[np.float32] | None]] = []
        for view in self._collection.views:
            matches = self._evaluate(view, node)
            scores = matches.scores if matches.scores.any() else None
            segments.append((matches.documents.astype(np.uint16), scores))
        return self._plans.listed(self._collection.handle, segments)

    def _word(self, node: WordQuery) -> Plan:
        weighted = self._collection.weighted(node)
        if node.field != "text":
            return self._plans.field_word(*weighted, node.field)
        return self._plans.word(*weighted)

    def _multi_term(self, node: ExactWordQuery | WildcardQuery | FuzzyQuery) -> Plan:
        if node.field != "text":  # to know in which field a spelling is, articles are read
            return self._listed(node)
        expansion = self._expand(node)
        frequency = self._collection.expansion_frequency(node, expansion.document_frequency)
        factor = idf(self._collection.documents, frequency) * node.boost
        return self._plans.expansion(expansion, factor)

    def _phrase(self, node: PhraseQuery) -> Plan:
        factor = node.boost * sum(self._collection.idf(term, node.field) for term in node.terms)
        terms = [self._collection.term(term) for term in node.terms]
        return self._plans.phrase(terms, node.field, node.slop, factor)

    def _label(self, node: LabelQuery) -> Plan:
        plan = self._collection.filters.get(node)
        if plan is None:
            plan = self._collection.filters[node] = self._listed(node)
        return plan

    def _date_range(self, node: DateRangeQuery) -> Plan:
        check_deadline()
        bounds = [
            tuple(view.segment.published.searchsorted((node.start, node.end)).tolist())
            for view in self._collection.views
        ]
        return self._plans.ranges(bounds)

    def _and(self, node: AndQuery) -> Plan:
        required = [clause for clause in node.clauses if not isinstance(clause, NotQuery)]
        excluded = [self.plan(clause.clause) for clause in node.clauses if isinstance(clause, NotQuery)]
        words = [clause for clause in required if isinstance(clause, WordQuery) and clause.field == "text"]
        if len(words) < 2 or not all(map(_is_plain_word, words)):
            return self._plans.every(self._each(required), excluded, node.boost)
        others = [clause for clause in required if clause not in words]
        both = self._plans.all_words([self._collection.weighted(word) for word in words])
        if not others and not excluded and node.boost == 1.0:
            return both
        return self._plans.every([*self._each(others), both], excluded, node.boost)

    def _or(self, node: OrQuery) -> Plan:
        words = [word for word in node.clauses if isinstance(word, WordQuery) and word.field == "text"]
        if node.boost != 1.0 or not 1 < len(words) == len(node.clauses):
            return self._plans.any(self._each(node.clauses), node.boost)
        if all(map(_is_plain_word, words)):
            return self._plans.any_words([self._collection.weighted(word) for word in words])
        ranking, weigh = self._collection.ranking, self._collection.term_weight
        words.sort(key=lambda word: -weigh(word).max_score(ranking))  # the order of max_score.py
        return self._plans.any(self._each(words), 1.0)

    def _not(self, node: NotQuery) -> Plan:
        return self._plans.without(self._plans.everything(), self.plan(node.clause))

    def _and_not(self, node: AndNotQuery) -> Plan:
        return self._plans.without(self.plan(node.positive), self.plan(node.negative))

    def _and_maybe(self, node: AndMaybeQuery) -> Plan:
        return self._plans.maybe(self.plan(node.required), self.plan(node.optional))

    def _every(self, node: EveryQuery) -> Plan:
        return self._plans.everything()

    def _nothing(self, node: NoQuery) -> Plan:
        return self._plans.nothing()

    def _each(self, nodes: Sequence[QueryNode]) -> list[Plan]:
        return [self.plan(node) for node in nodes]


def _is_plain_word(node: QueryNode) -> TypeGuard[WordQuery]:
    """Whether a node is a word in the text whose boost the kernel can compute with."""
    return type(node) is WordQuery and node.field == "text" and _MIN_BOOST <= node.boost <= _MAX_BOOST


_COMPILE: Final[dict[type, Callable[[PlanCompiler, Any], Plan]]] = {
    WordQuery: PlanCompiler._word,
    ExactWordQuery: PlanCompiler._multi_term,
    WildcardQuery: PlanCompiler._multi_term,
    FuzzyQuery: PlanCompiler._multi_term,
    PhraseQuery: PlanCompiler._phrase,
    LabelQuery: PlanCompiler._label,
    DateRangeQuery: PlanCompiler._date_range,
    AndQuery: PlanCompiler._and,
    OrQuery: PlanCompiler._or,
    NotQuery: PlanCompiler._not,
    AndNotQuery: PlanCompiler._and_not,
    AndMaybeQuery: PlanCompiler._and_maybe,
    EveryQuery: PlanCompiler._every,
    NoQuery: PlanCompiler._nothing,
}
