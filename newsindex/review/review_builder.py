"""Makes a press review of what a search found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, get_args
from zoneinfo import ZoneInfo

from newsindex.arguments import shown
from newsindex.article import Article
from newsindex.deadline import check_deadline
from newsindex.errors import QueryError
from newsindex.results import Hit, Marked, Note, Results

from .press_review import Review
from .review_content import Group, Language, ReviewEntry
from .review_period import written_period
from .review_search import ReviewSearch
from .review_sections import sections_by
from .review_timeline import by_readable_periods
from .review_wording import ReviewWording

SEARCH_OPTIONS: Final[dict[str, Any]] = {"facets": "source", "timeline": "day", "collapse": True}
"""The options of the search that a review is made of, beside those that its caller chooses."""


@dataclass(frozen=True)
class ReviewOptions:
    """The options of a review. Raises QueryError for a group or a language that reviews do not have."""

    title: str | None
    group: Group
    full: bool
    language: Language

    def __post_init__(self) -> None:
        choices = (("group", self.group, get_args(Group)), ("language", self.language, get_args(Language)))
        for name, value, values in choices:
            if value not in values:
                raise QueryError(f"{name} must be one of {', '.join(values)}, not {shown(value)}")


def make_review(
    results: Results,
    later: int,
    search: ReviewSearch,
    options: ReviewOptions,
    zone: ZoneInfo,
    mark: Callable[[Article], Marked],
) -> Review:
    """The review of a page of results, which ``search`` found with SEARCH_OPTIONS.

    ``later`` counts the articles that it leaves out because of a later date (see split_later). ``mark`` marks
    the words of the query in a whole article. Raises DeadlineExceeded.
    """
    wording = ReviewWording(options.language)
    title = (options.title or "").strip()
    if not title:
        subject = search.subject
        title = wording.write("review_of", query=subject) if subject else wording.write("review")
    entries = [_entry(hit, mark if options.full else None) for hit in results]
    return Review(
        title=title,
        query=search.query.strip(),
        period=written_period(wording, search.filters.get("since"), search.filters.get("until"), zone),
        sections=sections_by(options.group, entries, wording, zone),
        total=results.total,
        undated=_undated(results.notes),
        later=later,
        sources=results.facets["source"],
        timeline=by_readable_periods(results.timeline),
        made=datetime.now(zone),
        zone=zone,
        language=options.language,
    )


def _undated(notes: Sequence[str]) -> int:
    """How many articles without a date the notes of a search say that its period left out."""
    kind = "undated_left_out"
    return sum(int(note.values[0]) for note in notes if isinstance(note, Note) and note.kind == kind)


def _entry(hit: Hit, mark: Callable[[Article], Marked] | None) -> ReviewEntry:
    check_deadline()
    text = hit.snippet if mark is None else mark(hit.article).body
    return ReviewEntry(hit.article, hit.headline, text, hit.duplicates)
