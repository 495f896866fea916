"""The day or the moment that a written date of publication means.

Dates come as articles' records, feeds and pages write them: ISO 8601, RFC 2822, text in French, English or
Arabic, or a number of seconds or milliseconds. ISO 8601 is read here, all else in ``publication``.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from .publication.timestamps import date_of_number, is_number
from .publication.unreadable_dates import DateProblem, UnreadableDate, is_absent
from .publication.written_dates import read_written

_ISO_DAY_AND_OFFSET: Final = re.compile(r"\d{4}-\d\d-\d\d(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)", re.ASCII)
_SPACED_ZONE: Final = re.compile(r" (?:(?=[+-]\d\d:?\d\d$)|(?:UTC|GMT|Z)$)")
_COMPACT_ISO: Final = re.compile(r"(\d{8})[T _-](\d{4}|\d{6})(?:\.\d+)?(?: ?(?:Z|[+-]\d\d:?\d\d))?", re.ASCII)
_PDF_DATE: Final = re.compile(r"D:(\d{14})(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?(?:00'?00'?)?", re.ASCII)
_DOTNET_DATE: Final = re.compile(r"\\?/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?/", re.ASCII)
_ISO_LENGTH: Final = len("2026-01-02")
_MIN_YEAR: Final = 1000
_MAX_CHARACTERS: Final = 200  # of a written date; a longer text is none


def parse_date(value: object) -> date:
    """A date, or a datetime where a time of the day is written, from text or a number.

    A number is a day or a moment where its digits are one (20260102, 20260102140500), else seconds since
    1970, or milliseconds, microseconds or nanoseconds. Raises UnreadableDate, a ValueError, for anything
    else, and for years before 1000.
    """
    parsed = _parsed(value)
    if parsed.year < _MIN_YEAR:
        raise UnreadableDate(DateProblem.IMPOSSIBLE)
    return parsed


def is_no_date(value: object) -> bool:
    """Whether a value stands where a date is missing: None, 0, False, or a text such as ``s.d.``."""
    if isinstance(value, str):
        return len(value) <= _MAX_CHARACTERS and is_absent(value)
    if isinstance(value, date):
        return value.year == value.month == value.day == 1  # the least date of .NET and Go
    return value is None or (isinstance(value, int | float) and not value)


def _parsed(value: object) -> date:
    if isinstance(value, str):
        text = " ".join(value.split())
        if len(text) <= _MAX_CHARACTERS:
            return _from_text(text)
    elif isinstance(value, date):
        return value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    raise UnreadableDate


def _from_number(number: float | str) -> date:
    try:
        return date_of_number(number)
    except (ValueError, OverflowError):
        raise UnreadableDate(_problem_of_number(number)) from None


def _problem_of_number(number: float | str) -> DateProblem:
    """A year alone is vague; other numbers are no dates."""
    is_year = len(str(number)) == len("2026") if not isinstance(number, int) or abs(number) < 1e9 else False
    return DateProblem.VAGUE if is_year else DateProblem.NONE


def _from_text(text: str) -> date:
    if text[4:5] == "-" and (found := _from_iso(text)):
        return found
    if is_number(text):
        return _from_number(text)
    if text[:8].isdigit() and _COMPACT_ISO.fullmatch(text) and (found := _from_iso(f"{text[:8]}T{text[9:]}")):
        return found
    if match := _PDF_DATE.fullmatch(text):
        offset = f"{match[3]}:{match[4] or '00'}" if match[3] else match[2] or ""
        return _from_iso(f"{match[1][:8]}T{match[1][8:]}{offset}") or read_written(text)
    if match := _DOTNET_DATE.fullmatch(text):
        return _from_number(int(match[1]))
    return read_written(text)


def _from_iso(text: str) -> date | None:
    """The date of ISO 8601; None for another form, and for a week or a day that there is not."""
    if len(text) < _ISO_LENGTH:
        return None  # 2026-W11 would be its Monday
    try:
        if len(text) == _ISO_LENGTH or _ISO_DAY_AND_OFFSET.fullmatch(text):
            return date.fromisoformat(text[:_ISO_LENGTH])
        if " " in text[11:]:
            text = _SPACED_ZONE.sub(lambda zone: "+00:00" if zone[0].strip() else "", text)
        return datetime.fromisoformat(text)
    except ValueError:
        return None
