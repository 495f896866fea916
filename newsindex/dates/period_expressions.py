"""The periods that a reader types: ``2026``, ``hier``, ``depuis mardi`` or ``du 3 au 5 janvier 2026``.

An expression of days (see ``day_expressions``) may have a time of the day after it, words before it that open
it to one side (``avant``, ``depuis``), or a second expression that ends it (``du … au …``). All is in the
local time of a zone, and a relative expression counts from the present moment there.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from newsindex.arguments import shown
from newsindex.errors import QueryError

from .day_expressions import expressed_days, lacks_year, without_weekday
from .day_range import one_day
from .french_calendar import DAY_PART_HOURS, plain_letters
from .minutes import EPOCH, FAR_AHEAD, LAST_PUBLICATION, LONG_AGO, Period, minutes_of_day, period_of_days

_MAX_CHARACTERS: Final = 200  # of an expression; a longer text is no date
_TYPOGRAPHIC_SIGNS: Final = str.maketrans("’‘ʼ‑–", "'''--")
_LEADING_ARTICLES: Final = re.compile(
    r"^(?:(?:en|au|a|le|la|les|de|du|des|dans|pendant|durant|courant|au cours de|mois de) |l'|d')+"
)
_OPEN_SIDES: Final = (
    (re.compile(r"(?:depuis|a partir d[eu]|a compter d[eu]|des) (.+)"), "from its start"),
    (re.compile(r"avant (?!hier$)(.+)"), "to its start"),
    (re.compile(r"apres (?!demain$)(.+)"), "from its end"),
    (re.compile(r"jusqu'(?:a|au|aux|en) (.+)"), "to its end"),
)
_FROM: Final = re.compile(r"(?:(?:du|de|des|entre|depuis) |d')(.+)")
_TO: Final = re.compile(r" (?:au|a|et|jusqu'au|jusqu'a|jusqu'en) ")
_BARE_TO: Final = re.compile(r" (?:au|a|jusqu'au|jusqu'a|jusqu'en|-) ")
_YEARS: Final = re.compile(r"(\d{4}) ?- ?(\d{4})")
_DAY_OF_MONTH: Final = re.compile(r"(\d{1,2})(?:er)?")
_CLOCK: Final = re.compile(r"(.+?),? (?:a )?(\d{1,2}) ?(?:h|heures?|:) ?(\d{2})?(?::\d{2})?")
_LAST_HOURS: Final = re.compile(r"(?:il y a |(?:ces )?dernieres )?(\d{1,3}) ?(?:dernieres )?(?:h|heures?)")
_PART_OF_DAY: Final = re.compile(rf"(ce|cet|.+) ({'|'.join(DAY_PART_HOURS)})")


def parse_period(when: str | date, zone: ZoneInfo, now: datetime | None = None) -> Period:
    """The period that a reader in a zone means, where ``now`` is the local time there.

    A period that is open to one side begins at LONG_AGO or ends at FAR_AHEAD. One that begins after
    LAST_PUBLICATION is that minute, as which the articles of the period are stored. Raises QueryError, which
    shows what was given.
    """
    try:
        if isinstance(when, datetime):
            period: Period | None = _minute(when, zone)
        elif isinstance(when, date):
            period = period_of_days(one_day(when))
        else:
            period = _parse_text(when, zone, now)
    except OverflowError:
        message = f"{shown(when)} is beyond the calendar in {zone}"
        raise QueryError(message, "beyond_calendar", when) from None
    except ValueError:
        period = None
    if period is None or period.start >= period.end:
        raise QueryError(
            f"{shown(when)} is not a date: write 2026, 2026-01, 31/01/2026, janvier 2026, hier, mardi, "
            "la semaine dernière, depuis 3 jours or du 3 au 5 janvier 2026",
            "no_date",
            when,
        )
    return Period(min(period.start, LAST_PUBLICATION), min(period.end, FAR_AHEAD))


def _parse_text(when: str, zone: ZoneInfo, now: datetime | None) -> Period | None:
    """The period that a text means. Raises ValueError or OverflowError where it means none."""
    if len(when) > _MAX_CHARACTERS:
        return None
    plain = _plain(when)
    period = _parse(plain, now or current(zone))
    if (
        period is None and not plain.isdigit()
    ):  # fromisoformat reads 11 digits as a day, a separator and an hour
        return _minute(datetime.fromisoformat(when.strip()), zone)
    return period


def current(zone: ZoneInfo) -> datetime:
    """The present moment in a zone, in local time."""
    return datetime.now(zone).replace(tzinfo=None)


def _plain(when: str) -> str:
    """The text in plain lower-case letters, with plain signs and one space between words."""
    return " ".join(plain_letters(when.translate(_TYPOGRAPHIC_SIGNS)).split())


def _minute(moment: datetime, zone: ZoneInfo) -> Period:
    """The one minute that holds a moment."""
    local = moment.astimezone(zone) if moment.tzinfo else moment
    start = minutes_of_day(local.date()) + local.hour * 60 + local.minute
    return Period(start, start + 1)


def _parse(text: str, now: datetime) -> Period | None:
    return _closed(text, now) or _open(text, now) or _single(text, now) or _first_to_last(text, _BARE_TO, now)


def _open(text: str, now: datetime) -> Period | None:
    """The period of ``depuis …``, ``avant …``, ``après …`` or ``jusqu'à …``."""
    for pattern, meaning in _OPEN_SIDES:
        match = pattern.fullmatch(text)
        period = _single(match[1], now) if match else None
        if period is None:
            continue
        edge = period.start if meaning.endswith("start") else period.end
        return Period(edge, FAR_AHEAD) if meaning.startswith("from") else Period(LONG_AGO, edge)
    return None


