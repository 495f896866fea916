"""Which day or moment does a written date mean? Numbers are day first, as in France."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from typing import Final

_TIME: Final = r"(?:,? (?:a )?(\d{1,2}) ?[:h] ?(\d{2})?(?::(\d{2}))?)?"
_NUMBERS: Final = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{4})" + _TIME)
_WRITTEN: Final = re.compile(r"(?:(?:le )?[a-z]+,? )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})" + _TIME)
_YEAR_FIRST: Final = re.compile(r"(\d{4})/(\d\d)/(\d\d)\b")
_ZONE: Final = re.compile(r" (?:(?=[+-]\d\d:?\d\d$)|(?:UTC|GMT|Z)$)")
_SECONDS: Final = re.compile(r"\d{9,13}(?:\.\d+)?")
_MONTHS: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_SHORTEST_MONTH: Final = 3  # letters of an abbreviated month: "oct", "janv"
_MILLISECONDS_FROM: Final = 1e11  # as seconds this is the year 5138
_FIRST_YEAR: Final = 1000


def parse_date(value: object) -> date:
    """A date, or a datetime where there is a time, from text or a number.

    A number is seconds or milliseconds since 1970, or a day if its digits are one: 20260102.

    Raises ValueError for anything else, and for years before 1000.
    """
    parsed = _parsed(value)
    if parsed.year < _FIRST_YEAR:
        raise ValueError
    return parsed


def _parsed(value: object) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    if isinstance(value, str):
        return _from_text(" ".join(value.split()))
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
        if abs(seconds) >= _MILLISECONDS_FROM:
            seconds /= 1000
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError):
        raise ValueError from None


def _from_text(text: str) -> date:
    if text[:4].isdigit() and text[4:5] == "-":
        return _from_iso(text)
    plain = _plain(text)
    if found := _NUMBERS.fullmatch(plain):
        day, month, year, *clock = found.groups()
        return _moment(date(int(year), int(month), int(day)), clock)
    if (found := _WRITTEN.fullmatch(plain)) and (month_number := _month(found[2])):
        day, _, year, *clock = found.groups()
        return _moment(date(int(year), month_number, int(day)), clock)
    if _SECONDS.fullmatch(text):
        return _from_epoch(float(text))
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
        text = _ZONE.sub(lambda zone: "+00:00" if zone[0].strip() else "", text)
    return datetime.fromisoformat(text)


def _from_mail(text: str) -> datetime:
    """RFC 2822, as in feeds: Fri, 02 Jan 2026 10:00:00 +0100."""
    try:
        return parsedate_to_datetime(text)
    except (TypeError, LookupError, OverflowError, AttributeError):
        raise ValueError from None


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _month(name: str) -> int | None:
    """The month of a name or of its beginning; None for "jui", which is two months."""
    found = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)]
    return found[0] if len(found) == 1 and len(name) >= _SHORTEST_MONTH else None
