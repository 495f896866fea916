"""Collects matches in a row of the first stage's order among all matches of a query."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.deadline import check_deadline
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.parser import ParsedQuery

from .kernel_ranking import rank_by_kernel, sort_by_kernel
from .result_order import RankedHit, ResultOrder


class SegmentDocuments(NamedTuple):
    """The matching documents of one segment, ascending."""

    view: SegmentView
    documents: NDArray[Any]


class CollectedHits(NamedTuple):
    """The first hits in order, the number of all matches, and all matches where they are counted."""

    hits: list[RankedHit]
    total: int
    matched: list[SegmentDocuments]


def collect(snapshot: Snapshot, query: ParsedQuery, order: ResultOrder) -> CollectedHits:
    """Returns the matches that an order seeks, without their texts. Raises QueryError."""
    compiled = snapshot.compiled
    if compiled is None:
        return collect_over_arrays(snapshot, query, order)
    if order.is_top_by_relevance:
        return CollectedHits(*rank_by_kernel(compiled, query.tree, order, order.limit), [])
    return CollectedHits(*sort_by_kernel(compiled, query.tree, order), [])


def collect_over_arrays(snapshot: Snapshot, query: ParsedQuery, order: ResultOrder) -> CollectedHits:
    """The same as :func:`collect`, without the compiled kernel."""
    collect_by = _collect_highest if order.is_top_by_relevance else _collect_first
    return collect_by(snapshot, query, order)


def _collect_first(snapshot: Snapshot, query: ParsedQuery, order: ResultOrder) -> CollectedHits:
    """Collects the first matches in any order, after any position."""
    total = 0
    matched: list[SegmentDocuments] = []
    hits: list[RankedHit] = []
    for segment, view in enumerate(snapshot.views):
        check_deadline()
        matches = order.evaluator.matches(view, query.tree)
        total += matches.count
        if order.needs_all_matches:
            matched.append(SegmentDocuments(view, matches.documents))
        hits += order.first_hits(segment, view, matches)
        hits.sort()
        del hits[order.limit :]
    return CollectedHits(hits, total, matched)


class _SegmentCandidates(NamedTuple):
    """Matches of one segment that may be among those sought, their scores for the tree, and the highest."""

    max_score: float
    segment: int
    documents: NDArray[Any]
    scores: NDArray[np.float32]


def _collect_highest(snapshot: Snapshot, query: ParsedQuery, order: ResultOrder) -> CollectedHits:
    """Collects the matches with the highest scores.

    The first pass scores the query's tree. It keeps every match that the optional scorer can still lift among
    those sought, and the second pass runs that scorer on these alone.
    """
    total = 0
    matched: list[SegmentDocuments] = []
    tolerance = order.optional_scorer.max_score
    highest = np.zeros(0, np.float32)  # scores for the tree
    threshold = 0.0  # the last of the highest scores, once they are enough
    candidates: list[_SegmentCandidates] = []
    for segment, view in enumerate(snapshot.views):
        check_deadline()
        matches, count = order.top_matches(view, threshold)
        total += count
        if order.needs_all_matches:
            matched.append(SegmentDocuments(view, matches.documents))
        documents, scores = matches.top(order.limit, threshold, tolerance)
        if len(scores):
            candidates.append(_SegmentCandidates(float(scores.max()), segment, documents, scores))
            highest = np.concatenate((highest, scores))
            if len(highest) >= order.limit:
                highest = np.partition(highest, -order.limit)[-order.limit :]
                threshold = float(highest[0])
    return CollectedHits(_final_hits(snapshot, order, candidates, threshold), total, matched)


def _final_hits(
    snapshot: Snapshot, order: ResultOrder, candidates: list[_SegmentCandidates], threshold: float
) -> list[RankedHit]:
    """The first hits by the score of the first stage.

    The segments with the highest scores come first, so that others are skipped.
    """
    tolerance = order.optional_scorer.max_score
    hits: list[RankedHit] = []
    for max_score, segment, documents, scores in sorted(candidates, key=lambda part: -part.max_score):
        check_deadline()
        if len(hits) == order.limit:
            threshold = max(threshold, -hits[-1].position.key)
        if max_score < threshold - tolerance:
            break
        kept = scores >= threshold - tolerance
        hits += order.ranked(segment, snapshot.views[segment], documents[kept], scores[kept])
        hits.sort()
        del hits[order.limit :]
    return hits
