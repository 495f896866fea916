"""Orders the best matches of a search on the cluster by our own formula and the second stage.

The cluster gives candidates in the order of its own scores. The first of them are scored again on a
result snapshot; those after them stay in the order of the cluster. So there is one order, whatever the size
of a page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, NamedTuple

from newsindex.article import Article
from newsindex.backends.opensearch.searching.result_snapshot import ResultSnapshot
from newsindex.query.ranking.cursor import LATER
from newsindex.query.ranking.final_order import FinalOrder
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.syntax.nodes import FuzzyQuery, PhraseQuery, QueryNode, WildcardQuery
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.query.syntax.query_fields import TEXT_FIELDS
from newsindex.query.syntax.visitor import leaves

BEST: Final = 30
"""How many candidates are scored again; the second stage sorts the 20 best of them."""
BEST_OF_ROUGH: Final = 100
"""The same where the scores of the cluster are rough. Measured: with 30, the first ten of patterns were 80%
the same as in a folder, with 100 they were 99%."""


def best_of(tree: QueryNode) -> int:
    """Returns how many candidates of a query are scored again.

    They are more where the query has patterns, fuzzy words, words near each other or words of one field.
    """
    return BEST_OF_ROUGH if any(map(_is_rough, leaves(tree))) else BEST


def _is_rough(leaf: QueryNode) -> bool:
    if isinstance(leaf, PhraseQuery) and leaf.slop > 1:
        return True
    return isinstance(leaf, WildcardQuery | FuzzyQuery) or getattr(leaf, "field", "text") in TEXT_FIELDS[1:]


class Candidate(NamedTuple):
    """An article that the cluster found, and its sort values in the order of the cluster."""

    article: Article
    sort: list[Any]


class Ranked(NamedTuple):
    """An article in the final order, its score, and the part of the ranking that gave it its place."""

    article: Article
    score: float
    part: int


def order_of(
    found: ResultSnapshot, query: ParsedQuery, options: SearchOptions, newest: int | None
) -> FinalOrder:
    """Returns the order of the articles of a result snapshot, all of them on one page.

    ``newest`` is the date from which ages count in the order ``recent``.
    """
    whole = replace(options, limit=max(len(found), 1), after=None, facets=(), timeline=None)
    return FinalOrder(found.snapshot, query, whole, newest)


def rank(order: FinalOrder, found: ResultSnapshot) -> list[Ranked]:
    """Returns the articles of a result snapshot in an order of it.

    An article that does not match here, though it does on the cluster, comes last and scores nothing.
    """
    hits = order.following_hits().hits if len(found) else []
    ranked = [Ranked(found.articles[hit.position.document], hit.score, hit.position.part) for hit in hits]
    known = {one.article.id for one in ranked}
    return ranked + [Ranked(article, 0.0, LATER) for article in found.articles if article.id not in known]
