"""Counts the matches of several queries by period of publication, in one request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from newsindex.backends.opensearch.searching.pinned_index import PinnedIndex
from newsindex.backends.opensearch.searching.querying.query_compiler import QueryCompiler, boolean
from newsindex.query.ranking.search_options import TimelineUnit
from newsindex.query.syntax.parser import ParsedQuery

from .match_counts import counting, periods_of


class PeriodCounts(NamedTuple):
    """The matches of a query: of each period that has any, by its number since 1970, and all of them."""

    by_period: Mapping[int, int]
    total: int


def count_by_period(
    pinned: PinnedIndex, compiler: QueryCompiler, queries: Sequence[ParsedQuery], unit: TimelineUnit
) -> list[PeriodCounts]:
    """Returns the counts of each query."""
    bodies = [
        {
            "query": boolean(filters=[compiler.matching(query.tree)]), "size": 0, "track_total_hits": True,
            "aggs": counting((), unit),
        }
        for query in queries
    ]  # fmt: skip
    return [
        PeriodCounts(periods_of(unit, answer.aggregations), answer.total)
        for answer in pinned.search_all(bodies)
    ]
