"""How does a search run from the query tree to one page of hits?"""

from __future__ import annotations

import base64
import heapq
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arguments import shown
from ..errors import QueryError
from ..storage.records import restored
from ..storage.segment import UNDATED
from .executor import Executor
from .facets import count_periods, count_values
from .matches import Matches
from .nodes import LABEL_FIELDS
from .parser import ParsedQuery
from .results import Hit, Results
from .snapshot import SegmentView, Snapshot
from .snippets import Passages, Wanted, wanted
from .written import is_written

SORTS: Final = ("relevance", "newest", "oldest")
MAX_LIMIT: Final = 10_000
_LONGEST_CURSOR: Final = 400  # characters; ours are a third of this
_LARGEST_KEY: Final = float(np.finfo(np.float32).max)
_MOST: Final = 1 << 32  # beyond every number of a cursor


@dataclass(frozen=True)
class Page:
    """Which hits to give, and what to make of them. Raises QueryError for values out of range."""

    limit: int = 10
    sort: str = "relevance"
    after: str | None = None
    facets: Sequence[str] = ()
    timeline: str | None = None
    highlight: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.limit <= MAX_LIMIT:
            raise QueryError(f"limit must be from 0 to {MAX_LIMIT:,}, not {shown(self.limit)}")
        if self.sort not in SORTS:
            raise QueryError(f"sort must be one of {', '.join(SORTS)}, not {shown(self.sort)}")


class Place(NamedTuple):
    """Where a hit stands in the order: the smaller, the earlier."""

    key: float  # minus the score, or the time
    tie: int  # minus the time: of equal hits the newer comes first
    segment: int
    document: int


class Ranking(NamedTuple):
    """The places of one page in order, their scores, and what is known of all matches."""

    places: list[Place]
    scores: dict[tuple[int, int], float]
    more: bool
    total: int
    found: list[tuple[SegmentView, NDArray[Any]]]  # all matches, where facets or a timeline need them


def run(snapshot: Snapshot, query: ParsedQuery, page: Page) -> Results:
    """Search a snapshot."""
    started = time.perf_counter()
    ranking = rank(snapshot, query, page)
    hits = tuple(_hits(snapshot, query, ranking, page.highlight))
    return Results(
        hits=hits,
        total=ranking.total,
        next=_encode(ranking.places[-1], snapshot, page.sort) if ranking.more else None,
        facets={field: count_values(field, ranking.found) for field in page.facets},
        timeline=count_periods(page.timeline, ranking.found) if page.timeline else {},
        notes=(*query.notes, *_unknown_labels(snapshot, query.tree)),
        seconds=time.perf_counter() - started,
    )


def _unknown_labels(snapshot: Snapshot, tree: Any) -> Iterable[str]:
    """A note on each source, section … that no article has: its name may be longer than what was read."""
    for node in tree.leaves():
        field = getattr(node, "fieldname", None)
        if field not in LABEL_FIELDS or field == "id":
            continue
        if not any(view.label_numbers(field, node.text, is_written(node)) for view in snapshot.views):
            yield (
                f"No article has the {field} {node.text!r}; "
                f'a name of several words needs quotes, as in {field}:"Le Monde".'
            )


def rank(snapshot: Snapshot, query: ParsedQuery, page: Page) -> Ranking:
    """Which documents a page holds, without their texts."""
    executor = Executor(snapshot)
    after = _decode(page.after, snapshot, page.sort) if page.after else None
    total = 0
    found = []
    places: list[Place] = []
    scores: dict[tuple[int, int], float] = {}
    for number, view in enumerate(snapshot.views):
        matches = executor.matches(view, query.tree)
        total += matches.count
        if page.facets or page.timeline:
            found.append((view, matches.documents))
        last = places[page.limit].key if len(places) > page.limit else np.inf
        for place, score in _best(snapshot, number, matches, page, after, last):
            places.append(place)
            scores[place.segment, place.document] = score
        places = heapq.nsmallest(page.limit + 1, places)
    more = len(places) > page.limit > 0
    return Ranking(places[: page.limit], scores, more, total, found)


