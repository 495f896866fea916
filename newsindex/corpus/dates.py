"""Which day or moment does a written date mean? Numbers are day first, as in France."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

_DAY_FIRST: Final = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_WRITTEN: Final = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})")
_MONTHS: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_SHORTEST_MONTH: Final = 3  # letters of an abbreviated month: "oct", "janv"
_MILLISECONDS_FROM: Final = 1e11  # as seconds this is the year 5138


def parse_date(value: object) -> date:
    """A date or datetime from text or from a number of seconds or milliseconds since 1970.

    Raises ValueError for anything else, and for years before 1000.
    """
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_epoch(float(value))
    if not isinstance(value, str):
        raise ValueError
    parsed = _from_text(" ".join(value.split()))
    if parsed.year < 1000:
        raise ValueError
    return parsed


def _from_epoch(seconds: float) -> datetime:
    if abs(seconds) >= _MILLISECONDS_FROM:
        seconds /= 1000
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError):
        raise ValueError from None


def _from_text(text: str) -> date:
    if len(text) == len("2026-01-02"):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass  # 02/01/2026 is as long
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    if found := _WRITTEN.fullmatch(_plain(text)):
        return date(int(found[3]), _month(found[2]), int(found[1]))
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text)
    except (TypeError, IndexError, OverflowError):
        raise ValueError from None


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _month(name: str) -> int:
    for number, month in enumerate(_MONTHS, 1):
        if len(name) >= _SHORTEST_MONTH and month.startswith(name):
            return number
    raise ValueError
