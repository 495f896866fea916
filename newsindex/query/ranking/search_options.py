"""Which hits does a search ask for, and what is to be made of them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from newsindex.arguments import shown
from newsindex.errors import QueryError

from .recency_decay import HALF_LIFE

SORTS: Final = ("relevance", "newest", "oldest", "recent")
MAX_LIMIT: Final = 10_000


@dataclass(frozen=True)
class SearchOptions:
    """Which hits to give, and what to make of them. Raises QueryError for values out of range."""

    limit: int = 10
    sort: str = "relevance"
    after: str | None = None
    facets: Sequence[str] = ()
    timeline: str | None = None
    highlight: bool = True
    collapse: bool = False
    half_life: float = HALF_LIFE  # days
    explain: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.limit <= MAX_LIMIT:
            raise QueryError(f"limit must be from 0 to {MAX_LIMIT:,}, not {shown(self.limit)}")
        if self.sort not in SORTS:
            raise QueryError(f"sort must be one of {', '.join(SORTS)}, not {shown(self.sort)}")
        if not 0 < self.half_life < float("inf"):
            raise QueryError(f"half_life must be a number of days above 0, not {shown(self.half_life)}")

    @property
    def order(self) -> str:
        """What the order of the hits goes by: a cursor is good for the same order only."""
        return f"recent {self.half_life:g}" if self.sort == "recent" else self.sort
