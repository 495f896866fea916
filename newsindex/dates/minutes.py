"""Minutes since 1970 in local time, the unit in which an index stores and compares dates."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from .day_range import DayRange

MINUTES_PER_DAY: Final = 1440
EPOCH: Final = datetime(1970, 1, 1)
"""The moment that minutes are counted from, in local time."""
_EPOCH_DAY: Final = EPOCH.toordinal()
UNDATED: Final = -(1 << 31)
"""What is stored for an article without a date; before every date in minutes."""
LONG_AGO: Final = UNDATED + 1
"""The start of a period that is open towards the past, in minutes: in the year -2114."""
FAR_AHEAD: Final = (1 << 31) - 1
"""The end of a period that is open towards the future, in minutes: in the year 6053."""
LAST_PUBLICATION: Final = FAR_AHEAD - 1
"""The minute as which everything counts that is dated later."""


class Period(NamedTuple):
    """A range of minutes since 1970 in local time, from ``start`` to before ``end``."""

    start: int
    end: int


def minutes_of_day(day: date) -> int:
    """The first minute of a day."""
    return (day.toordinal() - _EPOCH_DAY) * MINUTES_PER_DAY


def period_of_days(days: DayRange) -> Period:
    """The period from the first minute of the first day to the end of the last."""
    return Period(minutes_of_day(days.first), minutes_of_day(days.last) + MINUTES_PER_DAY)


def minutes_since_epoch(published: date | None, zone: ZoneInfo) -> int:
    """The minute of a publication in the local time of ``zone``; UNDATED for None.

    A day counts from its first minute; a moment without a time zone is taken for local time.
    """
    if published is None:
        return UNDATED
    minute_of_day = 0
    if isinstance(published, datetime):
        if published.tzinfo is not None:
            with suppress(OverflowError):  # at the ends of the calendar a moment keeps its own clock
                published = published.astimezone(zone)
        minute_of_day = published.hour * 60 + published.minute
    return min(minutes_of_day(published) + minute_of_day, LAST_PUBLICATION)
