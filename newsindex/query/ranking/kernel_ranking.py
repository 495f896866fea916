"""Finds the hits with the highest scores by the compiled kernel, in one call over all segments."""

from __future__ import annotations

from collections.abc import Sequence

from newsindex.compiled.protocols import WeightedPair
from newsindex.query.evaluation.compiled.collection import CompiledCollection
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.syntax.nodes import QueryNode

from .cursor import LATER, SortPosition
from .optional_scorer import OptionalScorer
from .proximity import ProximityPair
from .result_order import RankedHit


def rank_by_kernel(
    collection: CompiledCollection,
    evaluator: Evaluator,
    tree: QueryNode,
    optional: OptionalScorer,
    limit: int,
) -> tuple[list[RankedHit], int]:
    """Returns the first hits by the score of the first stage, in order, and the number of all matches.

    Raises QueryError, DeadlineExceeded, and IndexCorrupt.
    """
    plan = evaluator.plan(collection, tree)
    words = [
        (handle, weight.term, _added(collection, weight.spelling))
        for (handle, _, _), weight in ((collection.word(word), weight) for word, weight in optional.words)
    ]
    pairs = _pairs(collection, optional.pairs)
    hits, total = collection.ask(collection.handle.rank, plan, words, pairs, optional.max_score, limit)
    return [
        RankedHit(SortPosition(LATER, -score, -minute, segment, document), score)
        for score, minute, segment, document in hits
    ], total


def _added(collection: CompiledCollection, weight: float) -> tuple[float, float] | None:
    """What a spelling of this weight adds that is like the typed one, and what the typed one adds."""
    ranking = collection.ranking
    return (ranking.spelling * weight, ranking.accents * weight) if weight else None


def _pairs(collection: CompiledCollection, pairs: Sequence[ProximityPair]) -> list[WeightedPair]:
    return [
        (collection.term(pair.first.term), collection.term(pair.second.term), pair.distance, pair.score)
        for pair in pairs
    ]
