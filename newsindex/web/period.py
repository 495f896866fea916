"""Which days has a period of a timeline, such as ``2026-01`` or ``2026-W01``?"""

from __future__ import annotations

import calendar
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


def bounds(period: str) -> tuple[str, str]:
    """The ``since`` and ``until`` that a search takes for a period: it does not know weeks."""
    week = days(period) if "-W" in period else None
    return (week.first.isoformat(), week.last.isoformat()) if week else (period, period)
