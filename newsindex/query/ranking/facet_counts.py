"""How many of all matches come from each source, and how many from each period?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.dates.minutes import UNDATED
from newsindex.errors import QueryError
from newsindex.query.evaluation.snapshot import SegmentView

FACETS: Final = ("source", "section", "author", "lang", "year")
PERIODS: Final = ("day", "week", "month", "year")
_MOST: Final = 5_000  # periods in a row; a wrong date would make millions of empty ones
_EPOCH: Final = date(1970, 1, 1)

Found = Sequence[tuple[SegmentView, NDArray[Any]]]


def count_values(field: str, found: Found) -> dict[str, int]:
    """How often each value of a field stands among the matches, the most frequent first.

    Matches without a value are not counted. Raises QueryError for an unknown field.
    """
    if field not in FACETS:
        raise QueryError(f"no facet {field!r}: choose of {', '.join(FACETS)}")
    counts: Counter[str] = Counter()
    if field == "year":
        counts.update(count_periods("year", found))
    else:
        for view, documents in found:
            names = view.segment.names(field)
            numbers = np.bincount(view.segment.labels(field)[documents], minlength=len(names))
            for i in np.flatnonzero(numbers).tolist():
                if names[i]:
                    counts[names[i]] += int(numbers[i])
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {name: count for name, count in ordered if count}


def count_periods(period: str, found: Found) -> dict[str, int]:
    """How many matches each period has, from the first with one to the last.

    Empty ones are included, unless there would be more than 5,000 in all. Undated matches are not counted.
    Keys are ISO: ``2026-01-02``, ``2026-W01``, ``2026-01``, ``2026``.
    """
    if period not in PERIODS:
        raise QueryError(f"no timeline by {period!r}: choose of {', '.join(PERIODS)}")
    dated = [
        (view.segment.published, documents[documents >= first])
        for view, documents in found
        for first in [int(np.searchsorted(view.segment.published, UNDATED, "right"))]
    ]
    dated = [(published, documents) for published, documents in dated if len(documents)]
    if not dated:
        return {}
    ends = np.array([published[documents[[0, -1]]] for published, documents in dated]) // 1440
    first, last = _numbers(period, np.array([ends.min(), ends.max()], np.int64)).tolist()
    starts = _starts(period, np.arange(first, last + 2))
    counts = np.zeros(last + 1 - first, np.int64)
    for published, documents in dated:  # both ascending: a period is a slice
        counts += np.diff(np.searchsorted(documents, np.searchsorted(published, starts)))
    is_whole = len(counts) <= _MOST
    return {_name(period, first + i): count for i, count in enumerate(counts.tolist()) if count or is_whole}


def _numbers(period: str, days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Days since 1970 as the number of their period since 1970."""
    if period == "day":
        return days
    if period == "week":
        return (days + 3) // 7  # 1970-01-01 was a Thursday
    unit = "M" if period == "month" else "Y"
    return days.astype("datetime64[D]").astype(f"datetime64[{unit}]").astype(np.int64)


def _starts(period: str, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first minute of each period: the inverse of :func:`_numbers`."""
    if period == "day":
        return numbers * 1440
    if period == "week":
        return (numbers * 7 - 3) * 1440
    unit = "M" if period == "month" else "Y"
    return numbers.astype(f"datetime64[{unit}]").astype("datetime64[D]").astype(np.int64) * 1440


def _name(period: str, number: int) -> str:
    if period == "day":
        return (_EPOCH + timedelta(days=number)).isoformat()
    if period == "week":
        year, week, _ = (_EPOCH + timedelta(days=7 * number - 3)).isocalendar()
        return f"{year}-W{week:02d}"
    if period == "month":
        return f"{1970 + number // 12}-{number % 12 + 1:02d}"
    return str(1970 + number)
