"""Ranks one page of a search: positions and scores without texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.query.syntax.parser import ParsedQuery

from .counting.kernel_counts import KernelCounts
from .counting.match_counts import ArrayCounts, MatchCounts
from .final_order import FinalOrder
from .result_order import RankedHit
from .search_options import SearchOptions


@dataclass(frozen=True, slots=True)
class RankedPage:
    """The hits of one page in their order, and what is known of all matches.

    ``has_more`` says whether hits follow the page; ``total`` counts all matches. ``counts`` are those of
    the facets and of the timeline that the options name. ``duplicates`` are, for each hit of a collapsed
    page, the near-identical matches that are hidden behind it.
    """

    hits: Sequence[RankedHit]
    has_more: bool
    total: int
    counts: MatchCounts
    order: FinalOrder
    duplicates: Mapping[DocumentAddress, Sequence[DocumentAddress]] = field(default_factory=dict)


def rank(snapshot: Snapshot, query: ParsedQuery, options: SearchOptions) -> RankedPage:
    """Returns the hits of a page. Raises QueryError."""
    order = FinalOrder(snapshot, query, options)
    hits, total, matched = order.following_hits()
    has_more = len(hits) > options.limit > 0
    counts: MatchCounts = ArrayCounts(matched)
    if snapshot.compiled is not None and (options.facets or options.timeline):
        counts = KernelCounts(snapshot.compiled, order.evaluator.plan(snapshot.compiled, query.tree), options)
    return RankedPage(hits[: options.limit], has_more, total, counts, order)
