"""Counts all matches on the cluster: by the values of a field, and by period of publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from newsindex.dates.minutes import minutes_of_day
from newsindex.query.ranking.counting.facet_counts import facet_of
from newsindex.query.ranking.counting.timeline_counts import PeriodCounts, name_periods, period_numbers
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.timelines import TimelineUnit

MAX_VALUES: Final = 10_000
"""The values of a field that a facet counts: those that most matches have."""
_MAX_PERIODS: Final = 65_000


def counting(facets: Sequence[str], timeline: TimelineUnit | None) -> dict[str, Any]:
    """Returns the aggregations that count the matches by some fields and by period."""
    aggregations: dict[str, Any] = {
        f"facet {field}": {
            "terms": {"field": field, "size": MAX_VALUES, "order": [{"_count": "desc"}, {"_key": "asc"}]}
        }
        for field in facets
    }
    if timeline is not None:
        aggregations["timeline"] = {
            "terms": {"field": timeline, "size": _MAX_PERIODS, "order": {"_key": "asc"}}
        }
    return aggregations


def facets_of(options: SearchOptions, aggregations: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Returns the counts by the fields that the options name, as ``facet_of`` orders them."""
    return {field: facet_of(field, _counts(aggregations[f"facet {field}"])) for field in options.facets}


def timeline_of(unit: TimelineUnit | None, aggregations: Mapping[str, Any]) -> dict[str, int]:
    """Returns the counts by period, from the first period with a match to the last."""
    if unit is None:
        return {}
    periods = sorted(periods_of(unit, aggregations).items())
    numbers, counts = (np.array([row[column] for row in periods], np.int64) for column in range(2))
    return name_periods(unit, PeriodCounts(numbers, counts))


def periods_of(unit: TimelineUnit, aggregations: Mapping[str, Any]) -> dict[int, int]:
    """Returns the counts of the periods that have any match, by the numbers of the periods since 1970."""
    counts = _counts(aggregations["timeline"])
    starts = np.array([minutes_of_day(_first_day(unit, name)) for name in counts], np.int32)
    return dict(zip(period_numbers(unit, starts).tolist(), counts.values(), strict=True))


def _counts(aggregation: Mapping[str, Any]) -> dict[str, int]:
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in aggregation["buckets"]}


def _first_day(unit: TimelineUnit, name: str) -> date:
    """The first day of a period by its ISO name; the inverse of the names of timelines."""
    if unit == "day":
        return date.fromisoformat(name)
    if unit == "week":
        year, _, week = name.partition("-W")
        return date.fromisocalendar(int(year), int(week), 1)
    if unit == "month":
        return date.fromisoformat(f"{name}-01")
    return date(int(name), 1, 1)
