"""Groups the articles of a review into its sections."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final
from zoneinfo import ZoneInfo

from newsindex.dates.local_dates import local_date

from .review_content import Group, ReviewEntry, ReviewSection
from .review_wording import ReviewWording

_UNNAMED: Final = {"section": "no_section", "source": "no_source", "day": "no_day"}


def sections_by(
    group: Group, entries: Iterable[ReviewEntry], wording: ReviewWording, zone: ZoneInfo
) -> tuple[ReviewSection, ...]:
    """The sections of a review; within each the articles stay in their order.

    Days go from the latest to the earliest. Sections and sources with more articles come first, then by
    name. What has no name is the last.
    """
    name_of = _names(group, zone)
    named: dict[str, list[ReviewEntry]] = {}
    for entry in entries:
        named.setdefault(name_of(entry), []).append(entry)
    unnamed = named.pop("", None)
    if group == "day":
        names = sorted(named, reverse=True)
    else:
        names = sorted(named, key=lambda name: (-len(named[name]), name))
    sections = [
        ReviewSection(wording.period(name) if group == "day" else name, tuple(named[name])) for name in names
    ]
    if unnamed:
        sections.append(ReviewSection(wording.write(_UNNAMED[group]), tuple(unnamed)))
    return tuple(sections)


def _names(group: Group, zone: ZoneInfo) -> Callable[[ReviewEntry], str]:
    if group == "section":
        return lambda entry: (entry.article.section or "").strip()
    if group == "source":
        return lambda entry: (entry.article.source or "").strip()
    return lambda entry: _day(entry, zone)


def _day(entry: ReviewEntry, zone: ZoneInfo) -> str:
    published = entry.article.published
    return "" if published is None else local_date(published, zone).isoformat()[: len("2026-01-31")]
