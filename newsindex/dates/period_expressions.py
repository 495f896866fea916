"""Which minutes does a reader mean by ``2026``, ``hier``, ``depuis mardi`` or ``du 3 au 5 janvier 2026``?

An expression of days (see days.py) may have a time of the day after it, words before it that open it to one
side (``avant``, ``depuis``), or a second one that ends it (``du … au …``). All is in the local time of a
zone, and what is relative counts from the present moment there.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from newsindex.arguments import shown
from newsindex.errors import QueryError
from newsindex.query.syntax.nodes import FAR_AHEAD, LONG_AGO

from .day_expressions import days, lacks_year, weekday_left_out

_EPOCH: Final = datetime(1970, 1, 1)
_DAY: Final = 1440  # minutes
_SIGNS: Final = str.maketrans("’‘ʼ‑–", "'''--")
_ARTICLES: Final = re.compile(
    r"^(?:(?:en|au|a|le|la|les|de|du|des|dans|pendant|durant|courant|au cours de|mois de) |l'|d')+"
)
_OPEN: Final = (
    (re.compile(r"(?:depuis|a partir d[eu]|a compter d[eu]|des) (.+)"), "from its start"),
    (re.compile(r"avant (?!hier$)(.+)"), "to its start"),
    (re.compile(r"apres (?!demain$)(.+)"), "from its end"),
    (re.compile(r"jusqu'(?:a|au|aux|en) (.+)"), "to its end"),
)
_FROM: Final = re.compile(r"(?:(?:du|de|des|entre|depuis) |d')(.+)")
_TO: Final = re.compile(r" (?:au|a|et|jusqu'au|jusqu'a|jusqu'en) ")
_YEARS: Final = re.compile(r"(\d{4}) ?- ?(\d{4})")
_NUMBER_OF_DAY: Final = re.compile(r"(\d{1,2})(?:er)?")
_CLOCK: Final = re.compile(r"(.+?),? (?:a )?(\d{1,2}) ?(?:h|heures?|:) ?(\d{2})?(?::\d{2})?")
_HOURS: Final = re.compile(r"(?:il y a |(?:ces )?dernieres )?(\d{1,3}) ?(?:dernieres )?(?:h|heures?)")
_PART_OF_DAY: Final = re.compile(r"(ce|cet|.+) (matin|apres-midi|soir)")
_PARTS_OF_DAY: Final = {"matin": (0, 12), "apres-midi": (12, 18), "soir": (18, 24)}  # hours


class Period(NamedTuple):
    """Minutes since 1970 in local time, the end not included."""

    start: int
    end: int


def minutes_of_day(day: date) -> int:
    """The first minute of a day."""
    return (day.toordinal() - _EPOCH.toordinal()) * _DAY


def parse_period(when: str | date, zone: ZoneInfo, now: datetime | None = None) -> Period:
    """The period that a reader in a zone means, ``now`` being the local time there.

    What is open to one side begins at LONG_AGO or ends at FAR_AHEAD. Raises QueryError, naming what was
    given.
    """
    try:
        if isinstance(when, datetime):
            return _minute(when, zone)
        if isinstance(when, date):
            return _of_days(when, when + timedelta(days=1))
        found = _written(_plain(when), now or current(zone))
        found = found or _minute(datetime.fromisoformat(when.strip()), zone)
    except OverflowError:
        raise QueryError(f"{shown(when)} is beyond the calendar in {zone}") from None
    except ValueError:
        found = None
    if found is None or found.start >= found.end:
        raise QueryError(
            f"{shown(when)} is not a date: write 2026, 2026-01, 31/01/2026, janvier 2026, hier, mardi, "
            "la semaine dernière, depuis 3 jours or du 3 au 5 janvier 2026"
        )
    return found


def current(zone: ZoneInfo) -> datetime:
    """The present moment in a zone, in local time."""
    return datetime.now(zone).replace(tzinfo=None)


def _plain(when: str) -> str:
    """Lower-case letters without accents, one space between words."""
    text = unicodedata.normalize("NFKD", when.lower()).translate(_SIGNS)
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).split())


def _minute(moment: datetime, zone: ZoneInfo) -> Period:
    local = moment.astimezone(zone) if moment.tzinfo else moment
    start = minutes_of_day(local.date()) + local.hour * 60 + local.minute
    return Period(start, start + 1)


def _of_days(first: date, after: date) -> Period:
    return Period(minutes_of_day(first), minutes_of_day(after))


def _written(text: str, now: datetime) -> Period | None:
    return _between(text, now) or _open(text, now) or _single(text, now)


def _open(text: str, now: datetime) -> Period | None:
    """``depuis …``, ``avant …``, ``après …`` and ``jusqu'à …``."""
    for pattern, meaning in _OPEN:
        found = pattern.fullmatch(text)
        period = _single(found[1], now) if found else None
        if period is None:
            continue
        edge = period.start if meaning.endswith("start") else period.end
        return Period(edge, FAR_AHEAD) if meaning.startswith("from") else Period(LONG_AGO, edge)
    return None


def _between(text: str, now: datetime) -> Period | None:
    """``du … au …`` and ``entre … et …``."""
    if found := _YEARS.fullmatch(text):
        return _joined(found[1], found[2], now)
    if found := _FROM.fullmatch(text):
        for to in _TO.finditer(found[1]):
            period = _joined(found[1][: to.start()], found[1][to.end() :], now)
            if period is not None:
                return period
    return None


def _joined(first: str, last: str, now: datetime) -> Period | None:
    """From one expression to another, which gives the month and the year that the first leaves out."""
    end = _single(last, now)
    if end is None:
        return None
    first = weekday_left_out(_ARTICLES.sub("", first))
    final = _EPOCH + timedelta(minutes=end.end - 1)
    if found := _NUMBER_OF_DAY.fullmatch(first):
        day = int(found[1])
        month = final if day <= final.day else final.replace(day=1) - timedelta(days=1)
        start: Period | None = _of_days(month.replace(day=day), month)
    else:
        start = _single(first, final if lacks_year(first) else now)
    return start and Period(start.start, end.end)


def _single(text: str, now: datetime) -> Period | None:
    """One expression of days, with a time of the day or without."""
    text = weekday_left_out(_ARTICLES.sub("", text))
    named = days(text, now.date())
    if named is not None:
        return _of_days(*named)
    if found := _HOURS.fullmatch(text):
        until = _minute(now, ZoneInfo("UTC")).end
        return Period(until - 1 - 60 * int(found[1]), until)
    return _part_of_day(text, now) or _at_clock(text, now)


def _part_of_day(text: str, now: datetime) -> Period | None:
    """``ce matin``, ``hier soir``."""
    found = _PART_OF_DAY.fullmatch(text)
    named = days("ce jour" if found[1] in ("ce", "cet") else found[1], now.date()) if found else None
    if found is None or named is None:
        return None
    start = minutes_of_day(named.first)
    first, after = _PARTS_OF_DAY[found[2]]
    return Period(start + 60 * first, start + 60 * after)


def _at_clock(text: str, now: datetime) -> Period | None:
    """``2 janvier 2026 à 10h30``; a whole hour where no minute is named."""
    found = _CLOCK.fullmatch(text)
    named = days(weekday_left_out(found[1]), now.date()) if found else None
    if found is None or named is None:
        return None
    hour, minute = int(found[2]), int(found[3] or 0)
    if hour > 23 or minute > 59:
        raise ValueError
    start = minutes_of_day(named.first) + 60 * hour + minute
    return Period(start, start + (1 if found[3] else 60))
