"""Which of all matches are on a page?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arguments import shown
from ..errors import QueryError
from ..storage.segment import UNDATED
from .cursor import SORTS, Place, decode_cursor
from .duplicates import Document
from .executor import Executor
from .matches import Matches
from .neighbours import bonuses, pairs
from .parser import ParsedQuery
from .pruning import MARGIN, Best
from .snapshot import SegmentView, Snapshot

MAX_LIMIT: Final = 10_000


@dataclass(frozen=True)
class Page:
    """Which hits to give, and what to make of them. Raises QueryError for values out of range."""

    limit: int = 10
    sort: str = "relevance"
    after: str | None = None
    facets: Sequence[str] = ()
    timeline: str | None = None
    highlight: bool = True
    collapse: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.limit <= MAX_LIMIT:
            raise QueryError(f"limit must be from 0 to {MAX_LIMIT:,}, not {shown(self.limit)}")
        if self.sort not in SORTS:
            raise QueryError(f"sort must be one of {', '.join(SORTS)}, not {shown(self.sort)}")


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


class Order:
    """In which order the matches of a query come."""

    def __init__(self, snapshot: Snapshot, query: ParsedQuery, page: Page) -> None:
        self.executor = Executor(snapshot)
        self._tree = query.tree
        self._sort = page.sort
        self._wanted = page.limit + 1
        self._after = decode_cursor(page.after, snapshot, page.sort) if page.after else None
        self._pairs = pairs(query.tree, snapshot) if page.sort == "relevance" else []
        self._slack = sum([pair.worth for pair in self._pairs]) * MARGIN
        self.only_best = page.sort == "relevance" and not (page.after or page.facets or page.timeline)

    def best(self, view: SegmentView, least: float) -> Best:
        """Matches of a segment that may be on the page, where only those with the best scores are needed."""
        return self.executor.best(view, self._tree, self._wanted, least, self._slack)

    def first(
        self, number: int, view: SegmentView, matches: Matches, least: float
    ) -> list[tuple[Place, float]]:
        """The first matches of a segment in the order of the page, after a place, and their scores; maybe a few
        more. In the order by relevance, only those that score ``least`` at the least."""
        published = view.segment.published
        documents, scores = self._candidates(matches, published, least)
        if self._pairs and len(documents):
            ascending = np.argsort(documents, kind="stable")
            documents, scores = documents[ascending], scores[ascending]
            scores = scores + bonuses(view, documents, self._pairs)
        keys = -scores if self._sort == "relevance" else _time_keys(published[documents], self._sort)
        if self._after is not None:
            kept = np.flatnonzero(_follows(keys, published[documents], number, documents, self._after))
            documents, scores, keys = documents[kept], scores[kept], keys[kept]
        if len(keys) > 2 * self._wanted:
            kept = _least(keys, published, documents, self._wanted)
            documents, scores, keys = documents[kept], scores[kept], keys[kept]
        when = published[documents].tolist()
        rows = zip(keys.tolist(), when, documents.tolist(), scores.tolist(), strict=True)
        return [(Place(key, -when, number, document), score) for key, when, document, score in rows]

    def _candidates(
        self, matches: Matches, published: NDArray[np.int32], least: float
    ) -> tuple[NDArray[Any], NDArray[np.float32]]:
        """Matches among which the first of the page are, and their scores without what pairs are worth."""
        if self._sort == "relevance" and self._after is None:
            return matches.best(self._wanted, least, self._slack)
        documents, scores = matches.documents, matches.scores
        if self._after is None:
            part = _end(documents, published, self._sort, self._wanted)
        elif self._pairs:
            part = self._near(scores, -self._after.key)
        else:
            part = slice(None)
        return documents[part], scores[part]

    def _near(self, scores: NDArray[np.float32], last: float) -> NDArray[np.intp]:
        """Which matches may, with what their pairs are worth, be among the first after one with a score."""
        follow = scores[scores <= last - self._slack]
        least = -np.inf
        if len(follow) > self._wanted:
            least = float(np.partition(follow, -self._wanted)[-self._wanted]) - self._slack
        return np.flatnonzero((scores <= last) & (scores >= least))

    def place_of(self, number: int, view: SegmentView, matches: Matches, document: int) -> Place | None:
        """Where a document stands in the order from the first page on, None where it is no match."""
        one = matches.kept(np.flatnonzero(matches.documents == document))
        if not one.count:
            return None
        score = one.scores + bonuses(view, one.documents, self._pairs)
        published = view.segment.published[one.documents]
        key = -score if self._sort == "relevance" else _time_keys(published, self._sort)
        return Place(float(key[0]), -int(published[0]), number, document)


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


def _least(
    keys: NDArray[np.floating[Any]], published: NDArray[np.int32], documents: NDArray[Any], wanted: int
) -> NDArray[np.intp]:
    """The places of the least keys; of equal ones the newer documents come first."""
    kept = np.flatnonzero(keys <= np.partition(keys, wanted - 1)[wanted - 1])
    if len(kept) > wanted:
        ties = (documents[kept], -published[documents[kept]].astype(np.int64), keys[kept])
        kept = kept[np.lexsort(ties)[:wanted]]
    return kept


def _end(documents: NDArray[Any], published: NDArray[np.int32], sort: str, wanted: int) -> slice:
    """Where the first ``wanted`` of some documents in the order by date are, and all of the same date as the
    last of these: documents are in that order already."""
    if len(documents) <= wanted:
        return slice(None)
    if sort == "newest":
        oldest = np.searchsorted(published, published[documents[-wanted]])
        return slice(int(np.searchsorted(documents, oldest)), None)
    dated = int(np.searchsorted(documents, np.searchsorted(published, UNDATED, "right")))
    if len(documents) - dated < wanted:
        return slice(None)
    newest = np.searchsorted(published, published[documents[dated + wanted - 1]], "right")
    return slice(dated, int(np.searchsorted(documents, newest)))


def _time_keys(published: NDArray[Any], sort: str) -> NDArray[np.float64]:
    """What an order by date goes by, ascending; articles without a date come last."""
    undated = published == UNDATED
    return np.where(undated, np.inf, published if sort == "oldest" else -published.astype(np.int64))


def _follows(
    keys: NDArray[np.floating[Any]],
    published: NDArray[np.int32],
    number: int,
    documents: NDArray[Any],
    after: Place,
) -> NDArray[np.bool_]:
    if number == after.segment:
        last = documents > after.document
    else:
        last = np.full(len(keys), number > after.segment)
    tie = -published.astype(np.int64)
    later = (tie > after.tie) | ((tie == after.tie) & last)
    follows: NDArray[np.bool_] = (keys > after.key) | ((keys == after.key) & later)
    return follows
