"""Writes the time that a review was asked for: the days that words such as ``hier`` stand for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from newsindex.dates.minutes import EPOCH, FAR_AHEAD, LONG_AGO
from newsindex.dates.period_expressions import parse_period
from newsindex.dates.timeline_periods import period_days

from .review_wording import ReviewWording

Bound = str | date | None
_DAY: Final = len("2026-01-31")


def written_period(wording: ReviewWording, since: Bound, until: Bound, zone: ZoneInfo) -> str:
    """The time between two bounds of a search, both included, in words; empty for any time.

    A year and a month stay what they are, and any other bound is written as its day, since a review is read
    on other days than the one on which it was made. Raises QueryError for a bound that is no date.
    """
    first = _period_name(since, zone, at_end=False)
    last = _period_name(until, zone, at_end=True)
    if first and last:
        if first == last:
            return wording.period(first)
        return f"{_after('from', first, wording)} {_after('to', last, wording)}"
    if first:
        return _after("since", first, wording)
    return _after("until", last, wording) if last else ""


def _period_name(bound: Bound, zone: ZoneInfo, *, at_end: bool) -> str:
    """The year, month or day of a bound: ``2026-01-31``; empty for a bound that is open to its side."""
    if bound is None:
        return ""
    if isinstance(bound, str) and len(bound) <= _DAY and "W" not in bound and period_days(bound):
        return bound
    period = parse_period(bound, zone)
    minute = period.end - 1 if at_end else period.start
    if not LONG_AGO < minute < FAR_AHEAD - 1:
        return ""
    try:
        return (EPOCH + timedelta(minutes=minute)).date().isoformat()
    except OverflowError:  # a period may be longer than the calendar
        return ""


def _after(word: str, name: str, wording: ReviewWording) -> str:
    """A period after a word, which in French has other forms before a day and before a vowel."""
    written = wording.period(name)
    if len(name) == _DAY:
        word = f"{word}_day"
    elif word == "from" and written[0] in "ao":  # avril, août, octobre
        word = "from_vowel"
    return wording.write(word, period=written)
