"""Counts the matches of several queries by period of publication, in one request."""

from __future__ import annotations

from collections.abc import Sequence

from newsindex.backends.opensearch.searching.pinned_index import PinnedIndex
from newsindex.backends.opensearch.searching.querying.clauses import boolean
from newsindex.backends.opensearch.searching.querying.query_compiler import QueryCompiler
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.query.timeline_comparison import CountedPeriods
from newsindex.timelines import TimelineUnit

from .match_counts import counting, periods_of


def count_by_period(
    pinned: PinnedIndex, compiler: QueryCompiler, queries: Sequence[ParsedQuery], unit: TimelineUnit
) -> list[CountedPeriods]:
    """Returns the counts of each query."""
    bodies = [
        {
            "query": boolean(filters=[compiler.matching(query.tree)]), "size": 0, "track_total_hits": True,
            "aggs": counting((), unit),
        }
        for query in queries
    ]  # fmt: skip
    return [
        CountedPeriods(periods_of(unit, answer.aggregations), answer.total)
        for answer in pinned.search_all(bodies)
    ]
