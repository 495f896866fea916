"""Counts all matches by their period of publication: day, week, month or year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.dates.minutes import UNDATED
from newsindex.query.ranking.top_hits import SegmentDocuments
from newsindex.timelines import TimelineUnit

_MAX_PERIODS_WITH_EMPTY: Final = 5_000  # one wrong date would make millions of empty periods
_MAX_KEPT_NAMES: Final = 1 << 14
_EPOCH: Final = date(1970, 1, 1)
_MINUTES_PER_DAY: Final = 1440


class PeriodCounts(NamedTuple):
    """How many matches some periods have: two arrays of one shape."""

    numbers: NDArray[np.int64]
    """The numbers of the periods, counted from 1970, ascending; among them are all that have a match."""
    counts: NDArray[np.integer[Any]]
    """The number of matches of each."""

    def as_dict(self) -> dict[int, int]:
        """The number of matches of each period that has any, by the number of the period."""
        is_matched = self.counts > 0
        numbers, counts = self.numbers[is_matched], self.counts[is_matched]
        return dict(zip(numbers.tolist(), counts.tolist(), strict=True))


def count_periods(unit: TimelineUnit, matched: Sequence[SegmentDocuments]) -> PeriodCounts:
    """Returns how many matches each period has. Undated matches are not counted."""
    dated = []  # dates of a whole segment, and its dated matches
    for view, documents in matched:
        published = view.segment.published
        first_dated = int(np.searchsorted(published, UNDATED, "right"))
        documents = documents[documents >= first_dated]
        if len(documents):
            dated.append((published, documents))
    if not dated:
        return PeriodCounts(np.zeros(0, np.int64), np.zeros(0, np.int64))
    bounds = np.array([published[documents[[0, -1]]] for published, documents in dated])
    first, last = period_numbers(unit, np.array([bounds.min(), bounds.max()])).tolist()
    starts = _period_starts(unit, np.arange(first, last + 2))
    counts = np.zeros(last + 1 - first, np.int64)
    for published, documents in dated:  # both are ascending, so the matches of a period are a slice
        counts += np.diff(np.searchsorted(documents, np.searchsorted(published, starts)))
    return PeriodCounts(np.arange(first, last + 1), counts)


def name_periods(unit: TimelineUnit, periods: PeriodCounts) -> dict[str, int]:
    """Returns how many matches each period of :func:`shown_periods` has, by the name of the period."""
    count_of = periods.as_dict()
    return {period_name(unit, number): count_of.get(number, 0) for number in shown_periods(count_of)}


def shown_periods(matched: Iterable[int]) -> Sequence[int]:
    """Returns the numbers of the periods of a timeline, ascending, given those that have a match.

    They reach from the first period with a match to the last. Empty ones are included, unless there would be
    more than 5,000 periods in all.
    """
    numbers = sorted(set(matched))
    if numbers and numbers[-1] + 1 - numbers[0] <= _MAX_PERIODS_WITH_EMPTY:
        return range(numbers[0], numbers[-1] + 1)
    return numbers


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
def period_name(unit: TimelineUnit, number: int) -> str:
    """The ISO name of a period by its number: ``2026-01-02``, ``2026-W01``, ``2026-01``, ``2026``."""
    if unit == "day":
        return (_EPOCH + timedelta(days=number)).isoformat()
    if unit == "week":
        year, week, _ = (_EPOCH + timedelta(days=7 * number - 3)).isocalendar()
        return f"{year:04d}-W{week:02d}"
    if unit == "month":
        return f"{1970 + number // 12:04d}-{number % 12 + 1:02d}"
    return f"{1970 + number:04d}"
