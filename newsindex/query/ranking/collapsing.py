"""Ranks collapsed pages, on which near-identical articles are one hit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsindex.deadline import check_deadline
from newsindex.query.evaluation.matches import Matches
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.query.similarity.near_duplicates import DuplicateGroups
from newsindex.query.syntax.parser import ParsedQuery

from .cursor import SortPosition
from .final_order import FinalOrder
from .ranked_page import RankedPage, rank
from .result_order import RankedHit
from .search_options import MAX_LIMIT, SearchOptions


def rank_collapsed(snapshot: Snapshot, query: ParsedQuery, options: SearchOptions) -> RankedPage:
    """Returns a page without the matches that are near-identical to a hit before them, on any page."""
    limit = options.limit
    part_options = replace(options, limit=min(limit + limit // 2 + 1, MAX_LIMIT))
    first_part = rank(snapshot, query, part_options)
    positions = _PositionLookup(snapshot, query, first_part.order)
    groups = DuplicateGroups(snapshot, positions, is_from_first=not options.after)
    hits: list[RankedHit] = []
    duplicates: dict[DocumentAddress, Sequence[DocumentAddress]] = {}
    has_more = False
    for hit in _following_hits(snapshot, query, part_options, first_part):
        address = DocumentAddress(hit.position.segment, hit.position.document)
        if not groups.is_shown(address):
            continue
        if len(hits) == limit:
            has_more = limit > 0
            break
        hits.append(hit)
        duplicates[address] = groups.hidden_by(address)
    return replace(first_part, hits=hits, has_more=has_more, duplicates=duplicates)


def _following_hits(
    snapshot: Snapshot, query: ParsedQuery, options: SearchOptions, page: RankedPage
) -> Iterator[RankedHit]:
    """The hits of a page, then those of the pages after it, which grow; all in order."""
    yield from page.hits
    while page.has_more:
        check_deadline()
        after = page.order.cursor_after(page.hits[-1].position)
        limit = min(2 * options.limit, MAX_LIMIT)
        options = replace(options, limit=limit, after=after, facets=(), timeline=None)
        page = rank(snapshot, query, options)
        yield from page.hits


class _PositionLookup:
    """Finds the positions of documents in an order, and evaluates a segment once for all of its documents."""

    def __init__(self, snapshot: Snapshot, query: ParsedQuery, order: FinalOrder) -> None:
        self._snapshot = snapshot
        self._tree = query.tree
        self._order = order
        self._matches: dict[int, Matches] = {}  # by segment

    def __call__(self, address: DocumentAddress) -> SortPosition | None:
        """The position of a document from the first page on, None where it is no match."""
        segment, document = address
        view = self._snapshot.views[segment]
        matches = self._matches.get(segment)
        if matches is None:
            matches = self._matches[segment] = self._order.evaluator.matches(view, self._tree)
        return self._order.position_of(segment, view, matches, document)
