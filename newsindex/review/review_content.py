"""Defines what is in a press review: its sections, its articles and its counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from newsindex.article import Article
from newsindex.results import Snippet

Group = Literal["section", "source", "day"]
"""What the sections of a review are made by."""
Language = Literal["fr", "en"]
"""The language of a review's own words: those of the articles stay as they are."""


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """An article of a review, with its near-identical copies.

    ``text`` is the passage that answers the search best, or the whole body; the words of the search are
    marked in it and in the headline.
    """

    article: Article
    headline: Snippet
    text: Snippet
    copies: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """Some articles of a review under a title."""

    title: str
    entries: tuple[ReviewEntry, ...]


@dataclass(frozen=True, slots=True)
class ReviewContent:
    """The content of a press review; :class:`newsindex.Review` says what its fields mean."""

    title: str
    query: str
    period: str
    sections: tuple[ReviewSection, ...]
    total: int
    undated: int
    later: int
    sources: Mapping[str, int]
    timeline: Mapping[str, int]
    made: datetime
    zone: ZoneInfo
    language: Language

    @property
    def shown(self) -> int:
        """The number of articles that the review has, with the copies."""
        copies = sum(len(entry.copies) for section in self.sections for entry in section.entries)
        return len(self) + copies

    def __len__(self) -> int:
        return sum(len(section.entries) for section in self.sections)
