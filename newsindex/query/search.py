"""Runs one search, from its query tree to one page of results.

It joins ``ranking`` and ``presentation``; a correction from ``suggestion`` is handed in by the searcher.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.presentation.hits import present_hits
from newsindex.query.ranking.collapsing import rank_collapsed
from newsindex.query.ranking.counting.timeline_counts import name_periods
from newsindex.query.ranking.counting.undated_matches import count_undated, undated_notes
from newsindex.query.ranking.ranked_page import rank
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.suggestion.unknown_labels import SnapshotLabels, unknown_labels
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.results import Results


def run(
    snapshot: Snapshot,
    query: ParsedQuery,
    options: SearchOptions,
    correct: Callable[[int], str | None] | None = None,
) -> Results:
    """Searches a snapshot and returns one page of results.

    ``correct`` takes the number of matches and returns a corrected query that has more, or None. Raises
    QueryError, and DeadlineExceeded inside a ``deadline`` block.
    """
    started = time.perf_counter()
    page = (rank_collapsed if options.collapse else rank)(snapshot, query, options)
    undated = 0 if options.after else count_undated(page.order.evaluator, query.tree)
    return Results(
        hits=present_hits(snapshot, query, page, options),
        total=page.total,
        next=page.order.cursor_after(page.hits[-1].position) if page.has_more else None,
        facets={field: page.counts.facet(field) for field in options.facets},
        timeline=name_periods(unit, page.counts.periods(unit)) if (unit := options.timeline) else {},
        notes=(
            *query.notes,
            *unknown_labels(query.tree, SnapshotLabels(snapshot)),
            *undated_notes(undated),
        ),
        suggestion=correct(page.total) if correct is not None else None,
        seconds=time.perf_counter() - started,
    )
