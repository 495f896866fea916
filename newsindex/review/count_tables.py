"""The tables of counts in a review: by source and over time."""

from __future__ import annotations

from dataclasses import dataclass

from .review_content import ReviewContent
from .review_wording import ReviewWording


@dataclass(frozen=True)
class CountTable:
    """Names with counts; ``label`` says what the names are."""

    title: str
    label: str
    rows: tuple[tuple[str, int], ...]

    def share(self, count: int) -> str:
        """A count in per cent of the highest one, with one decimal."""
        return f"{100 * count / max(highest for _, highest in self.rows):.1f}"


def count_tables(review: ReviewContent, wording: ReviewWording) -> list[CountTable]:
    """The table of sources, and that of periods; a table of one row would say nothing and is left out."""
    periods = ((wording.period(name), count) for name, count in review.timeline.items())
    tables = (
        CountTable(wording.write("sources"), wording.write("source"), tuple(review.sources.items())),
        CountTable(wording.write("over_time"), wording.write("period"), tuple(periods)),
    )
    return [table for table in tables if len(table.rows) > 1]
