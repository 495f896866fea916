"""Expressions that name days by the calendar: ``2026-01``, ``1er janvier``, ``2e trimestre 2025``.

A day or a month without its year is the last one that is not in the future.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from .day_patterns import CURRENT, DAY, LAST, LEAP_CYCLE, MONTH, NEXT, PART, PatternTable, number_of
from .day_range import DayRange, last_of_month, months, one_day, week
from .french_calendar import MONTH_NUMBERS, SEASON_STARTS

CALENDAR_EXPRESSIONS: Final = PatternTable()
_reads: Final = CALENDAR_EXPRESSIONS.reads

_YEAR_PARTS: Final = {None: (1, 12), "debut": (1, 4), "mi": (5, 4), "fin": (9, 4)}
"""The first month of each part of a year, and how many months it has."""
_FIRST_DECADE_OF_1900S: Final = 3  # the decades 00, 10 and 20 without a century are those after 2000


@_reads(r"(?P<year>\d{4})-(?P<number>\d{1,2})", r"(?P<number>\d{1,2}) ?[-/.] ?(?P<year>\d{4})")
def _numeric_month(match: re.Match[str], today: date) -> DayRange:
    month = int(match["number"])
    if not 1 <= month <= 12:
        raise ValueError
    return months(int(match["year"]), month)


@_reads(
    r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
    r"(?P<day>\d{1,2}) ?[-/.] ?(?P<month>\d{1,2}) ?[-/.] ?(?P<year>\d{4}|\d\d)",
)
def _numeric_day(match: re.Match[str], today: date) -> DayRange:
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    return one_day(date(year, int(match["month"]), int(match["day"])))


@_reads(r"(?P<day>\d{1,2}) ?/ ?(?P<month>\d{1,2})")
def _numeric_day_without_year(match: re.Match[str], today: date) -> DayRange:
    return _latest_past(int(match["day"]), int(match["month"]), today)


@_reads(rf"{DAY} {MONTH}(?: (?P<year>\d{{4}})| {LAST}| {CURRENT})?")
def _written_day(match: re.Match[str], today: date) -> DayRange:
    day, month = number_of(match["day"]), MONTH_NUMBERS[match["month"]]
    if match["year"]:
        return one_day(date(int(match["year"]), month, day))
    return _latest_past(day, month, today)


def _latest_past(day: int, month: int, today: date) -> DayRange:
    """The last such day that is not in the future. Raises ValueError where no year has it."""
    for year in range(today.year, today.year - LEAP_CYCLE, -1):
        if day <= last_of_month(year, month).day and date(year, month, day) <= today:
            return one_day(date(year, month, day))
    raise ValueError


@_reads(rf"{PART}{MONTH}(?: (?P<year>\d{{4}})| {LAST}| {NEXT}| {CURRENT})?")
def _written_month(match: re.Match[str], today: date) -> DayRange:
    month = MONTH_NUMBERS[match["month"]]
    if match["year"]:
        year = int(match["year"])
    elif match["next"]:
        year = today.year + (month <= today.month)
    else:
        year = today.year - (month > today.month or (month == today.month and bool(match["last"])))
    return _part_of_month(match["part"], months(year, month))


def _part_of_month(part: str | None, month: DayRange) -> DayRange:
    """The first ten days of a month, the next ten, or the rest; all of it where no part is named."""
    tenth, twentieth = month.first.replace(day=10), month.first.replace(day=20)
    next_day = timedelta(days=1)
    match part:
        case "debut":
            return DayRange(month.first, tenth)
        case "mi":
            return DayRange(tenth + next_day, twentieth)
        case "fin":
            return DayRange(twentieth + next_day, month.last)
    return month


@_reads(rf"{PART}(?:l')?(?:annee )?(?P<year>\d{{4}})")
def _year(match: re.Match[str], today: date) -> DayRange:
    return months(int(match["year"]), *_YEAR_PARTS[match["part"]])


@_reads(
    r"(?P<number>1er|premier|2e|deuxieme|second|3e|troisieme|4e|quatrieme) (?P<name>trimestre|semestre)"
    r"(?: de)? (?P<year>\d{4})",
    r"(?P<name>[ts])(?P<number>[1-4]) (?P<year>\d{4})",
)
def _quarter_or_half(match: re.Match[str], today: date) -> DayRange:
    size = 3 if match["name"].startswith("t") else 6
    number = number_of(match["number"])
    if size * number > 12:
        raise ValueError
    return months(int(match["year"]), size * (number - 1) + 1, size)


@_reads(r"(?P<year>\d{4})-?w(?P<week>\d\d)", r"semaine (?P<week>\d{1,2})(?: de)? (?P<year>\d{4})")
def _numbered_week(match: re.Match[str], today: date) -> DayRange:
    return week(date.fromisocalendar(int(match["year"]), int(match["week"]), 1))


@_reads(r"annees (?P<century>\d\d)?(?P<decade>\d)0")
def _decade(match: re.Match[str], today: date) -> DayRange:
    decade = int(match["decade"])
    century = int(match["century"] or (20 if decade < _FIRST_DECADE_OF_1900S else 19))
    return months(100 * century + 10 * decade, 1, 120)


@_reads(rf"(?:cet )?(?P<season>printemps|ete|automne|hiver)(?: (?P<year>\d{{4}})| {LAST})?")
def _season(match: re.Match[str], today: date) -> DayRange:
    """A season by the astronomers' dates; a winter is named by the year in which it begins."""
    names = list(SEASON_STARTS)
    start = SEASON_STARTS[match["season"]]
    end = SEASON_STARTS[names[(names.index(match["season"]) + 1) % len(names)]]
    for year in range(int(match["year"] or today.year), 0, -1):
        season = DayRange(date(year, *start), date(year + (end < start), *end) - timedelta(days=1))
        if match["year"] or (season.last < today if match["last"] else season.first <= today):
            return season
    raise ValueError
