"""The counts of all matches of a search: by the values of a field, and by period of publication."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from newsindex.query.ranking.search_options import TimelineUnit
from newsindex.query.ranking.top_hits import SegmentDocuments

from .facet_counts import count_facet
from .timeline_counts import count_timeline


class MatchCounts(Protocol):
    """The counts of all matches of a search."""

    def facet(self, field: str) -> dict[str, int]:
        """Returns how many matches have each value of a field, the most frequent value first."""

    def timeline(self, unit: TimelineUnit) -> dict[str, int]:
        """Returns how many matches each period has, from the first period with a match to the last."""


class ArrayCounts:
    """The counts of matches that are given as arrays, by segment."""

    def __init__(self, matched: Sequence[SegmentDocuments]) -> None:
        self._matched = matched

    def facet(self, field: str) -> dict[str, int]:
        """Returns how many matches have each value of a field, the most frequent value first."""
        return count_facet(field, self._matched)

    def timeline(self, unit: TimelineUnit) -> dict[str, int]:
        """Returns how many matches each period has, from the first period with a match to the last."""
        return count_timeline(unit, self._matched)
