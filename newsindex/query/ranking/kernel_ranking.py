"""Finds the hits with the highest scores by the compiled kernel, in one call over all segments."""

from __future__ import annotations

from typing import Final

from newsindex.compiled import protocols
from newsindex.query.evaluation.compiled.collection import CompiledCollection
from newsindex.query.evaluation.compiled.plans import PlanCompiler
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.syntax.nodes import QueryNode

from .cursor import SortPosition
from .optional_scorer import OptionalScorer
from .result_order import RankedHit
from .second_stage import SecondStage

_NO_SECOND_STAGE: Final[protocols.SecondStage] = ((), 0.0, 0)


def rank_by_kernel(
    collection: CompiledCollection,
    evaluator: Evaluator,
    tree: QueryNode,
    optional: OptionalScorer,
    limit: int,
    second_stage: SecondStage | None = None,
) -> tuple[list[RankedHit], int]:
    """Returns the first hits by score, in order, and the number of all matches.

    Without a ``second_stage`` that is the order of the first one. Raises QueryError, DeadlineExceeded, and
    IndexCorrupt.
    """
    term = collection.term
    plan = PlanCompiler(collection, evaluator.matches_over_arrays).plan(tree)
    words = [collection.weighted_by(word, weight) for word, weight in optional.words]
    pairs = [
        (term(first.term), term(second.term), distance, score)
        for first, second, distance, score in optional.pairs
    ]
    later = _NO_SECOND_STAGE if second_stage is None else second_stage.in_kernel(collection)
    rows, total = collection.ask(collection.handle.rank, plan, words, pairs, optional.max_score, later, limit)
    new = tuple.__new__  # a third of the time that the constructors take, for a page of named tuples
    return [new(RankedHit, (new(SortPosition, row), -row[1])) for row in rows], total
