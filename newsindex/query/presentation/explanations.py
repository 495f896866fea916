"""How did the score of one document come about?

Each part of it is taken apart, and the parts make the score again.
"""

from __future__ import annotations

import numpy as np

from newsindex.query.evaluation.bm25f import TermWeight
from newsindex.query.evaluation.matches import places
from newsindex.query.evaluation.snapshot import SegmentView, Snapshot
from newsindex.query.ranking.optional_scorer import is_pair_in
from newsindex.query.ranking.result_order import ResultOrder
from newsindex.query.ranking.search_options import SearchOptions
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
    """How an article answers a query in the order by relevance; None where it does not.

    Raises QueryError for an unknown id.
    """
    order = ResultOrder(snapshot, query, SearchOptions())
    segment, document = snapshot.known(article_id)
    number = snapshot.segments.index(segment)
    view = snapshot.views[number]
    place = order.place_of(number, view, order.executor.matches(view, query.tree), document)
    if place is None:
        return None
    return explained(snapshot, order, query.tree, view, document, -place.key)


def explained(
    snapshot: Snapshot, order: ResultOrder, tree: QueryNode, view: SegmentView, document: int, score: float
) -> Explanation:
    """The score of a match, from the query's tree, its extras, and the age where that counts."""
    explainer = _Explainer(snapshot, order, view, document)
    parts = [explainer.node(tree), *explainer.extras()]
    parts = [part for part in parts if part is not None and (part.value or len(parts) == 1)]
    whole = _sum("sum", [part for part in parts if part is not None])
    if order.freshness is None:
        return Explanation(score, whole.description, whole.details)
    published = view.segment.published[[document]]
    factor = float(order.freshness.factors(published)[0])
    age = f"age, with a half-life of {order.freshness.half_life:g} days: (1 + 2^(-age / half-life)) / 2"
    return Explanation(score, "product", (whole, Explanation(factor, age)))


def _sum(description: str, parts: list[Explanation]) -> Explanation:
    if len(parts) == 1:
        return parts[0]
    return Explanation(sum(part.value for part in parts), description, tuple(parts))


class _Explainer:
    """Takes the score of one document apart."""

    def __init__(self, snapshot: Snapshot, order: ResultOrder, view: SegmentView, document: int) -> None:
        self._snapshot = snapshot
        self._order = order
        self._view = view
        self._document = document

    def node(self, node: QueryNode) -> Explanation | None:
        """What a part of the tree adds; None where the document does not match it."""
        matches = self._order.executor.matches(self._view, node)
        at = np.flatnonzero(matches.documents == self._document)
        if not len(at):
            return None
        value = float(matches.scores[at[0]])
        if isinstance(node, WordQuery):
            return self._word(node, self._snapshot.worth(node), f"{node.field}:{node.spelling}")
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

    def extras(self) -> list[Explanation]:
        """What stop words and neighbouring words add."""
        extras = self._order.extras
        found = []
        for word, worth in extras.words:
            part = self._word(word, worth, f"{word.spelling}, which need not be there")
            if part is not None:
                found.append(part)
        for pair in extras.pairs:
            if is_pair_in(self._view, pair, self._document):
                words = (
                    f"{pair.first.spelling} … {pair.second.spelling}, as in the query: neighbours * mean idf"
                )
                found.append(Explanation(pair.worth, words))
        return found

    def _word(self, word: WordQuery, worth: TermWeight, named: str) -> Explanation | None:
        """BM25F of a word, as scoring.py writes it."""
        view, ranking = self._view, self._snapshot.ranking
        number = view.number(word.term)
        if number is None:
            return None
        asked = np.array([self._document], np.uint16)
        at = places(view.segment.postings.documents(number), asked)
        if at[0] < 0:
            return None
        value = float(view.word_scores(number, word.spelling, worth, word.field, at).scores.sum())
        frequencies, _ = view.segment.postings.details(number, at)
        weight = float(view.norms.weights(asked.astype(np.intp), frequencies.within(word.field))[0])
        saturated = weight / (ranking.k1 + weight)
        headline, body = int(frequencies.headline[0]), int(frequencies.body[0])
        occurrences = f"occurrences in the headline {headline}, in the body {body}"
        how = Explanation(
            saturated,
            f"w / (k1 + w), k1 = {ranking.k1:g}: {occurrences}",
            (Explanation(weight, "w: frequencies by field, normalised by its length and weighted"),),
        )
        factors = [Explanation(worth.stem, f"idf of the stem {word.term}")]
        more = value / saturated - worth.stem
        if abs(more) > 1e-6 * max(value, 1.0):
            factors.append(Explanation(more, f"for the spelling {word.spelling}: its share of its own idf"))
        return Explanation(value, f"{named}: product", (_sum("sum", factors), how))


def _named(node: QueryNode) -> str:
    if isinstance(node, ExactWordQuery):
        return f"{node.field}:={node.spelling}: its spelling only, as one word"
    if isinstance(node, PhraseQuery):
        return f'{node.field}:"{" ".join(node.terms)}": as one word, with the sum of the words\' idf'
    return f"{node}"
