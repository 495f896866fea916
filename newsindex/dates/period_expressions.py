"""The periods that a reader types: ``2026``, ``hier``, ``depuis mardi`` or ``du 3 au 5 janvier 2026``.

An expression of days (see ``day_expressions``) may have a time of the day after it, words before it that open
it to one side (``avant``, ``depuis``), or a second expression that ends it (``du … au …``). All is in the
local time of a zone, and a relative expression counts from the present moment there. Whether a text is a
period does not depend on that moment: what is one today is one tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from newsindex.arguments import shown
from newsindex.errors import QueryError

from .day_expressions import expressed_days, lacks_year, without_weekday
from .day_patterns import COUNT, LEAP_CYCLE, MONTH, UNIT
from .day_range import one_day
from .french_calendar import DAY_PART_HOURS, plain_letters
from .minutes import (
    EPOCH,
    FAR_AHEAD,
    LAST_PUBLICATION,
    LONG_AGO,
    MINUTES_PER_DAY,
    Period,
    minutes_of_day,
    period_of_days,
)

_LONGEST_MONTH: Final = 31  # days
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
_HYPHENATED: Final = re.compile(rf"(?:(?:\d{{1,2}}|1er)-)?{MONTH}(?:-\d{{4}})?|[ts][1-4]-\d{{4}}")
"""A date with hyphens for its spaces: ``3-janvier-2026``."""
_HYPHEN: Final = re.compile(r"(?<=[a-z0-9.])-(?=[a-z0-9])")
_FIGURES: Final = re.compile(r"\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)")
_CLOCK: Final = re.compile(r"(.+?),? (?:a )?(\d{1,2}) ?(?:h|heures?|:) ?(\d{2})?(?::\d{2})?")
_LAST_HOURS: Final = re.compile(r"(?:il y a |(?:ces )?dernieres )?(\d{1,3}) ?(?:dernieres )?(?:h|heures?)")
_DURATION: Final = re.compile(rf"{COUNT} {UNIT}", re.ASCII)
_PART_OF_DAY: Final = re.compile(rf"(ce|cet|.+) ({'|'.join(DAY_PART_HOURS)})")
_MOMENTS: Final = (datetime(1950, 3, 15, 9), datetime(2051, 10, 4, 17, 30))
"""Two moments at which no relative expression means the same; neither the day of the week nor the month is
the same."""
_LONGEST_PART_OF_YEAR: Final = 190 * MINUTES_PER_DAY  # minutes: a half of a year, and less than a year


def parse_period(when: str | date, zone: ZoneInfo, now: datetime | None = None) -> Period:
    """The period that a reader in a zone means, where ``now`` is the local time there.

    A period that is open to one side begins at LONG_AGO or ends at FAR_AHEAD. One that begins after
    LAST_PUBLICATION is that minute, as which the articles of the period are stored. One that ends before it
    begins is given where it is relative, for it may not do so at another moment.

    Raises QueryError, which shows what was given.
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
    if period is not None and period.start >= period.end and not is_relative(when):
        message = f"the period {shown(when)} ends before it begins: write its first day first"
        raise QueryError(message, "reversed_dates", when)
    if period is None:
        raise QueryError(
            f"{shown(when)} is not a date: write 2026, 2026-01, 31/01/2026, janvier 2026, hier, mardi, "
            "la semaine dernière, depuis 3 jours or du 3 au 5 janvier 2026",
            "no_date",
            when,
        )
    return _storable(period)


def _storable(period: Period) -> Period:
    """A period whose bounds are minutes that an index can store."""
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


def parse_range(first: str, last: str, zone: ZoneInfo, now: datetime | None = None) -> Period:
    """The period from the beginning of one expression to the end of another; an empty one leaves a side open.

    Where one lacks its year, it is the one that the other means, as in ``janvier à mars 2025``. Raises
    QueryError.
    """
    moment = now or current(zone)
    start = parse_period(first, zone, moment).start if first else LONG_AGO
    end = parse_period(last, zone, moment).end if last else FAR_AHEAD
    if first and last and (_lacks_year(first) or _lacks_year(last)):
        together = _or_none(_from_to, _plain(first), _plain(last), moment)
        if together is not None:
            return _storable(together)
    return Period(start, end)


def is_period(text: str) -> bool:
    """Whether a text has the form of a period, which may end before it begins."""
    return len(text) <= _MAX_CHARACTERS and _or_none(_parse, _plain(text), _MOMENTS[1]) is not None


