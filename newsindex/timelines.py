"""Defines the types of compared timelines: what Index.timeline gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

TimelineUnit = Literal["day", "week", "month", "year"]
"""The periods by which a timeline counts matches."""

TIMELINE_UNITS: Final[tuple[TimelineUnit, ...]] = get_args(TimelineUnit)
MAX_QUERIES: Final = 20
"""The largest number of queries whose timelines are compared at once."""


@dataclass(frozen=True, slots=True)
class Series:
    """The matches of one query by period.

    ``counts`` has the number of matches of each period of the timeline, and ``shares`` the same as a share,
    from 0 to 1, of all articles of the period that pass the filters; None where there are none. ``total`` is
    the number of all matches, those without a date too.
    """

    query: str
    counts: tuple[int, ...]
    shares: tuple[float | None, ...]
    total: int

    @property
    def undated(self) -> int:
        """The number of matches without a date, which are in no period."""
        return self.total - sum(self.counts)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The matches of several queries by period of publication, over the same periods.

    ``periods`` are the names of the periods in ISO form (``2026-01-02``, ``2026-W01``, ``2026-01``,
    ``2026``), from the first in which any query has a match to the last; where that would be more than 5,000,
    those without a match are left out. ``totals`` has the number of all articles of each period that pass the
    filters, and ``series`` the matches of each query in the order in which the queries were given. ``notes``
    say which parts of the queries were read differently from how they were typed. ``seconds`` is the
    duration.
    """

    unit: TimelineUnit
    periods: tuple[str, ...]
    totals: tuple[int, ...]
    series: tuple[Series, ...]
    notes: tuple[str, ...] = ()
    seconds: float = 0.0


def timeline_hint(facet: str) -> str:
    """What to add to the refusal of a facet: periods that are no facet are counted by the timeline."""
    return f"; the option timeline counts by {facet}" if facet in TIMELINE_UNITS else ""
