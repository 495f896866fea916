"""Finds the first hits of a search by the compiled kernel, in one call over all segments."""

from __future__ import annotations

from typing import Final, NamedTuple

from newsindex.compiled import protocols
from newsindex.query.evaluation.compiled.collection import CompiledCollection
from newsindex.query.syntax.nodes import QueryNode

from .cursor import LATER, SortPosition
from .optional_scorer import word_groups
from .result_order import RankedHit, ResultOrder
from .second_stage import HALF, lead_terms

_NO_SECOND_STAGE: Final[protocols.SecondStage] = ((), (), 0.0, 0)


class RankedHits(NamedTuple):
    """The first hits in order, and the number of all matches."""

    hits: list[RankedHit]
    total: int


def rank_by_kernel(
    collection: CompiledCollection, tree: QueryNode, order: ResultOrder, limit: int, reranked: int = 0
) -> RankedHits:
    """Returns the first hits by score, of which the second stage sorts the first ``reranked`` anew.

    Raises QueryError, DeadlineExceeded, and IndexCorrupt.
    """
    plan = order.evaluator.compile(collection, tree)
    later = _second_stage(collection, tree, reranked) if reranked else _NO_SECOND_STAGE
    rows, total = collection.ask(collection.handle.rank, plan, _groups(collection, tree), later, limit)
    new = tuple.__new__  # a third of the time that the constructors take, for a page of named tuples
    return RankedHits([new(RankedHit, (new(SortPosition, row), -row[1])) for row in rows], total)


def sort_by_kernel(collection: CompiledCollection, tree: QueryNode, order: ResultOrder) -> RankedHits:
    """Returns the hits that an order seeks, which is of the first stage.

    Raises QueryError, DeadlineExceeded, and IndexCorrupt.
    """
    plan = order.evaluator.plan(collection, tree)
    sort = order.sort if order.sort in ("newest", "oldest") else "score"
    decay = None if order.decay is None else order.decay.in_kernel(collection)
    after = None if order.after is None else order.after[1:]
    rows, total = collection.ask(
        collection.handle.sorted, plan, _groups(collection, tree), sort, decay, after, order.limit
    )
    return RankedHits([RankedHit(SortPosition(LATER, *row[:-1]), row[-1]) for row in rows], total)


def _groups(collection: CompiledCollection, tree: QueryNode) -> list[protocols.Group]:
    """The groups of words of a query, of which the kernel makes what need not occur (optional_scorer.py)."""
    weighted = collection.weighted
    groups: list[protocols.Group] = []
    for words in word_groups(tree):
        stops = [(*weighted(stop), stop.position or 0) for word in words for stop in word.stop_words]
        quoted = [(*weighted(other), other.position or 0) for word in words for other in word.phrase_words]
        if len(words) > 1 or stops or quoted:
            groups.append(([(*weighted(word), word.position or 0) for word in words], stops, quoted))
    return groups


def _second_stage(collection: CompiledCollection, tree: QueryNode, reranked: int) -> protocols.SecondStage:
    """The second stage as the kernel takes it."""
    if not collection.ranking.lead:
        return _NO_SECOND_STAGE
    term = collection.term
    terms, stand_ins = lead_terms(tree, collection)
    return (
        [(term(text), idf) for text, idf in terms],
        [(text, term(other)) for text, other in stand_ins],
        float(HALF),
        reranked,
    )
