"""The day or the moment that a written date of publication means.

Dates come as articles' records, feeds and pages write them: ISO 8601, RFC 2822, French text, or a number of
seconds or milliseconds. A date in figures has its day first, as in France.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from typing import Final

from .french_calendar import MONTH_NAMES, plain_letters

_CLOCK: Final = r"(?:,? (?:a )?(\d{1,2}) ?[:h] ?(\d{2})?(?::(\d{2}))?)?"
_NUMERIC: Final = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{4})" + _CLOCK)
_WRITTEN: Final = re.compile(r"(?:(?:le )?[a-z]+,? )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})" + _CLOCK)
_YEAR_FIRST: Final = re.compile(r"(\d{4})/(\d\d)/(\d\d)\b")
_SPACED_ZONE: Final = re.compile(r" (?:(?=[+-]\d\d:?\d\d$)|(?:UTC|GMT|Z)$)")
_SECONDS: Final = re.compile(r"\d{9,13}(?:\.\d+)?")
_MIN_MONTH_LETTERS: Final = 3  # of an abbreviated month: "oct", "janv"
_MIN_MILLISECONDS: Final = 1e11  # a number from here on is in milliseconds; as seconds it is the year 5138
_MIN_YEAR: Final = 1000
_MAX_CHARACTERS: Final = 200  # of a written date; a longer text is none


def parse_date(value: object) -> date:
    """A date, or a datetime where a time of the day is written, from text or a number.

    A number is a day where its digits are one (20260102), else seconds or milliseconds since 1970. Raises
    ValueError for anything else, and for years before 1000.
    """
    parsed = _parsed(value)
    if parsed.year < _MIN_YEAR:
        raise ValueError
    return parsed


def _parsed(value: object) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    if isinstance(value, str):
        text = " ".join(value.split())
        if len(text) <= _MAX_CHARACTERS:
            return _from_text(text)
    raise ValueError


def _from_number(number: float) -> date:
    digits = str(number) if isinstance(number, int) and 0 < number < 1e8 else ""
    if len(digits) == len("20260102"):
        return date.fromisoformat(digits)
    if len(digits) == len("2026"):
        raise ValueError  # a year, not a moment of the first of January 1970
    return _from_epoch(number)


def _from_epoch(seconds: float) -> datetime:
    try:
        if abs(seconds) >= _MIN_MILLISECONDS:
            seconds /= 1000
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError):
        raise ValueError from None


def _from_text(text: str) -> date:
    if text[:4].isdigit() and text[4:5] == "-":
        return _from_iso(text)
    plain = plain_letters(text)
    if match := _NUMERIC.fullmatch(plain):
        day, number, year, *clock = match.groups()
        return _moment(date(int(year), int(number), int(day)), clock)
    if (match := _WRITTEN.fullmatch(plain)) and (month := _month(match[2])):
        day, _, year, *clock = match.groups()
        return _moment(date(int(year), month, int(day)), clock)
    if _SECONDS.fullmatch(text):
        return _from_epoch(float(text))
    if text.isdigit() and len(text) != len("20260102"):
        raise ValueError  # fromisoformat reads 15 digits and more as a day, a separator and a time
    try:
        return _from_iso(text)
    except ValueError:
        return _from_mail(text)


def _moment(day: date, clock: list[str | None]) -> date:
    if clock[0] is None:
        return day
    hour, minute, second = (int(number or 0) for number in clock)
    return datetime.combine(day, time(hour, minute, second))


def _from_iso(text: str) -> date:
    text = _YEAR_FIRST.sub(r"\1-\2-\3", text, count=1)
    if len(text) <= len("2026-01-02"):
        return date.fromisoformat(text)
    if " " in text[11:]:
        text = _SPACED_ZONE.sub(lambda zone: "+00:00" if zone[0].strip() else "", text)
    return datetime.fromisoformat(text)


def _from_mail(text: str) -> datetime:
    """RFC 2822, as in feeds: Fri, 02 Jan 2026 10:00:00 +0100."""
    try:
        return parsedate_to_datetime(text)
    except (TypeError, LookupError, OverflowError, AttributeError):
        raise ValueError from None


def _month(name: str) -> int | None:
    """The number of the month that a text names or abbreviates; None for "jui", which begins two months."""
    numbers = [number for number, month in enumerate(MONTH_NAMES, 1) if month.startswith(name)]
    return numbers[0] if len(numbers) == 1 and len(name) >= _MIN_MONTH_LETTERS else None
