"""Which of all matches are on a page?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.query.evaluation.matches import Matches
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.query.syntax.parser import ParsedQuery

from .cursor import SortPosition
from .result_order import ResultOrder
from .search_options import SearchOptions


class RankedPage(NamedTuple):
    """The places of one page in order, their scores, and what is known of all matches."""

    places: list[SortPosition]
    scores: list[float]
    more: bool
    total: int
    found: list[tuple[SegmentView, NDArray[Any]]]  # all matches, where facets or a timeline need them
    order: ResultOrder
    answers: dict[int, Matches]  # all matches of a segment, where they were needed
    hidden: Mapping[DocumentAddress, Sequence[DocumentAddress]] = MappingProxyType(
        {}
    )  # near-identical to one on the page


def rank(snapshot: Snapshot, query: ParsedQuery, page: SearchOptions) -> RankedPage:
    """Which documents a page holds, without their texts."""
    order = ResultOrder(snapshot, query, page)
    first, total, found = (_best if order.by_best else _first)(snapshot, query, order)
    places = [place for place, _ in first[: page.limit]]
    scores = [score for _, score in first[: page.limit]]
    return RankedPage(places, scores, len(first) > page.limit > 0, total, found, order, {})


_Found = list[tuple[SegmentView, NDArray[Any]]]


def _first(
    snapshot: Snapshot, query: ParsedQuery, order: ResultOrder
) -> tuple[list[tuple[SortPosition, float]], int, _Found]:
    """The first matches in an order, how many there are in all, and all of them where they are counted."""
    total = 0
    found: _Found = []
    first: list[tuple[SortPosition, float]] = []
    for number, view in enumerate(snapshot.views):
        matches = order.executor.matches(view, query.tree)
        total += matches.count
        if order.counts_all:
            found.append((view, matches.documents))
        first += order.first(number, view, matches)
        first.sort()
        del first[order.wanted :]
    return first, total, found


def _best(
    snapshot: Snapshot, query: ParsedQuery, order: ResultOrder
) -> tuple[list[tuple[SortPosition, float]], int, _Found]:
    """As :func:`_first`, where the best scores come first: what counts beside the query's tree is only looked
    at in the segments and documents that can still win by it."""
    total = 0
    found: _Found = []
    wanted, slack = order.wanted, order.extras.most
    best = np.zeros(0, np.float32)  # scores for the tree
    least = 0.0
    near: list[tuple[float, int, NDArray[Any], NDArray[np.float32]]] = []
    for number, view in enumerate(snapshot.views):
        matches, count = order.best(view, least)
        total += count
        if order.counts_all:
            found.append((view, matches.documents))
        documents, scores = matches.top(wanted, least, slack)
        if len(scores):
            near.append((float(scores.max()), number, documents, scores))
            best = np.concatenate((best, scores))
            if len(best) >= wanted:
                best = np.partition(best, -wanted)[-wanted:]
                least = float(best[0])
    first: list[tuple[SortPosition, float]] = []
    for highest, number, documents, scores in sorted(near, key=lambda part: -part[0]):
        if len(first) == wanted:
            least = max(least, -first[-1][0].key)
        if highest < least - slack:
            break
        kept = scores >= least - slack
        first += order.placed(number, snapshot.views[number], documents[kept], scores[kept])
        first.sort()
        del first[wanted:]
    return first, total, found


def place_of(
    snapshot: Snapshot, ranking: RankedPage, query: ParsedQuery, document: DocumentAddress
) -> SortPosition | None:
    """Where a document stands in the order of a ranking from the first page on, None where it is no match."""
    view = snapshot.views[document.segment]
    matches = ranking.answers.get(document.segment)
    if matches is None:
        matches = ranking.answers[document.segment] = ranking.order.executor.matches(view, query.tree)
    return ranking.order.place_of(document.segment, view, matches, document.document)
