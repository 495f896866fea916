"""Which days has a period of a timeline, such as ``2026-01`` or ``2026-W01``?"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple


class Days(NamedTuple):
    """The first and the last day of a period."""

    first: date
    last: date


def days(period: str) -> Days | None:
    """The days of ``2026``, ``2026-01``, ``2026-01-02`` or ``2026-W01``; None for anything else."""
    try:
        first = date.fromisoformat(period + {4: "-01-01", 7: "-01"}.get(len(period), ""))
        if "-W" in period:
            return Days(first, first + timedelta(days=6))
    except (ValueError, OverflowError):
        return None
    month = 12 if len(period) == len("2026") else first.month
    day = first.day if len(period) > len("2026-01") else calendar.monthrange(first.year, month)[1]
    return Days(first, date(first.year, month, day))


def periods(unit: str, span: Days) -> Iterator[str]:
    """The names of all periods of a unit from that of the first day to that of the last."""
    first, last = span
    if unit == "year":
        yield from (f"{year:04d}" for year in range(first.year, last.year + 1))
    elif unit == "month":
        for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
            yield f"{month // 12:04d}-{month % 12 + 1:02d}"
    elif unit == "week":
        for day in range(first.toordinal() - first.weekday(), last.toordinal() + 1, 7):
            year, week, _ = date.fromordinal(day).isocalendar()
            yield f"{year:04d}-W{week:02d}"
    else:
        for day in range(first.toordinal(), last.toordinal() + 1):
            yield date.fromordinal(day).isoformat()


def bounds(period: str) -> tuple[str, str]:
    """The ``since`` and ``until`` that a search takes for a period: it does not know weeks."""
    week = days(period) if "-W" in period else None
    return (week.first.isoformat(), week.last.isoformat()) if week else (period, period)
