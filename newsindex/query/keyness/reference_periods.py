"""The period before another one, whose articles words are compared with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from newsindex.arguments import shown
from newsindex.dates.minutes import EPOCH, FAR_AHEAD, LONG_AGO, MINUTES_PER_DAY, Period
from newsindex.dates.period_expressions import current, parse_period
from newsindex.errors import QueryError

LENGTHS_BEFORE: Final = 4
"""How many times longer the period before is."""
FOUR_WEEKS: Final = 28 * MINUTES_PER_DAY


def period_before(
    since: str | date | None,
    until: str | date | None,
    zone: ZoneInfo,
    shortest: int = 0,
    now: datetime | None = None,
) -> Period:
    """The period of four times the length of another one that ends where that one begins.

    ``since`` and ``until`` are those of a search; without an end, the other period ends at the present
    moment, ``now`` in the local time of the zone. It is at least ``shortest`` minutes long.

    Raises QueryError where the other period has no beginning, or ends before it.
    """
    if since is None:
        message = 'the reference "before" is the time before since: give since, as in since="7 jours"'
        raise QueryError(message, "since_needed")
    start, end = parse_period(since, zone).start, FAR_AHEAD
    if start == LONG_AGO:
        message = f"since={shown(since)} has no beginning, so that there is no time before it"
        raise QueryError(message, "no_beginning", since)
    if until is not None:
        end = parse_period(until, zone).end
    if end == FAR_AHEAD:
        end = int(((now or current(zone)) - EPOCH).total_seconds() // 60) + 1
    length = max(LENGTHS_BEFORE * (end - start), shortest)
    if length <= 0 or (until is not None and end <= start):
        message = f"the period from since={shown(since)} on is empty: there is nothing to compare"
        raise QueryError(message, "empty_period", since)
    return Period(max(start - length, LONG_AGO), start)
