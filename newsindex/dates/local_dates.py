"""A date of publication as the clocks of an index's time zone show it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TypeVar
from zoneinfo import ZoneInfo

Date = TypeVar("Date", date, date | None)


def local_date(published: Date, zone: ZoneInfo) -> Date:
    """The same moment with the time of the day and the offset from UTC that it has in ``zone``.

    A day and a moment without an offset are what they are. So is a moment at the ends of the calendar, or
    one before time zones had offsets of whole minutes, which ISO 8601 cannot write.
    """
    if not isinstance(published, datetime) or published.tzinfo is None:
        return published
    try:
        local = published.astimezone(zone)
    except OverflowError:
        return published
    offset = local.utcoffset() or timedelta()
    # A fixed offset: of an hour that a zone has twice, no moment in that zone equals one in another.
    return published if offset.seconds % 60 else local.replace(tzinfo=timezone(offset), fold=0)


def tomorrow(zone: ZoneInfo) -> date:
    """Returns the day after today in a zone: it has begun already somewhere, so that news may be dated so."""
    return datetime.now(zone).date() + timedelta(days=1)
