"""Counts the matches of several queries over the same periods of publication."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, cast

from newsindex.arguments import optional_text, shown, text, texts
from newsindex.errors import QueryError
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.ranking.counting.timeline_counts import period_name, shown_periods
from newsindex.query.ranking.ranked_page import rank
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.suggestion.unknown_labels import Labels, unknown_labels
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.results import Note
from newsindex.timelines import MAX_QUERIES, TIMELINE_UNITS, Series, Timeline, TimelineUnit


def checked_queries(queries: str | Sequence[str]) -> tuple[str, ...]:
    """The queries whose timelines are compared. Raises QueryError, and TypeError."""
    asked = texts("queries", queries)
    if not 1 <= len(asked) <= MAX_QUERIES:
        raise QueryError(f"a timeline takes from 1 to {MAX_QUERIES} queries, not {len(asked):,}")
    for query in asked:
        if not (optional_text("a query", query) or "").strip():
            raise QueryError("a timeline takes no empty query: leave it out, or write * for all articles")
    return asked


def checked_unit(unit: object) -> TimelineUnit:
    """The unit of a timeline. Raises QueryError, and TypeError."""
    if text("unit", unit) not in TIMELINE_UNITS:
        raise QueryError(f"no timeline by {shown(unit)}: choose one of {', '.join(TIMELINE_UNITS)}")
    return cast("TimelineUnit", unit)


class CountedPeriods(NamedTuple):
    """The matches of a query: of each period that has any, by its number, and all of them."""

    by_period: Mapping[int, int]
    total: int


def compare_timelines(
    queries: Iterable[tuple[str, ParsedQuery]],
    everything: ParsedQuery,
    unit: TimelineUnit,
    counts: Callable[[Sequence[ParsedQuery], TimelineUnit], Sequence[CountedPeriods]],
    labels: Labels,
) -> Timeline:
    """Returns the timelines of some queries, each with its text.

    ``everything`` finds all articles that pass the filters of the queries, of which the shares are taken.
    ``counts`` counts what some queries find, and ``labels`` are the names in the index.

    Raises QueryError, and DeadlineExceeded inside a ``deadline`` block.
    """
    started = time.perf_counter()
    asked = list(queries)
    *counted, every = counts([*(query for _, query in asked), everything], unit)
    notes: dict[Note, None] = {}  # in the order in which they were first made
    for _, query in asked:
        notes |= dict.fromkeys([*query.notes, *unknown_labels(query.tree, labels)])
    numbers = shown_periods(number for matches in counted for number in matches.by_period)
    totals = [every.by_period.get(number, 0) for number in numbers]
    return Timeline(
        unit=unit,
        periods=tuple(period_name(unit, number) for number in numbers),
        totals=tuple(totals),
        series=tuple(
            _series(written, matches, numbers, totals)
            for (written, _), matches in zip(asked, counted, strict=True)
        ),
        notes=tuple(notes),
        seconds=time.perf_counter() - started,
    )


def count_periods(snapshot: Snapshot, query: ParsedQuery, unit: TimelineUnit) -> CountedPeriods:
    """Returns the matches of a query in a snapshot. Raises QueryError and DeadlineExceeded."""
    page = rank(snapshot, query, SearchOptions(limit=0, timeline=unit))
    return CountedPeriods(page.counts.periods(unit).as_dict(), page.total)


def _series(query: str, counted: CountedPeriods, numbers: Sequence[int], totals: Sequence[int]) -> Series:
    counts = tuple(counted.by_period.get(number, 0) for number in numbers)
    shares = tuple(count / total if total else None for count, total in zip(counts, totals, strict=True))
    return Series(query, counts, shares, counted.total)
