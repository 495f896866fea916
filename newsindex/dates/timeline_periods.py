"""The names of the periods of a timeline, such as ``2026-01`` or ``2026-W01``, and their days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from .day_range import DayRange, last_of_month, one_day, week

_YEAR_LENGTH: Final = len("2026")
_MONTH_LENGTH: Final = len("2026-01")


def period_days(name: str) -> DayRange | None:
    """The days of ``2026``, ``2026-01``, ``2026-01-02`` or ``2026-W01``; None for any other text."""
    try:
        first = date.fromisoformat(name + {_YEAR_LENGTH: "-01-01", _MONTH_LENGTH: "-01"}.get(len(name), ""))
        if "-W" in name:
            return DayRange(first, week(first).last)
    except (ValueError, OverflowError):
        return None
    if len(name) > _MONTH_LENGTH:
        return one_day(first)
    return DayRange(first, last_of_month(first.year, 12 if len(name) == _YEAR_LENGTH else first.month))


def period_names(unit: str, days: DayRange) -> Iterator[str]:
    """The names of all periods of a unit from that of the first day to that of the last.

    The unit is "year", "month", "week" or "day".
    """
    first, last = days
    if unit == "year":
        yield from (f"{year:04d}" for year in range(first.year, last.year + 1))
    elif unit == "month":
        for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
            yield f"{month // 12:04d}-{month % 12 + 1:02d}"
    elif unit == "week":
        for day in range(first.toordinal() - first.weekday(), last.toordinal() + 1, 7):
            year, number, _ = date.fromordinal(day).isocalendar()
            yield f"{year:04d}-W{number:02d}"
    else:
        for day in range(first.toordinal(), last.toordinal() + 1):
            yield date.fromordinal(day).isoformat()


def search_bounds(name: str) -> tuple[str, str]:
    """The ``since`` and ``until`` by which a search finds a period: those of a week are its days."""
    days = period_days(name) if "-W" in name else None
    return (days.first.isoformat(), days.last.isoformat()) if days else (name, name)
