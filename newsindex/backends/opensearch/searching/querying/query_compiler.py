"""Compiles query trees into queries of the cluster: objects of terms, never text that is parsed.

The cluster finds exactly the articles that the tree matches. The scores by which it orders them are those of
``query/evaluation/bm25f.py`` for words; those of phrases, patterns and words of one field are close to it,
and the best matches are scored again by the formula itself. All scores have one factor, by which the cluster
multiplies every score of BM25.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from newsindex.analyzer import fold
from newsindex.backends.opensearch.documents import label_key
from newsindex.backends.opensearch.layout import SCALE, document_id, form_tokens
from newsindex.dates.minutes import FAR_AHEAD, LONG_AGO, UNDATED
from newsindex.errors import QueryError
from newsindex.query.evaluation.bm25f import BM25F
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
from newsindex.query.syntax.visitor import all_leaves, children

from .clauses import (
    EVERYTHING,
    NOTHING,
    Clause,
    any_of,
    boolean,
    fuzzy,
    in_order,
    regexp,
    term,
    wildcard_clause,
)
from .patterns import form_pattern, wildcard_of

_FIELDS: Final[Mapping[str, Sequence[str]]] = {
    "text": ("headline", "body"), "headline": ("headline",), "body": ("body",),
}  # fmt: skip
_MAX_SPELLED: Final = 200
"""Words of a query whose spellings count for the cluster's order: it takes 1,024 clauses."""
_SCORED_FORMS: Final = 64  # of a pattern, whose occurrences count for the cluster's order
_SCORING: Final = (WordQuery, ExactWordQuery, WildcardQuery, FuzzyQuery, PhraseQuery)


