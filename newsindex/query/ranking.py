"""Which of all matches are on a page?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from numpy.typing import NDArray

from .cursor import Place
from .duplicates import Document
from .matches import Matches
from .order import Order
from .page import Page
from .parser import ParsedQuery
from .snapshot import SegmentView, Snapshot


class Ranking(NamedTuple):
    """The places of one page in order, their scores, and what is known of all matches."""

    places: list[Place]
    scores: list[float]
    more: bool
    total: int
    found: list[tuple[SegmentView, NDArray[Any]]]  # all matches, where facets or a timeline need them
    order: Order
    answers: dict[int, Matches]  # all matches of a segment, where they were needed
    hidden: Mapping[Document, Sequence[Document]] = MappingProxyType({})  # near-identical to one on the page


def rank(snapshot: Snapshot, query: ParsedQuery, page: Page) -> Ranking:
    """Which documents a page holds, without their texts."""
    order = Order(snapshot, query, page)
    wanted = page.limit + 1
    total = 0
    found = []
    first: list[tuple[Place, float]] = []
    for number, view in enumerate(snapshot.views):
        least = -first[-1][0].key if len(first) == wanted else 0.0
        if order.only_best:
            matches, count = order.best(view, least)
        else:
            matches = order.executor.matches(view, query.tree)
            count = matches.count
        total += count
        if page.facets or page.timeline:
            found.append((view, matches.documents))
        first += order.first(number, view, matches, least)
        first.sort()
        del first[wanted:]
    places = [place for place, _ in first[: page.limit]]
    scores = [score for _, score in first[: page.limit]]
    return Ranking(places, scores, len(first) > page.limit > 0, total, found, order, {})


def place_of(snapshot: Snapshot, ranking: Ranking, query: ParsedQuery, document: Document) -> Place | None:
    """Where a document stands in the order of a ranking from the first page on, None where it is no match."""
    view = snapshot.views[document.segment]
    matches = ranking.answers.get(document.segment)
    if matches is None:
        matches = ranking.answers[document.segment] = ranking.order.executor.matches(view, query.tree)
    return ranking.order.place_of(document.segment, view, matches, document.document)
