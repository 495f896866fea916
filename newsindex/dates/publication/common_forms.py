"""Reads the most frequent forms of dates at once: ``12/03/2024 14:05``, ``mardi 12 mars 2024``, RFC 2822.

The whole grammar reads them too, in some ten times as long; a property test holds the two equal.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final

from newsindex.dates.french_calendar import WEEKDAY_NAMES

from .calendar_names import MONTHS

_CLOCK: Final = r"(?:,? (?:- |[àÀ] )?([01]?\d|2[0-3])[:hH]([0-5]\d)(?::([0-5]\d))?)?"
_NUMERIC: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})" + _CLOCK, re.ASCII)
_NAMED: Final = re.compile(
    rf"(?:(?:{'|'.join(WEEKDAY_NAMES)}) )?(\d{{1,2}})(?:er)? ([^\W\d_]{{3,9}}) (\d{{4}})" + _CLOCK, re.I
)
_MAIL: Final = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) ([A-Z][a-z][a-z]) (\d{4}) ([01]\d|2[0-3]):([0-5]\d)"
    r"(?::([0-5]\d))? (?:(GMT)|([+-])(0\d|1[0-3])([0-5]\d))",
    re.ASCII,
)
_MONTHS: Final = {**MONTHS, "février": 2, "août": 8, "décembre": 12}


def common_date(text: str) -> date | None:
    """The day or the moment that a text writes in one of the forms; None for any other text."""
    if match := _NUMERIC.fullmatch(text):
        day, _, month, year, *clock = match.groups()
        return _date(year, int(month), day, clock)
    if (match := _NAMED.fullmatch(text)) and (number := _MONTHS.get(match[2].lower())):
        day, _, year, *clock = match.groups()
        return _date(year, number, day, clock)
    if (match := _MAIL.fullmatch(text)) and (number := _MONTHS.get(match[2].lower())):
        day, _, year, *clock, gmt, sign, hours, minutes = match.groups()
        shift = 0 if gmt else (60 * int(hours) + int(minutes)) * (-1 if sign == "-" else 1)
        return _date(year, number, day, clock, timezone(timedelta(minutes=shift)) if shift else UTC)
    return None


def _date(
    year: str, month: int, day: str, clock: list[str | None], zone: tzinfo | None = None
) -> date | None:
    try:
        if clock[0] is None:
            return date(int(year), month, int(day))
        hour, minute, second = (int(number or 0) for number in clock)
        return datetime(int(year), month, int(day), hour, minute, second, tzinfo=zone)
    except ValueError:
        return None
