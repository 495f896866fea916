"""Counts all matches by their period of publication: day, week, month or year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.dates.minutes import UNDATED
from newsindex.query.ranking.search_options import TimelineUnit
from newsindex.query.ranking.top_hits import SegmentDocuments

_MAX_PERIODS_WITH_EMPTY: Final = 5_000  # one wrong date would make millions of empty periods
_MAX_KEPT_NAMES: Final = 1 << 14
_EPOCH: Final = date(1970, 1, 1)
_MINUTES_PER_DAY: Final = 1440


def count_timeline(unit: TimelineUnit, matched: Sequence[SegmentDocuments]) -> dict[str, int]:
    """Returns how many matches each period has, as :func:`name_periods` gives them."""
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
    first, last = period_numbers(unit, np.array([bounds.min(), bounds.max()])).tolist()
    starts = _period_starts(unit, np.arange(first, last + 2))
    counts = np.zeros(last + 1 - first, np.int64)
    for published, documents in dated:  # both are ascending, so the matches of a period are a slice
        counts += np.diff(np.searchsorted(documents, np.searchsorted(published, starts)))
    return name_periods(unit, np.arange(first, last + 1), counts)


def name_periods(
    unit: TimelineUnit, periods: NDArray[np.int64], counts: NDArray[np.integer[Any]]
) -> dict[str, int]:
    """Returns how many matches each period has, from the first period with a match to the last.

    ``periods`` are the numbers of periods, ascending, among which all are that have a match, and ``counts``
    the matches of each. Empty periods are included, unless there would be more than 5,000 periods in all.
    Undated matches are not counted. Keys are ISO: ``2026-01-02``, ``2026-W01``, ``2026-01``, ``2026``.
    """
    is_matched = counts > 0
    count_of = dict(zip(periods[is_matched].tolist(), counts[is_matched].tolist(), strict=True))
    if not count_of:
        return {}
    numbers: Iterable[int] = count_of
    first, last = min(count_of), max(count_of)
    if last + 1 - first <= _MAX_PERIODS_WITH_EMPTY:
        numbers = range(first, last + 1)
    return {_name(unit, number): count_of.get(number, 0) for number in numbers}


def period_numbers(unit: TimelineUnit, minutes: NDArray[np.int32]) -> NDArray[np.int64]:
    """The numbers of the periods, counted from 1970, that hold some minutes since 1970."""
    days = minutes.astype(np.int64) // _MINUTES_PER_DAY
    if unit == "day":
        return days
    if unit == "week":
        return (days + 3) // 7  # 1970-01-01 was a Thursday
    numpy_unit = "M" if unit == "month" else "Y"
    return days.astype("datetime64[D]").astype(f"datetime64[{numpy_unit}]").astype(np.int64)


def _period_starts(unit: TimelineUnit, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first minutes, since 1970, of some periods: the inverse of :func:`period_numbers`."""
    if unit == "day":
        return numbers * _MINUTES_PER_DAY
    if unit == "week":
        return (numbers * 7 - 3) * _MINUTES_PER_DAY
    numpy_unit = "M" if unit == "month" else "Y"
    days = numbers.astype(f"datetime64[{numpy_unit}]").astype("datetime64[D]")
    return days.astype(np.int64) * _MINUTES_PER_DAY


@lru_cache(_MAX_KEPT_NAMES)
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
