"""Finds the first hits of a search by the compiled kernel, in one call over all segments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from newsindex.compiled import protocols
from newsindex.query.evaluation.compiled.collection import CompiledCollection
from newsindex.query.syntax.nodes import QueryNode

from .cursor import LATER, SortPosition
from .optional_scorer import OptionalScorer
from .result_order import RankedHit, ResultOrder
from .second_stage import SecondStage

_NO_SECOND_STAGE: Final[protocols.SecondStage] = ((), 0.0, 0)


class RankedHits(NamedTuple):
    """The first hits in order, and the number of all matches."""

    hits: list[RankedHit]
    total: int


def rank_by_kernel(
    collection: CompiledCollection,
    tree: QueryNode,
    order: ResultOrder,
    limit: int,
    second_stage: SecondStage | None = None,
) -> RankedHits:
    """Returns the first hits by score, in the order of the second stage if there is one.

    Raises QueryError, DeadlineExceeded, and IndexCorrupt.
    """
    later = _NO_SECOND_STAGE if second_stage is None else second_stage.in_kernel(collection)
    plan = order.evaluator.compile(collection, tree)
    optional = _optional(collection, order.optional_scorer)
    rows, total = collection.ask(collection.handle.rank, plan, *optional, later, limit)
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
        collection.handle.sorted, plan, *_optional(collection, order.optional_scorer), sort, decay, after,
        order.limit,
    )  # fmt: skip
    return RankedHits([RankedHit(SortPosition(LATER, *row[:-1]), row[-1]) for row in rows], total)


def _optional(
    collection: CompiledCollection, optional: OptionalScorer
) -> tuple[Sequence[protocols.WeightedWord], Sequence[protocols.WeightedPair], float]:
    """What need not occur, as the kernel takes it."""
    term = collection.term
    words = [collection.weighted_by(word, weight) for word, weight in optional.words]
    pairs = [
        (term(first.term), term(second.term), distance, score)
        for first, second, distance, score in optional.pairs
    ]
    return words, pairs, optional.max_score
