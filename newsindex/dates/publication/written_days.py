"""Reads the day that a text writes: ``mardi 12 mars 2024``, ``March 12, 2024``, ``12/03/24``, ``2024.3.12``.

In figures the day stands before the month, as in France; only where that is no date, and the month before
the day is one, the month is first (03/25/2024). A year of two figures is the last such year that is not
after next year: 24 is 2024, and 98 is 1998. Of several days, as of an issue of a weekend, the first counts.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Final

from .calendar_names import MONTHS, WEEKDAY

_WEEKDAY: Final = rf"(?:{WEEKDAY}[ ,-]{{0,3}}(?:le |the )?)?"
_WEEKDAY_AFTER: Final = rf"(?:[ ,(]{{1,2}}{WEEKDAY}\)?)?"
_DAY: Final = r"(?P<day>\d{1,2}|premier)(?: ?(?:eme|er|e|st|nd|rd|th|o|°)(?![^\W\d])|(?=[^\W\d]))?"
_GAP: Final = r"[ ./_,-]{0,3}"
_OF: Final = rf"(?: of | de |{_GAP})"
_MONTH: Final = r"(?P<month>[^\W\d_]{2,10})(?: ?[/(] ?(?P<twin>[^\W\d_]{2,10})\)?)?\.?"
_YEAR: Final = r"(?P<year>\d{4}|'?\d\d)(?: ?[م]\b\.?)?"
_SIGN: Final = r" ?[-/._ ,] ?"
_AND: Final = r" ?(?:[-/&,]|\b(?:et|au|a|and|to|و)\b) ?"
_FIRST_DAY: Final = (
    rf"{_WEEKDAY}(?P<first>\d{{1,2}}|premier)(?: ?(?:er|e|st|nd|rd|th)\b)?"
    r"(?:[ .](?P<first_month>[^\W\d_]{3,10})\.?)?(?: (?P<first_year>\d{4}))?"
)

_NAMED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_WEEKDAY}{_DAY}{_OF}{_MONTH}{_GAP}{_YEAR}{_WEEKDAY_AFTER}",
        rf"{_WEEKDAY}{_MONTH}{_GAP}{_DAY}(?: of |[ ./_,'-]{{1,3}}){_YEAR}{_WEEKDAY_AFTER}",
        rf"{_WEEKDAY}(?P<year>\d{{4}}){_GAP}{_MONTH}{_GAP}{_DAY}",
        rf"{_WEEKDAY}(?P<year>\d{{4}})[ ./_,-]{{1,3}}{_DAY}{_OF}{_MONTH}",
        rf"{_FIRST_DAY}{_AND}{_WEEKDAY}{_DAY}{_OF}{_MONTH}{_GAP}{_YEAR}",
        rf"{_WEEKDAY}{_MONTH} (?P<first>\d{{1,2}}){_AND}{_DAY}, ?{_YEAR}",
    )
)
_NUMERIC: Final = re.compile(rf"{_WEEKDAY}(\d{{1,2}}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{4}}|\d\d){_WEEKDAY_AFTER}")
_YEAR_FIRST: Final = re.compile(rf"{_WEEKDAY}(\d{{4}}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{1,2}})")
_DAYS_IN_FIGURES: Final = re.compile(
    r"(\d{1,2}) ?(?:-|&|\bet\b|\bau\b) ?(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d\d)", re.ASCII
)
_PAIR: Final = re.compile(r"(.{6,40}?) ?(?: - | au | to | et | jusqu'au |/| and ) ?(.{6,40})")


def written_day(text: str) -> date | None:
    """The day that a whole text writes; None where it has another form.

    Raises ValueError for a day that no calendar has.
    """
    day = _named_day(text) if any(map(str.isalpha, text)) else None
    return day or _numeric_day(text) or _first_of_pair(text)


def _named_day(text: str) -> date | None:
    for pattern in _NAMED:
        match = pattern.fullmatch(text)
        month = match and _month(match)
        if match and month:
            day = date(_year(match["year"]), month, _number(match["day"]))
            return _first_day(match, day) if "first" in pattern.groupindex else day
    return None


def _month(match: re.Match[str]) -> int | None:
    """The number of the month that is named, perhaps by two names that agree: اذار/مارس."""
    month = MONTHS.get(match["month"])
    return month if match["twin"] is None or MONTHS.get(match["twin"]) == month else None


def _first_day(match: re.Match[str], last: date) -> date | None:
    """The first of several days. Raises ValueError where it is after the last."""
    parts = match.groupdict()
    month = last.month
    if name := parts.get("first_month"):
        if name not in MONTHS:
            return None
        month = MONTHS[name]
    year = int(parts.get("first_year") or last.year - (month > last.month))
    first = date(year, month, _number(match["first"]))
    if first > last:
        raise ValueError
    return first


def _numeric_day(text: str) -> date | None:
    if match := _NUMERIC.fullmatch(text):
        return day_in_figures(int(match[1]), int(match[2]), match[3])
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
        return date(year, month, day)
    if match := _DAYS_IN_FIGURES.fullmatch(text):
        first, last = (date(_year(match[4]), int(match[3]), int(match[day])) for day in (1, 2))
        if first > last:
            raise ValueError
        return first
    return None


def day_in_figures(day: int, month: int, year: str) -> date:
    """The day of three numbers: the day is first, else the month, else a year of two figures.

    Raises ValueError where none of these is a date.
    """
    with suppress(ValueError):
        return date(_year(year), month, day)
    if day > 31 and len(year) == 2:
        return date(_year(str(day)), month, int(year))
    if month <= 12:
        raise ValueError
    return date(_year(year), day, month)


def _first_of_pair(text: str) -> date | None:
    """The first of two whole dates, such as ``12/03/2024 - 18/03/2024``."""
    match = _PAIR.fullmatch(text)
    if match is None:
        return None
    first, last = (_named_day(part) or _numeric_day(part) for part in match.groups())
    return first if first and last and first <= last else None


def _year(written: str) -> int:
    year = int(written.lstrip("'"))
    if len(written.lstrip("'")) == 4:
        return year
    next_year = date.today().year + 1
    return next_year - (next_year - year) % 100


def _number(written: str) -> int:
    return 1 if written == "premier" else int(written)