def _closed(text: str, now: datetime) -> Period | None:
    """The period of ``du … au …``, ``entre … et …`` or ``2024-2026``."""
    if match := _YEARS.fullmatch(text):
        return _from_to(match[1], match[2], now)
    match = _FROM.fullmatch(text)
    return _first_to_last(match[1], _TO, now) if match else None


def _first_to_last(text: str, to: re.Pattern[str], now: datetime) -> Period | None:
    """The period of two expressions with one of the words of ``to`` between them: ``3 au 5 janvier``."""
    for word in to.finditer(text):
        period = _from_to(text[: word.start()], text[word.end() :], now)
        if period is not None:
            return period
    return None


def _from_to(first: str, last: str, now: datetime) -> Period | None:
    """The period from one expression to another, which gives the month and the year that the first lacks."""
    end = _single(last, now)
    if end is None or _LAST_HOURS.fullmatch(last):  # in "14h à 15h" they are no number of hours
        return None
    first = without_weekday(_LEADING_ARTICLES.sub("", first))
    final = EPOCH + timedelta(minutes=end.end - 1)
    if match := _DAY_OF_MONTH.fullmatch(first):
        day = int(match[1])
        month = final if day <= final.day else final.replace(day=1) - timedelta(days=1)
        return Period(minutes_of_day(month.replace(day=day)), end.end)
    start = _single(first, final if lacks_year(first) else now)
    return start and Period(start.start, end.end)


def _single(text: str, now: datetime) -> Period | None:
    """The period of one expression of days, with a time of the day or without."""
    text = without_weekday(_LEADING_ARTICLES.sub("", text))
    days = expressed_days(text, now.date())
    if days is not None:
        return period_of_days(days)
    if match := _LAST_HOURS.fullmatch(text):
        end = _minute(now, ZoneInfo("UTC")).end
        return Period(end - 1 - 60 * int(match[1]), end)
    return _part_of_day(text, now) or _at_clock(text, now)


def _part_of_day(text: str, now: datetime) -> Period | None:
    """The period of ``ce matin`` or ``hier soir``."""
    match = _PART_OF_DAY.fullmatch(text)
    if match is None:
        return None
    days = expressed_days("ce jour" if match[1] in ("ce", "cet") else match[1], now.date())
    if days is None:
        return None
    midnight = minutes_of_day(days.first)
    first_hour, end_hour = DAY_PART_HOURS[match[2]]
    return Period(midnight + 60 * first_hour, midnight + 60 * end_hour)


def _at_clock(text: str, now: datetime) -> Period | None:
    """The minute of ``2 janvier 2026 à 10h30``, or the whole hour where no minute is written."""
    match = _CLOCK.fullmatch(text)
    days = expressed_days(without_weekday(match[1]), now.date()) if match else None
    if match is None or days is None:
        return None
    hour, minute = int(match[2]), int(match[3] or 0)
    if hour > 23 or minute > 59:
        raise ValueError
    start = minutes_of_day(days.first) + 60 * hour + minute
    return Period(start, start + (1 if match[3] else 60))
