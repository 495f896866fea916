"""Defines the options of a search: the number of hits, their order, and what is added to them.

The names that a caller may choose from are ``Literal`` types. They are defined here once, so that the checks,
the web interface and the command offer the same choices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from newsindex.arguments import shown
from newsindex.errors import QueryError
from newsindex.timelines import TIMELINE_UNITS, TimelineUnit, timeline_hint

Sort = Literal["relevance", "newest", "oldest", "recent"]
"""The orders of hits; ``recent`` blends relevance with recency (recency_decay.py)."""
Operator = Literal["any", "all"]
"""What a space between two words of a query means."""
Facet = Literal["source", "section", "author", "lang", "year"]
"""The fields by whose values a search counts its matches."""

SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
OPERATORS: Final[tuple[Operator, ...]] = get_args(Operator)
FACETS: Final[tuple[Facet, ...]] = get_args(Facet)

MAX_LIMIT: Final = 10_000
"""The largest number of hits on one page."""
DEFAULT_HALF_LIFE: Final = 30.0
"""Days, where a search sorts by ``recent`` and names no half-life."""


@dataclass(frozen=True)
class SearchOptions:
    """The options of one search. Raises QueryError for values out of range.

    ``after`` is the cursor of the page before, ``half_life`` is in days, and ``timeline`` is the unit of the
    timeline, None for no timeline. ``second_stage`` tells whether the best matches are sorted anew where the
    order is one of scores (second_stage.py). ``scope`` is the query and its filters as they were given: a
    cursor is refused in a search of another scope.
    """

    limit: int = 10
    sort: Sort = "relevance"
    after: str | None = None
    facets: Sequence[str] = ()
    timeline: TimelineUnit | None = None
    highlight: bool = True
    collapse: bool = False
    half_life: float = DEFAULT_HALF_LIFE
    explain: bool = False
    second_stage: bool = True
    scope: tuple[object, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.limit <= MAX_LIMIT:
            raise QueryError(f"limit must be from 0 to {MAX_LIMIT:,}, not {shown(self.limit)}")
        if self.sort not in SORTS:
            raise QueryError(f"sort must be one of {', '.join(SORTS)}, not {shown(self.sort)}")
        if not 0 < self.half_life < float("inf"):
            raise QueryError(f"half_life must be a number of days above 0, not {shown(self.half_life)}")
        for facet in self.facets:
            if facet not in FACETS:
                raise QueryError(
                    f"no facet {facet!r}: choose one of {', '.join(FACETS)}{timeline_hint(facet)}"
                )
        if self.timeline is not None and self.timeline not in TIMELINE_UNITS:
            raise QueryError(f"no timeline by {self.timeline!r}: choose one of {', '.join(TIMELINE_UNITS)}")

    @property
    def order(self) -> str:
        """The order of the hits as a cursor records it."""
        return f"recent {self.half_life:g}" if self.sort == "recent" else self.sort
