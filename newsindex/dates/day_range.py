"""A range of whole days, and the ranges that months and weeks are."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple


class DayRange(NamedTuple):
    """The days from the first to the last, both included."""

    first: date
    last: date


def one_day(day: date) -> DayRange:
    """The range of a single day."""
    return DayRange(day, day)


def months(year: int, month: int, count: int = 1) -> DayRange:
    """Some whole months in a row from one on, which may be counted beyond its year (0 is December before it).

    Raises ValueError for months that no calendar has.
    """
    return DayRange(first_of_month(year, month), last_of_month(year, month + count - 1))


def week(day: date) -> DayRange:
    """The week of a day, from Monday to Sunday. Raises OverflowError at the ends of the calendar."""
    monday = day - timedelta(days=day.weekday())
    return DayRange(monday, monday + timedelta(days=6))


def first_of_month(year: int, month: int) -> date:
    """The first day of a month that may be counted beyond its year. Raises ValueError."""
    more_years, month = divmod(month - 1, 12)
    return date(year + more_years, month + 1, 1)


def last_of_month(year: int, month: int) -> date:
    """The last day of a month that may be counted beyond its year. Raises ValueError."""
    first = first_of_month(year, month)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
