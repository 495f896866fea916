"""The report of an addition: how many articles were added, updated and skipped, and the errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from newsindex.corpus import MAX_LISTED_ERRORS
from newsindex.corpus.summary import MAX_EXAMPLES
from newsindex.errors import CorpusError
from newsindex.results import Match

SameId = Literal["replace", "keep_both"]
"""What becomes of an article whose id is another article's: it replaces that one, or gets its own id."""


@dataclass
class AddReport:
    """What an addition did with the articles that it was given.

    An article is added where its id is new, updated where its id is known and its content is new, and
    skipped where its content is equal, or where the index has a longer version of an entry of a feed.
    Of the articles that were updated, ``replaced`` counts those whose text has little in common with the one
    that it replaced; ``kept_both`` counts, of the articles that were added, those that were given an id of
    their own because another article of the index has theirs. ``replaced_ids`` and ``kept_both_ids`` list
    the first of either. ``errors`` lists the first 1,000 errors: records that could not become an
    article, and dates that could not be read, whose articles are added without them; ``unlisted_errors``
    counts the others. ``alerts`` are the matches of the index's alerts that the addition brought, in their
    order; they are filled in by the commit.
    """

    added: int = 0
    updated: int = 0
    skipped: int = 0
    replaced: int = 0
    replaced_ids: list[str] = field(default_factory=list)
    kept_both: int = 0
    kept_both_ids: list[str] = field(default_factory=list)
    errors: list[CorpusError] = field(default_factory=list)
    unlisted_errors: int = 0
    alerts: list[Match] = field(default_factory=list)

    @property
    def error_count(self) -> int:
        """How many errors there were, listed or not."""
        return len(self.errors) + self.unlisted_errors

    def add_errors(self, errors: Iterable[CorpusError], unlisted: int = 0) -> None:
        """Lists errors as far as there is room, and counts the others, with ``unlisted`` further ones."""
        for error in errors:
            if len(self.errors) < MAX_LISTED_ERRORS:
                self.errors.append(error)
            else:
                self.unlisted_errors += 1
        self.unlisted_errors += unlisted

    def note_replaced(self, article_id: str) -> None:
        """Counts an article that was replaced by another one with its id."""
        self.replaced += 1
        self.replaced_ids = [*self.replaced_ids, article_id][:MAX_EXAMPLES]

    def note_kept_both(self, article_id: str) -> None:
        """Counts an article that was added under this id of its own."""
        self.kept_both += 1
        self.kept_both_ids = [*self.kept_both_ids, article_id][:MAX_EXAMPLES]

    def include(self, other: AddReport) -> None:
        """Adds the counts and errors of another report to this one."""
        self.added += other.added
        self.updated += other.updated
        self.skipped += other.skipped
        self.replaced += other.replaced
        self.replaced_ids = [*self.replaced_ids, *other.replaced_ids][:MAX_EXAMPLES]
        self.kept_both += other.kept_both
        self.kept_both_ids = [*self.kept_both_ids, *other.kept_both_ids][:MAX_EXAMPLES]
        self.add_errors(other.errors, other.unlisted_errors)
        self.alerts += other.alerts
