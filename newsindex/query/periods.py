"""Which minutes does a reader mean by ``2026``, ``2026-01``, ``02/01/2026`` or ``janvier 2026``?"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from ..errors import QueryError

_EPOCH: Final = date(1970, 1, 1).toordinal()
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan", "fevrier fevr fev", "mars", "avril avr", "mai", "juin",
            "juillet juil", "aout", "septembre sept", "octobre oct", "novembre nov", "decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{4})")
_WRITTEN: Final = re.compile(r"(?:(\d{1,2})(?:er)? )?([a-z]+)\.? (\d{4})")


class Period(NamedTuple):
    """Minutes since 1970 in local time, the end not included."""

    start: int
    end: int


def minutes_of_day(day: date) -> int:
    """The first minute of a day."""
    return (day.toordinal() - _EPOCH) * 1440


def _period(year: int, month: int | None, day: int | None) -> Period:
    first = date(year, month or 1, day or 1)
    if day is not None:
        days = 1
    elif month is not None:
        days = calendar.monthrange(year, month)[1]
    else:
        days = 366 if calendar.isleap(year) else 365
    start = minutes_of_day(first)
    return Period(start, start + days * 1440)


def parse_period(when: str | date, zone: ZoneInfo) -> Period:
    """The period that a reader means. Raises QueryError, naming what was given."""
    if isinstance(when, datetime):
        try:
            local = when.astimezone(zone) if when.tzinfo else when
        except OverflowError:
            raise QueryError(f"{when} is beyond the calendar in {zone}") from None
        start = minutes_of_day(local.date()) + local.hour * 60 + local.minute
        return Period(start, start + 1)
    if isinstance(when, date):
        return _period(when.year, when.month, when.day)
    text = unicodedata.normalize("NFKD", when.strip().lower())
    text = " ".join("".join(c for c in text if not unicodedata.combining(c)).split())
    try:
        if found := _ISO.fullmatch(text):
            year, month, day = (int(part) if part else None for part in found.groups())
            return _period(year or 0, month, day)
        if found := _DAY_FIRST.fullmatch(text):
            day, month, year = map(int, found.groups())
            return _period(year, month, day)
        if (found := _WRITTEN.fullmatch(text)) and found[2] in _MONTHS:
            return _period(int(found[3]), _MONTHS[found[2]], int(found[1]) if found[1] else None)
        if text in ("aujourd'hui", "aujourd’hui"):
            return parse_period(datetime.now(zone).date(), zone)
        if text == "hier":
            return parse_period(datetime.now(zone).date() - timedelta(days=1), zone)
        return parse_period(datetime.fromisoformat(when.strip()), zone)
    except ValueError:
        raise QueryError(
            f"{when!r} is not a date: write 2026, 2026-01, 2026-01-31, 31/01/2026 or janvier 2026"
        ) from None
