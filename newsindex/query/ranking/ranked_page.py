"""Ranks one page of a search: positions and scores without texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.query.syntax.parser import ParsedQuery

from .final_order import FinalOrder
from .result_order import RankedHit
from .search_options import SearchOptions
from .top_hits import SegmentDocuments


@dataclass(frozen=True, slots=True)
class RankedPage:
    """The hits of one page in their order, and what is known of all matches.

    ``has_more`` says whether hits follow the page; ``total`` counts all matches. ``matched`` are the matching
    documents of every segment where facets or a timeline count them, else it is empty. ``duplicates`` are,
    for each hit of a collapsed page, the near-identical matches that are hidden behind it.
    """

    hits: Sequence[RankedHit]
    has_more: bool
    total: int
    matched: Sequence[SegmentDocuments]
    order: FinalOrder
    duplicates: Mapping[DocumentAddress, Sequence[DocumentAddress]] = field(default_factory=dict)


def rank(snapshot: Snapshot, query: ParsedQuery, options: SearchOptions) -> RankedPage:
    """Returns the hits of a page. Raises QueryError."""
    order = FinalOrder(snapshot, query, options)
    hits, total, matched = order.following_hits()
    has_more = len(hits) > options.limit > 0
    return RankedPage(hits[: options.limit], has_more, total, matched, order)
