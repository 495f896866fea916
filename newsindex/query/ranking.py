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
from .parser import ParsedQuery
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
    answers: list[Matches]  # of each segment
    hidden: Mapping[Document, Sequence[Document]] = MappingProxyType({})  # near-identical to one on the page


def rank(snapshot: Snapshot, query: ParsedQuery, page: Page) -> Ranking:
    """Which documents a page holds, without their texts."""
    executor = Executor(snapshot)
    after = decode_cursor(page.after, snapshot, page.sort) if page.after else None
    wanted = page.limit + 1
    total = 0
    found = []
    answers = []
    first: list[tuple[Place, float]] = []
    for number, view in enumerate(snapshot.views):
        matches = executor.matches(view, query.tree)
        answers.append(matches)
        total += matches.count
        if page.facets or page.timeline:
            found.append((view, matches.documents))
        least = -first[-1][0].key if len(first) == wanted else 0.0
        first += _first(number, view.segment.published, matches, page.sort, wanted, after, least)
        first.sort()
        del first[wanted:]
    places = [place for place, _ in first[: page.limit]]
    scores = [score for _, score in first[: page.limit]]
    return Ranking(places, scores, len(first) > page.limit > 0, total, found, answers)


def place_of(snapshot: Snapshot, ranking: Ranking, document: Document, sort: str) -> Place | None:
    """Where a document stands in an order, None where it is no match."""
    matches = ranking.answers[document.segment]
    one = matches.kept(np.flatnonzero(matches.documents == document.document))
    published = snapshot.segments[document.segment].published
    found = _first(document.segment, published, one, sort, 1, None, 0.0)
    return next((place for place, _ in found), None)


def _first(
    number: int,
    published: NDArray[np.int32],
    matches: Matches,
    sort: str,
    wanted: int,
    after: Place | None,
    least: float,
) -> list[tuple[Place, float]]:
    """The first ``wanted`` matches of a segment in the order of the page, after a place, and their scores;
    maybe a few more.

    In the order by relevance, only those that score ``least`` at the least.
    """
    if after is not None:
        documents, scores = matches.documents, matches.scores
    elif sort == "relevance":
        documents, scores = matches.best(wanted, least)
    else:
        part = _end(matches.documents, published, sort, wanted)
        documents, scores = matches.documents[part], matches.scores[part]
    keys = -scores if sort == "relevance" else _time_keys(published[documents], sort)
    if after is not None:
        kept = np.flatnonzero(_follows(keys, published[documents], number, documents, after))
        documents, scores, keys = documents[kept], scores[kept], keys[kept]
    if len(keys) > 2 * wanted:
        kept = np.flatnonzero(keys <= np.partition(keys, wanted - 1)[wanted - 1])
        if len(kept) > wanted:  # ties at the bound
            ties = (documents[kept], -published[documents[kept]].astype(np.int64), keys[kept])
            kept = kept[np.lexsort(ties)[:wanted]]
        documents, scores, keys = documents[kept], scores[kept], keys[kept]
    rows = zip(keys.tolist(), published[documents].tolist(), documents.tolist(), scores.tolist(), strict=True)
    return [(Place(key, -when, number, document), score) for key, when, document, score in rows]


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
