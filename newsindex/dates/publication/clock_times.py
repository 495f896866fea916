"""Finds the time of the day in the text of a date: ``14h05``, ``14 h 05``, ``à 14:05:30``, ``2:05 PM``."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

from .zone_names import zone_after

_HALF: Final = (
    r"(?: ?(?P<half>[ap]\.? ?m\b\.?|du matin|du soir|de l'apres-midi|"
    r"صباحا|مساء|ظهرا|عصرا|ليلا|[صم](?!\w)))"
)
_MONTH_STARTS: Final = "jan|fev|feb|mar|avr|apr|mai|may|jui|jun|jul|aou|aug|sep|oct|nov|dec"
_SIGNED: Final = re.compile(
    r"(?<![\d:.,])(?P<hour>\d{1,2}) ?: ?(?P<minute>\d\d)"
    r"(?: ?: ?(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
    rf"(?!\d)(?: ?h(?:eures?)?\b)?{_HALF}?"
)
_NAMED: Final = re.compile(
    r"(?<![\d:.,])(?P<hour>\d{1,2}) ?(?:heures?|hrs?|h)(?![^\W\d])\.?"
    rf"(?: ?(?P<minute>\d\d)(?!\d|\w|[-/.]\d| ?(?:{_MONTH_STARTS}))(?::(?P<second>\d\d)(?!\d))?"
    r"| ?(?P<minutes>\d\d) ?(?:minutes?|min|mn|m)(?![^\W\d])\.?"
    r"(?: ?(?P<seconds>\d\d) ?(?:secondes?|sec|s)\b)?)?"
    rf"{_HALF}?"
)
_HALVED: Final = re.compile(rf"(?<![\w:.,/-])(?P<hour>\d{{1,2}})(?:\.(?P<minute>\d\d))?{_HALF}")
_DOTTED: Final = re.compile(
    r"(?:(?<=\ba )|(?<=\bat )|(?<=\d, )|(?<=\d{4} )|(?<=\d - ))"
    r"(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?:\.(?P<second>[0-5]\d))?(?![.\d/-])",
    re.ASCII,
)
_WORD: Final = re.compile(r"\b(?:(?P<noon>midi|noon)|minuit|midnight)\b")
_CLOCKS: Final = (_SIGNED, _HALVED, _NAMED, _DOTTED, _WORD)
_AFTERNOON: Final = ("p", "du soir", "de l'apres", "م", "ظهرا", "عصرا", "ليلا")
_DIGITS_OF_MICROSECONDS: Final = 6


class Clock(NamedTuple):
    """A time of the day; hour 24 is the end of the day."""

    hour: int
    minute: int
    second: int
    microsecond: int
    zone: tzinfo | None

    def on(self, day: date) -> datetime:
        """The moment of a day that the clock shows. Raises ValueError for what no clock shows."""
        is_end = self.hour == 24 and not (self.minute or self.second)
        hour = 0 if is_end else self.hour
        moment = datetime.combine(
            day, time(hour, self.minute, self.second, self.microsecond, tzinfo=self.zone)
        )
        return moment + timedelta(days=1) if is_end else moment


def cut_clock(text: str) -> tuple[Clock | None, str]:
    """The time of the day in a text, and the text without it and its zone.

    Raises ValueError for an offset from UTC that no place has.
    """
    found = [match for pattern in _CLOCKS if (match := pattern.search(text))]
    if not found:
        return None, text
    match = min(found, key=re.Match.start)
    zone, end = zone_after(text, match.end())
    return _clock(match, zone), f"{text[: match.start()].rstrip()} {text[end:].lstrip()}".strip()


def _clock(match: re.Match[str], zone: tzinfo | None) -> Clock:
    parts = match.groupdict()
    if "noon" in parts:
        return Clock(12 if parts["noon"] else 0, 0, 0, 0, zone)
    hour = int(parts["hour"])
    if half := parts.get("half"):
        is_afternoon = half.startswith(_AFTERNOON)
        hour = hour % 12 + 12 * is_afternoon if hour <= 12 else hour
    minute = int(parts.get("minute") or parts.get("minutes") or 0)
    second = int(parts.get("second") or parts.get("seconds") or 0)
    fraction = (parts.get("fraction") or "").ljust(_DIGITS_OF_MICROSECONDS, "0")[:_DIGITS_OF_MICROSECONDS]
    return Clock(hour, minute, second, int(fraction), zone)
