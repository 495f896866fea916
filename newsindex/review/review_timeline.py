"""Counts by day, taken together by longer periods where there are many days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from newsindex.dates.day_range import DayRange
from newsindex.dates.timeline_periods import period_names

_MAX_DAYS: Final = (("day", 31), ("week", 183), ("month", 1830))
"""The units of a timeline, each with the longest time that it is used for."""


def by_readable_periods(days: Mapping[str, int]) -> dict[str, int]:
    """The counts of days by the shortest unit that gives a short list; periods without an article count 0.

    Where more than half of the periods have no article, as one wrong date can cause, these are left out.

    The days are in the form ``2026-01-31``, ascending; so are the periods (see timeline_periods.py).
    """
    if not days:
        return {}
    first, *_, last = [date.fromisoformat(day) for day in (next(iter(days)), *days)]
    length = (last - first).days
    unit = next((unit for unit, most in _MAX_DAYS if length < most), "year")
    counts = dict.fromkeys(period_names(unit, DayRange(first, last)), 0)
    for name, count in days.items():
        day = date.fromisoformat(name)
        (period,) = period_names(unit, DayRange(day, day))
        counts[period] += count
    filled = {period: count for period, count in counts.items() if count}
    return filled if len(counts) > 2 * len(filled) else counts