class QueryCompiler:
    """Compiles query trees for an index with some ranking weights; threads may share it."""

    def __init__(self, ranking: BM25F, near_forms: Callable[[FuzzyQuery], Iterable[str]]) -> None:
        """``near_forms`` gives the folded words of the index that a fuzzy word stands for."""
        self.ranking = ranking
        """The weights of the ranking."""
        self._near_forms = near_forms
        occurrence = ranking.headline_weight / (ranking.k1 + ranking.headline_weight)
        self._headline_boost = (SCALE * ranking.k1 + 1) * occurrence

    def matching(self, node: QueryNode) -> Clause:
        """Returns the query for the articles that a node matches, without their scores.

        Raises QueryError for a node of an unknown kind.
        """
        return self._compile(node, _Scores(0.0))

    def scoring(self, node: QueryNode) -> Clause:
        """Returns the query for the articles that a node matches, with their scores."""
        words = sum(isinstance(leaf, WordQuery) for leaf in all_leaves(node))
        return self._compile(node, _Scores(self.ranking.spelling if words <= _MAX_SPELLED else 0.0, True))

    def _compile(self, node: QueryNode, scores: _Scores) -> Clause:
        try:
            compile_node = _COMPILE[type(node)]
        except KeyError:
            raise QueryError(f"a query part of kind {type(node).__name__} is not known") from None
        return compile_node(self, node, scores)

    # Words

    def _word(self, node: WordQuery, scores: _Scores) -> Clause:
        field = "stems" if node.field == "text" else f"{node.field}_places"
        found = term(field, node.term)
        if not scores.wanted:
            return found
        filters: list[Clause] = []
        if node.field == "headline":
            scored = term(field, node.term, node.boost * self._headline_boost)
        else:
            scored = term("stems", node.term, node.boost)
            filters = [found] if node.field == "body" else []
        form = fold(node.spelling)
        spelled = [term("forms", form, node.boost * scores.spelling)] if scores.spelling and form else []
        if not filters and not spelled:
            return scored
        return boolean(must=[scored], filters=filters, should=spelled)

    def _exact(self, node: ExactWordQuery, scores: _Scores) -> Clause:
        found = any_of([term(f"{field}_spellings", node.spelling) for field in _FIELDS[node.field]])
        if not scores.wanted:
            return found
        return boolean(filters=[found], should=[term("forms", fold(node.spelling), node.boost)])

    def _wildcard(self, node: WildcardQuery, scores: _Scores) -> Clause:
        if node.field == "text":
            found = wildcard_clause(node.pattern, "constant_score")
        else:
            found = regexp(f"{node.field}_spellings", form_pattern(node.pattern))
        if not scores.wanted:
            return found
        scored = wildcard_clause(node.pattern, f"top_terms_blended_freqs_{_SCORED_FORMS}", node.boost)
        return boolean(filters=[found], should=[scored])

    def _fuzzy(self, node: FuzzyQuery, scores: _Scores) -> Clause:
        if node.field == "text":
            found = fuzzy(node, rewrite="constant_score")
        else:
            tokens = [token for form in self._near_forms(node) for token in form_tokens(form)]
            found = {"terms": {f"{node.field}_spellings": tokens}}
        if not scores.wanted:
            return found
        return boolean(filters=[found], should=[fuzzy(node, boost=node.boost, max_expansions=_SCORED_FORMS)])

    def _phrase(self, node: PhraseQuery, scores: _Scores) -> Clause:
        fields = [f"{field}_places" for field in _FIELDS[node.field]]
        found = any_of([clause for field in fields for clause in in_order(field, node.terms, node.slop)])
        if not scores.wanted:
            return found
        return boolean(
            filters=[found], must=[term("stems", stem, node.boost) for stem in dict.fromkeys(node.terms)]
        )

    # Labels and dates

    def _label(self, node: LabelQuery, scores: _Scores) -> Clause:
        if node.field == "id":
            return {"ids": {"values": [document_id(value) for value in node.values]}}
        keys = [key for key in map(label_key, node.values) if key]
        if not node.pattern:
            return {"terms": {f"{node.field}_key": keys}}
        return any_of([{"wildcard": {f"{node.field}_key": {"value": wildcard_of(key)}}} for key in keys])

    def _date_range(self, node: DateRangeQuery, scores: _Scores) -> Clause:
        if node.start == UNDATED:  # the documents of articles without a date do not have the field
            return boolean(must_not=[{"exists": {"field": "minutes"}}])
        bounds = {"gte": node.start} if node.start > LONG_AGO else {}
        if node.end < FAR_AHEAD or not bounds:
            bounds["lt"] = node.end
        return {"range": {"minutes": bounds}}

    def _every(self, node: EveryQuery, scores: _Scores) -> Clause:
        return EVERYTHING

    def _nothing(self, node: NoQuery, scores: _Scores) -> Clause:
        return NOTHING

    # Combinations

    def _and(self, node: AndQuery, scores: _Scores) -> Clause:
        required = [clause for clause in node.clauses if not isinstance(clause, NotQuery)]
        excluded = [clause.clause for clause in node.clauses if isinstance(clause, NotQuery)]
        scored = [clause for clause in required if scores.wanted and is_scored(clause)]
        others = [clause for clause in required if not any(clause is one for one in scored)]
        return boolean(
            must=[self._compile(clause, scores) for clause in scored],
            filters=[self.matching(clause) for clause in others],
            must_not=[self.matching(clause) for clause in excluded],
            boost=node.boost,
        )

    def _or(self, node: OrQuery, scores: _Scores) -> Clause:
        return any_of([self._alternative(clause, scores) for clause in node.clauses], node.boost)

    def _alternative(self, node: QueryNode, scores: _Scores) -> Clause:
        if not scores.wanted or is_scored(node):
            return self._compile(node, scores)
        return {"constant_score": {"filter": self.matching(node), "boost": 0.0}}

    def _not(self, node: NotQuery, scores: _Scores) -> Clause:
        return boolean(must_not=[self.matching(node.clause)])

    def _and_not(self, node: AndNotQuery, scores: _Scores) -> Clause:
        positive = self._alternative(node.positive, scores)
        return boolean(must=[positive], must_not=[self.matching(node.negative)])

    def _and_maybe(self, node: AndMaybeQuery, scores: _Scores) -> Clause:
        if not scores.wanted:
            return self.matching(node.required)
        return boolean(
            must=[self._alternative(node.required, scores)],
            should=[self._alternative(node.optional, scores)],
        )


class _Scores:
    """What counts for the scores of one compilation: nothing, or words, and their spellings by so much."""

    __slots__ = ("spelling", "wanted")

    def __init__(self, spelling: float, wanted: bool = False) -> None:
        self.spelling = spelling
        self.wanted = wanted


_COMPILE: Final[dict[type, Callable[[QueryCompiler, Any, _Scores], Clause]]] = {
    WordQuery: QueryCompiler._word,
    ExactWordQuery: QueryCompiler._exact,
    WildcardQuery: QueryCompiler._wildcard,
    FuzzyQuery: QueryCompiler._fuzzy,
    PhraseQuery: QueryCompiler._phrase,
    LabelQuery: QueryCompiler._label,
    DateRangeQuery: QueryCompiler._date_range,
    EveryQuery: QueryCompiler._every,
    NoQuery: QueryCompiler._nothing,
    AndQuery: QueryCompiler._and,
    OrQuery: QueryCompiler._or,
    NotQuery: QueryCompiler._not,
    AndNotQuery: QueryCompiler._and_not,
    AndMaybeQuery: QueryCompiler._and_maybe,
}


def is_scored(node: QueryNode) -> bool:
    """Returns whether the articles that a node matches can have a score above 0."""
    if isinstance(node, NotQuery):
        return False
    if isinstance(node, AndNotQuery):
        return is_scored(node.positive)
    return isinstance(node, _SCORING) or any(map(is_scored, children(node)))
