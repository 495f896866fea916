"""The counts of all matches of a search: by the values of a field, and by period of publication."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from newsindex.query.ranking.top_hits import SegmentDocuments
from newsindex.timelines import TimelineUnit

from .facet_counts import count_facet
from .timeline_counts import PeriodCounts, count_periods


class MatchCounts(Protocol):
    """The counts of all matches of a search."""

    def facet(self, field: str) -> dict[str, int]:
        """Returns how many matches have each value of a field, as ``facet_of`` orders them."""

    def periods(self, unit: TimelineUnit) -> PeriodCounts:
        """Returns how many matches each period has; among the periods are all that have a match."""


class ArrayCounts:
    """The counts of matches that are given as arrays, by segment."""

    def __init__(self, matched: Sequence[SegmentDocuments]) -> None:
        self._matched = matched

    def facet(self, field: str) -> dict[str, int]:
        """Returns how many matches have each value of a field, as ``facet_of`` orders them."""
        return count_facet(field, self._matched)

    def periods(self, unit: TimelineUnit) -> PeriodCounts:
        """Returns how many matches each period has; among the periods are all that have a match."""
        return count_periods(unit, self._matched)