def ends_itself(text: str) -> bool:
    """Whether a text names the first and the last of a period: ``3 au 5 janvier``, not ``janvier``."""
    plain, now = _plain(text), _MOMENTS[1]
    if len(text) > _MAX_CHARACTERS or _or_none(_single, plain, now) or _or_none(_open, plain, now):
        return False
    return _or_none(_parse, plain, now) is not None


def is_relative(when: str | date) -> bool:
    """Whether a period depends on the moment at which it is asked for."""
    if not isinstance(when, str) or len(when) > _MAX_CHARACTERS:
        return False
    return _depends_on_moment(_parse, _plain(when))


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


def _or_none(parse: Callable[..., Period | None], *arguments: object) -> Period | None:
    """What a function gives, or None for days that no calendar has."""
    try:
        return parse(*arguments)
    except (ValueError, OverflowError):
        return None


def _depends_on_moment(parse: Callable[[str, datetime], Period | None], text: str) -> bool:
    first, second = (_or_none(parse, text, moment) for moment in _MOMENTS)
    return first != second


def _parse(text: str, now: datetime) -> Period | None:
    return (
        _closed(text, now)
        or _open(text, now)
        or _single(text, now)
        or _first_to_last(text, _BARE_TO, now)
        or _hyphenated(text, now)
    )


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


def _hyphenated(text: str, now: datetime) -> Period | None:
    """The period of a text with a hyphen for its *à*: ``3-5 janvier``."""
    for hyphen in _HYPHEN.finditer(text):
        first, last = text[: hyphen.start()], text[hyphen.end() :]
        if not (_DAY_OF_MONTH.fullmatch(first) or _FIGURES.fullmatch(first) or _lacks_year(first)):
            continue
        period = _from_to(first, last, now)
        if period is not None:
            return period
    return None


def _from_to(first: str, last: str, now: datetime) -> Period | None:
    """The period from one expression to another; one gives the month and the year that the other lacks."""
    end = _single(last, now)
    if end is None or _LAST_HOURS.fullmatch(last) or _DURATION.fullmatch(last):
        return None  # in "14h à 15h" they are no number of hours
    first = without_weekday(_LEADING_ARTICLES.sub("", first))
    final = EPOCH + timedelta(minutes=end.end - 1)
    if match := _DAY_OF_MONTH.fullmatch(first):
        return Period(_day_before(int(match[1]), final, last), end.end)
    start = _single(first, final if lacks_year(first) else now)
    if start is None:
        return None
    if _lacks_year(last) and not lacks_year(first):
        is_named = start.end - start.start < _LONGEST_PART_OF_YEAR and not _depends_on_moment(_single, first)
        if is_named or end.end <= start.start:
            end = _next(last, start, 1 if is_named else LEAP_CYCLE)
    return Period(start.start, end.end)


def _day_before(number: int, final: datetime, last: str) -> int:
    """The first minute of the last day of some number in a month before ``final``, which is ``last``.

    Raises ValueError where the month has no such day; where the month depends on the moment, it is the last
    day of the month.
    """
    month = final if number <= final.day else final.replace(day=1) - timedelta(days=1)
    if number <= _LONGEST_MONTH and _depends_on_moment(_single, last):
        number = min(number, month.day) if month is not final else number
    return minutes_of_day(month.replace(day=number))


def _next(text: str, start: Period, years: int) -> Period:
    """The first period of an expression without its year that ends no sooner than another one, ``start``.

    Raises ValueError where so many years have none.
    """
    final = EPOCH + timedelta(minutes=start.end - 1)
    for days in (0, 6, *range(365, 366 * years, 365)):
        period = _single(text, final + timedelta(days=days))
        if period is not None and period.end >= start.end:
            return period
    raise ValueError


def _lacks_year(text: str) -> bool:
    """Whether an expression, as it was typed, lacks its year."""
    return lacks_year(without_weekday(_LEADING_ARTICLES.sub("", _plain(text))))


def _single(text: str, now: datetime) -> Period | None:
    """The period of one expression of days, with a time of the day or without."""
    text = without_weekday(_LEADING_ARTICLES.sub("", text))
    if "-" in text and _HYPHENATED.fullmatch(text):
        text = text.replace("-", " ")
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
    if match is None or days is None or days.first != days.last:
        return None
    hour, minute = int(match[2]), int(match[3] or 0)
    if hour > 23 or minute > 59:
        raise ValueError
    start = minutes_of_day(days.first) + 60 * hour + minute
    return Period(start, start + (1 if match[3] else 60))
