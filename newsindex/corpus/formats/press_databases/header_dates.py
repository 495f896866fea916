"""Finds the date in a line of a press database, with the hour where it has one.

Months and weekdays are French, English or German. Of an issue of several days the first is its date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final, NamedTuple

from newsindex.dates.french_calendar import MONTH_NUMBERS, plain_letters

_ENGLISH_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_GERMAN_MONTHS: Final = {
    "januar": 1, "februar": 2, "marz": 3, "maerz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10,
    "dezember": 12,
}  # fmt: skip
_MIN_MONTH_LETTERS: Final = 3
_WEEKDAY: Final = (
    r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:lun|mar|mer|jeu|ven|sam|dim)\."
    r"|(?:sun|mon|tues|wednes|thurs|fri|satur)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:sun|mon|tue|wed|thu|fri|sat)\b\.?)"
)
_MONTH: Final = r"[^\W\d_]{3,9}"
_CLOCK: Final = (
    r"(?:[\s,|–—-]{0,4}(?:à\s|at\s)?\s?(?<![\d:])(?P<hour>[01]?\d|2[0-3])\s?(?:h\s?(?P<minute_h>[0-5]\d)?\b"
    r"|:(?P<minute>[0-5]\d)(?::[0-5]\d)?)(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s?(?P<zone>UTC|GMT|CES?T|WES?T|E[SD]T|BST)\b(?:\s?(?P<sign>[+-])\s?(?P<offset>\d{1,2})"
    r"(?::?(?P<offset_minutes>\d\d))?)?)?)?"
)
_ORDINAL: Final = r"(?:er|st|nd|rd|th)?\.?"
_DAY_BEFORE: Final = re.compile(  # "samedi 16, dimanche 17 mars 2024"; with a comma both weekdays are written
    rf"(?<![\w·])(?:{_WEEKDAY},?\s(?P<listed>\d{{1,2}}){_ORDINAL}(?:\s{_MONTH})?,\s?"
    rf"|(?:{_WEEKDAY},?\s)?(?:le\s|the\s|du\s)?(?P<joined>\d{{1,2}}){_ORDINAL}(?:\s{_MONTH})?"
    r"(?:\s?[/&–-]\s?|\s(?:et|au|and|und)\s))$",
    re.I,
)
_NUMBER_LABEL: Final = re.compile(r"(?<!\w)(?:pp?|pages?|n[°ºo]s?|num[ée]ros?|vol|issue)\.?\s?$", re.I)
_BEGINS_WITH_WEEKDAY: Final = re.compile(rf"{_WEEKDAY}\s", re.I)
_DATE: Final = re.compile(
    rf"(?<![\w·])(?:{_WEEKDAY},?\s)?(?:le\s|the\s)?(?:"
    rf"(?P<day>\d{{1,2}}){_ORDINAL}\s(?P<month>{_MONTH})\.?,?\s(?P<year>\d{{4}})"
    rf"|(?P<month_first>{_MONTH})\.?\s(?P<day_second>\d{{1,2}})(?:er|st|nd|rd|th)?(?:\s?[/&–-]\s?\d{{1,2}})?,?\s(?P<year_last>\d{{4}})"
    r"|(?P<iso>\d{4}-\d\d-\d\d)"
    r"|(?P<day_figures>\d{1,2})[/.](?P<month_figures>\d{1,2})[/.](?P<year_figures>\d{4})"
    rf")(?!\d)(?:,?\s{_WEEKDAY})?{_CLOCK}",
    re.I,
)
_VAGUE_DATE: Final = re.compile(rf"(?:(?P<month>{_MONTH})(?:[-/ ]+{_MONTH})?\s)?(?:19|20)\d\d", re.I)
_SEASONS: Final = ("printemps", "ete", "automne", "hiver", "spring", "summer", "fall", "autumn", "winter")
_ZONE_HOURS: Final = {
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EST": -5, "EDT": -4,
}  # fmt: skip
_MAX_ISSUE_DAYS: Final = 8
_MAX_BEFORE: Final = 50  # characters before a date, in which the first day of an issue is looked for
_MAX_CHARACTERS: Final = 1000  # of a line, in which a date is looked for
_COMPACT_DAY: Final = re.compile(r"(?<!\d)((?:19|20)\d{6})(?!\d)")


class FoundDate(NamedTuple):
    """A date in a line, and where it begins and ends."""

    value: date
    start: int
    end: int


def find_date(line: str) -> FoundDate | None:
    """The first date in a line whose white space is single; a datetime where the hour stands after it."""
    return next(_dates(line), None)


def begins_with_date(line: str) -> FoundDate | None:
    """The date with which a line begins; None for another line."""
    found = find_date(line)
    return found if found and found.start == 0 else None


def is_vague_date(line: str) -> bool:
    """Whether a line names a month, a season or a year without a day, as magazines do."""
    match = _VAGUE_DATE.fullmatch(line.strip())
    if match is None:
        return False
    month = match["month"]
    return month is None or _month_number(month) is not None or plain_letters(month) in _SEASONS


def compact_day(number: str) -> date | None:
    """The day in the number of a document, such as news·20240312·PN."""
    for match in _COMPACT_DAY.finditer(number):
        try:
            return date.fromisoformat(match[1])
        except ValueError:
            continue
    return None


def _dates(line: str) -> Iterator[FoundDate]:
    line = line[:_MAX_CHARACTERS]
    for match in _DATE.finditer(line):
        try:
            day = _day(match)
            start = match.start()
            first, start = _first_of_several(line, start, day) if match["day"] else (day, start)
            yield FoundDate(_moment(first, match), start, match.end())
        except ValueError:  # the 31st of June, or a word that is no month
            continue


def _day(match: re.Match[str]) -> date:
    if match["iso"]:
        return date.fromisoformat(match["iso"])
    if match["day_figures"]:
        return date(int(match["year_figures"]), int(match["month_figures"]), int(match["day_figures"]))
    month = _month_number(match["month"] or match["month_first"])
    if month is None:
        raise ValueError
    return date(int(match["year"] or match["year_last"]), month, int(match["day"] or match["day_second"]))


def _first_of_several(line: str, start: int, last: date) -> tuple[date, int]:
    """The first day of an issue of several days, on which it came out, and where it begins in the line."""
    first = last
    while earlier := _day_before(line, start, first):
        first, start = earlier
    return first, start


def _day_before(line: str, start: int, following: date) -> tuple[date, int] | None:
    """The day that is written before a date of a line, and where it begins; the number of a page is none."""
    beginning = max(start - _MAX_BEFORE, 0)
    before = _DAY_BEFORE.search(line[beginning:start])
    if before is None or not (before["joined"] or _BEGINS_WITH_WEEKDAY.match(line, start)):
        return None
    place = beginning + before.start()
    if _NUMBER_LABEL.search(line[:place]):
        return None
    written = int(before["joined"] or before["listed"])
    for back in range(1, min(_MAX_ISSUE_DAYS, following.toordinal())):
        day = following - timedelta(days=back)
        if day.day == written:
            return day, place
    return None


def _month_number(name: str) -> int | None:
    """The number of a month by its French, English or German name, or an abbreviation of the first two."""
    plain = plain_letters(name)
    if number := MONTH_NUMBERS.get(plain) or _GERMAN_MONTHS.get(plain):
        return number
    if len(plain) < _MIN_MONTH_LETTERS:
        return None
    return next((n for n, month in enumerate(_ENGLISH_MONTHS, 1) if month.startswith(plain)), None)


def _moment(day: date, match: re.Match[str]) -> date:
    """The day, or the moment of it that the clock after it shows."""
    if match["hour"] is None:
        return day
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    minute = int(match["minute"] or match["minute_h"] or 0)
    return datetime.combine(day, time(hour, minute, tzinfo=_zone(match)))


def _zone(match: re.Match[str]) -> timezone | None:
    if match["zone"] is None:
        return None
    offset = timedelta(hours=_ZONE_HOURS[match["zone"].upper()])
    if match["offset"]:
        further = timedelta(hours=int(match["offset"]), minutes=int(match["offset_minutes"] or 0))
        offset += further if match["sign"] == "+" else -further
    return timezone(offset) if offset else UTC
