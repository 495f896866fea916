"""How is a page made in which near-identical articles are shown once?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.query.similarity.near_duplicates import DuplicateGroups
from newsindex.query.syntax.parser import ParsedQuery

from .cursor import SortPosition, encode_cursor
from .search_options import MAX_LIMIT, SearchOptions
from .top_hits import RankedPage, place_of, rank


def collapsed(snapshot: Snapshot, query: ParsedQuery, page: SearchOptions) -> RankedPage:
    """A page without the matches that are near-identical to one shown before them, on any page."""
    part = replace(page, limit=min(page.limit + page.limit // 2 + 1, MAX_LIMIT))
    whole = rank(snapshot, query, part)
    families = DuplicateGroups(snapshot, lambda document: place_of(snapshot, whole, query, document))
    places, scores, hidden = [], [], {}
    for place, score in _ranked(snapshot, query, part, whole):
        document = DocumentAddress(place.segment, place.document)
        near = families.hidden_by(document)
        if near is not None:
            places.append(place)
            scores.append(score)
            hidden[document] = near
        if len(places) > page.limit:
            break
    more = len(places) > page.limit > 0
    return whole._replace(places=places[: page.limit], scores=scores[: page.limit], more=more, hidden=hidden)


def _ranked(
    snapshot: Snapshot, query: ParsedQuery, page: SearchOptions, ranking: RankedPage
) -> Iterator[tuple[SortPosition, float]]:
    """The places and scores of a page, then those of the pages that follow."""
    yield from zip(ranking.places, ranking.scores, strict=True)
    while ranking.more:
        after = encode_cursor(ranking.places[-1], snapshot, page.order)
        page = replace(page, limit=min(2 * page.limit, MAX_LIMIT), after=after, facets=(), timeline=None)
        ranking = rank(snapshot, query, page)
        yield from zip(ranking.places, ranking.scores, strict=True)