def _best(
    snapshot: Snapshot, number: int, matches: Matches, page: Page, after: Place | None, last: float
) -> Iterable[tuple[Place, float]]:
    """The first matches of a segment in the order of the page, after a place: one more than asked, and only
    those with keys up to ``last``."""
    published = snapshot.segments[number].published
    wanted = page.limit + 1
    if page.sort == "relevance" and after is None:
        documents, scores = matches.best(wanted, -last)
    else:
        documents, scores = matches.documents, matches.scores
    keys = -scores if page.sort == "relevance" else _time_keys(published[documents], page.sort)
    if after is not None:
        kept = np.flatnonzero(_follows(keys, published[documents], number, documents, after))
        documents, scores, keys = documents[kept], scores[kept], keys[kept]
    if len(keys) > wanted:
        bound = np.partition(keys, wanted - 1)[wanted - 1]
        kept = np.flatnonzero(keys <= bound)
        if len(kept) > wanted:  # ties at the bound
            ties = (documents[kept], -published[documents[kept]].astype(np.int64), keys[kept])
            kept = kept[np.lexsort(ties)[:wanted]]
        documents, scores, keys = documents[kept], scores[kept], keys[kept]
    when = published[documents].astype(np.int64)
    rows = zip(keys.tolist(), (-when).tolist(), documents.tolist(), scores.tolist(), strict=True)
    return [(Place(key, tie, number, document), score) for key, tie, document, score in rows]


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


def _encode(place: Place, snapshot: Snapshot, sort: str) -> str:
    key = "inf" if place.key == float("inf") else place.key
    body = json.dumps([snapshot.commit, sort, key, place.tie, place.segment, place.document])
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def _decode(cursor: str, snapshot: Snapshot, sort: str) -> Place:
    try:
        commit, made_for, place = _read(cursor)
    except (ValueError, TypeError):
        raise QueryError(f"{cursor!r:.40} is no cursor: use the `next` of a result") from None
    if made_for != sort:
        raise QueryError(f"the cursor is of a search by {made_for}, not by {sort}")
    if commit != snapshot.commit:  # segments may be others now: equal hits count as seen
        place = place._replace(segment=len(snapshot.segments))
    return place


def _read(cursor: str) -> tuple[int, str, Place]:
    """The commit, the sort and the place in a cursor, which anybody may have written.

    Raises ValueError or TypeError for what :func:`_encode` cannot have given.
    """
    if len(cursor) > _LONGEST_CURSOR:
        raise ValueError
    body = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
    commit, made_for, key, tie, segment, document = json.loads(body)
    if made_for not in SORTS or any(type(number) is not int for number in (commit, tie, segment, document)):
        raise ValueError
    if min(commit, segment, document) < 0 or max(segment, document, abs(tie)) > _MOST:
        raise ValueError
    if key != "inf" and not (isinstance(key, int | float) and abs(key) <= _LARGEST_KEY):
        raise ValueError
    return commit, made_for, Place(float(key), tie, segment, document)


def _hits(snapshot: Snapshot, query: ParsedQuery, ranking: Ranking, highlight: bool) -> Iterable[Hit]:
    sought = wanted(query.tree, snapshot) if highlight else Wanted()
    weight = {term: snapshot.idf(term) for term in sought.body_terms()}
    of_segment: dict[int, list[int]] = {}
    for place in ranking.places:
        of_segment.setdefault(place.segment, []).append(place.document)
    passages = {
        number: Passages(snapshot.views[number], documents, sought, weight)
        for number, documents in of_segment.items()
    }
    for place in ranking.places:
        article = restored(snapshot.segments[place.segment].text(place.document))
        yield Hit(
            article,
            ranking.scores[place.segment, place.document],
            passages[place.segment].headline(place.document, article.headline),
            passages[place.segment].best(place.document, article.body),
        )
