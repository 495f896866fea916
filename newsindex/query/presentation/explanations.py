"""Explains the score of one document by the values that make it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsindex.query.evaluation.bm25f import TermWeight
from newsindex.query.evaluation.posting_lists import find_postings
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.ranking.cursor import BEST, SortPosition
from newsindex.query.ranking.final_order import FinalOrder
from newsindex.query.ranking.proximity import has_pair
from newsindex.query.ranking.recency_decay import MIN_FACTOR
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.ranking.second_stage import HALF
from newsindex.query.syntax.nodes import (
    AndMaybeQuery,
    AndNotQuery,
    AndQuery,
    ExactWordQuery,
    NotQuery,
    OrQuery,
    PhraseQuery,
    QueryNode,
    WordQuery,
)
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.query.syntax.visitor import children
from newsindex.results import Explanation


def explain(snapshot: Snapshot, query: ParsedQuery, article_id: str) -> Explanation | None:
    """Returns how the score of an article in the order by relevance comes about, None for no match.

    Raises QueryError for an unknown id.
    """
    order = FinalOrder(snapshot, query, SearchOptions())
    segment, document = snapshot.require(article_id)
    number = snapshot.segments.index(segment)
    view = snapshot.views[number]
    position = order.position_of(number, view, order.evaluator.matches(view, query.tree), document)
    if position is None:
        return None
    return explain_match(snapshot, order, query.tree, position, -position.key)


def explain_match(
    snapshot: Snapshot, order: FinalOrder, tree: QueryNode, position: SortPosition, score: float
) -> Explanation:
    """Returns how the score of a match comes about.

    Its parts are the query's tree, the optional words and pairs, the factor of the second stage for one of
    the best matches, and the decay with age where that counts.
    """
    explainer = _Explainer(snapshot, order, snapshot.views[position.segment], position.document)
    parts = [explainer.node(tree), *explainer.optional_parts()]
    parts = [part for part in parts if part is not None and (part.value or len(parts) == 1)]
    whole = _sum("sum", [part for part in parts if part is not None])
    factors = [explainer.second_stage()] if position.part == BEST else []
    factors += explainer.decay()
    if not factors:
        return Explanation(score, whole.description, whole.details)
    return Explanation(score, "product", (whole, *factors))


def _sum(description: str, parts: list[Explanation]) -> Explanation:
    """The sum of some parts; a single part is itself the sum."""
    if len(parts) == 1:
        return parts[0]
    return Explanation(sum(part.value for part in parts), description, tuple(parts))


class _Explainer:
    """Takes the score of one document apart."""

    def __init__(self, snapshot: Snapshot, order: FinalOrder, view: SegmentView, document: int) -> None:
        self._snapshot = snapshot
        self._order = order
        self._view = view
        self._document = document

    def node(self, node: QueryNode) -> Explanation | None:
        """Returns what a node of the tree adds; None where the document does not match it."""
        matches = self._order.evaluator.matches(self._view, node)
        at = np.flatnonzero(matches.documents == self._document)
        if not len(at):
            return None
        value = float(matches.scores[at[0]])
        if isinstance(node, WordQuery):
            return self._word(
                node, self._snapshot.statistics.term_weight(node), f"{node.field}:{node.spelling}"
            )
        if isinstance(node, AndQuery | OrQuery | AndMaybeQuery):
            parts = [self.node(child) for child in children(node) if not isinstance(child, NotQuery)]
            known = [part for part in parts if part is not None and part.value]
            whole = _sum("sum", known) if known else Explanation(value, "matches, and scores nothing")
            if isinstance(node, AndMaybeQuery) or node.boost == 1.0:
                return whole
            return Explanation(value, "product", (whole, Explanation(node.boost, "weight in the query")))
        if isinstance(node, AndNotQuery):
            return self.node(node.positive)
        return Explanation(value, _named(node))

    def optional_parts(self) -> list[Explanation]:
        """Returns what optional words and pairs of neighbouring words add."""
        scorer = self._order.first_stage.optional_scorer
        parts = []
        for word, weight in scorer.words:
            part = self._word(word, weight, f"{word.spelling}, which need not be there")
            if part is not None:
                parts.append(part)
        for pair in scorer.pairs:
            if has_pair(self._view, pair, self._document):
                words = (
                    f"{pair.first.spelling} … {pair.second.spelling}, as in the query: neighbours * mean idf"
                )
                parts.append(Explanation(pair.score, words))
        return parts

    def second_stage(self) -> Explanation:
        """Returns the factor of the second stage, of a match that is one of the best."""
        stage = self._order.second_stage
        assert stage is not None  # it has sorted the match
        parts = [Explanation(1.0, "of every match")]
        for word, position, gain in stage.gains(self._view, self._document):
            place = f"lead * share * {HALF:g} / ({HALF:g} + position), position {position}"
            parts.append(Explanation(gain, f"{word.term} occurs early: {place}"))
        return _sum("sum", parts)

    def decay(self) -> list[Explanation]:
        """Returns the decay with age, if it counts."""
        decay = self._order.first_stage.decay
        if decay is None:
            return []
        dates = decay.effective_dates(self._view.segment.published[[self._document]])
        half_life = f"a half-life of {decay.half_life:g} {'day' if decay.half_life == 1 else 'days'}"
        age = f"age, with {half_life}: 2^(-age / half-life), and at least {MIN_FACTOR:g}"
        return [Explanation(float(decay.factors(dates)[0]), age)]

    def _word(self, word: WordQuery, weight: TermWeight, name: str) -> Explanation | None:
        """The BM25F score of a word (bm25f.py); None where the document does not have its term."""
        view = self._view
        number = view.term_number(word.term)
        if number is None:
            return None
        documents = np.array([self._document], np.uint16)
        posting = find_postings(view.segment.postings.documents(number), documents)
        if posting[0] < 0:
            return None
        value = float(view.score_term(number, word.spelling, weight, word.field, posting).scores.sum())
        occurrences = self._occurrences(number, word.field, posting)
        factors = [Explanation(weight.term, f"idf of the stem {word.term}")]
        of_spelling = value / occurrences.value - weight.term
        if abs(of_spelling) > 1e-6 * max(value, 1.0):
            share = f"for the spelling {word.spelling}: its share of its own idf"
            factors.append(Explanation(of_spelling, share))
        return Explanation(value, f"{name}: product", (_sum("sum", factors), occurrences))

    def _occurrences(self, term: int, field: str, posting: NDArray[np.intp]) -> Explanation:
        """The saturated frequency of a term in a field of the document."""
        view, k1 = self._view, self._snapshot.ranking.k1
        frequencies, _ = view.segment.postings.details(term, posting)
        documents = np.array([self._document], np.intp)
        w = float(view.norms.weights(documents, frequencies.within(field))[0])
        headline, body = int(frequencies.headline[0]), int(frequencies.body[0])
        return Explanation(
            w / (k1 + w),
            f"w / (k1 + w), k1 = {k1:g}: occurrences in the headline {headline}, in the body {body}",
            (Explanation(w, "w: frequencies by field, normalised by its length and weighted"),),
        )


def _named(node: QueryNode) -> str:
    """The description of a node that is scored as a whole."""
    if isinstance(node, ExactWordQuery):
        return f"{node.field}:={node.spelling}: its spelling only, as one word"
    if isinstance(node, PhraseQuery):
        return f'{node.field}:"{" ".join(node.terms)}": as one word, with the sum of the words\' idf'
    return f"{node}"
