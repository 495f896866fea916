"""Counts all matches by their period of publication: day, week, month or year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsindex.dates.minutes import UNDATED

from .search_options import TimelineUnit
from .top_hits import SegmentDocuments

_MAX_PERIODS_WITH_EMPTY: Final = 5_000  # one wrong date would make millions of empty periods
_EPOCH: Final = date(1970, 1, 1)
_MINUTES_PER_DAY: Final = 1440


def count_timeline(unit: TimelineUnit, matched: Sequence[SegmentDocuments]) -> dict[str, int]:
    """Returns how many matches each period has, from the first period with a match to the last.

    Empty periods are included, unless there would be more than 5,000 periods in all. Undated matches are not
    counted. Keys are ISO: ``2026-01-02``, ``2026-W01``, ``2026-01``, ``2026``.
    """
    dated = []  # dates of a whole segment, and its dated matches
    for view, documents in matched:
        published = view.segment.published
        first_dated = int(np.searchsorted(published, UNDATED, "right"))
        documents = documents[documents >= first_dated]
        if len(documents):
            dated.append((published, documents))
    if not dated:
        return {}
    bounds = np.array([published[documents[[0, -1]]] for published, documents in dated])
    days = np.array([bounds.min(), bounds.max()], np.int64) // _MINUTES_PER_DAY
    first, last = _period_numbers(unit, days).tolist()
    starts = _period_starts(unit, np.arange(first, last + 2))
    counts = np.zeros(last + 1 - first, np.int64)
    for published, documents in dated:  # both are ascending, so the matches of a period are a slice
        counts += np.diff(np.searchsorted(documents, np.searchsorted(published, starts)))
    with_empty = len(counts) <= _MAX_PERIODS_WITH_EMPTY
    return {_name(unit, first + i): count for i, count in enumerate(counts.tolist()) if count or with_empty}


def _period_numbers(unit: TimelineUnit, days: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of the periods, counted from 1970, that hold some days since 1970."""
    if unit == "day":
        return days
    if unit == "week":
        return (days + 3) // 7  # 1970-01-01 was a Thursday
    numpy_unit = "M" if unit == "month" else "Y"
    return days.astype("datetime64[D]").astype(f"datetime64[{numpy_unit}]").astype(np.int64)


def _period_starts(unit: TimelineUnit, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first minutes, since 1970, of some periods: the inverse of :func:`_period_numbers`."""
    if unit == "day":
        return numbers * _MINUTES_PER_DAY
    if unit == "week":
        return (numbers * 7 - 3) * _MINUTES_PER_DAY
    numpy_unit = "M" if unit == "month" else "Y"
    days = numbers.astype(f"datetime64[{numpy_unit}]").astype("datetime64[D]")
    return days.astype(np.int64) * _MINUTES_PER_DAY


def _name(unit: TimelineUnit, number: int) -> str:
    """The ISO name of a period by its number since 1970."""
    if unit == "day":
        return (_EPOCH + timedelta(days=number)).isoformat()
    if unit == "week":
        year, week, _ = (_EPOCH + timedelta(days=7 * number - 3)).isocalendar()
        return f"{year}-W{week:02d}"
    if unit == "month":
        return f"{1970 + number // 12}-{number % 12 + 1:02d}"
    return str(1970 + number)
