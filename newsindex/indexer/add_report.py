"""The report of an addition: how many articles were added, updated and skipped, and the errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from newsindex.corpus import MAX_LISTED_ERRORS
from newsindex.errors import CorpusError


@dataclass
class AddReport:
    """What an addition did with the articles that it was given.

    An article is added where its id is new, updated where its id is known and its content is new, and
    skipped where its content is equal, or where the index has a longer version of an entry of a feed.
    ``errors`` lists the first 1,000 errors: records that could not become an article, and dates that could
    not be read, whose articles are added without them; ``unlisted_errors`` counts the others.
    """

    added: int = 0
    updated: int = 0
    skipped: int = 0
    errors: list[CorpusError] = field(default_factory=list)
    unlisted_errors: int = 0

    @property
    def error_count(self) -> int:
        """How many errors there were, listed or not."""
        return len(self.errors) + self.unlisted_errors

    def add_errors(self, errors: Iterable[CorpusError], unlisted: int = 0) -> None:
        """List errors as far as there is room, and count the others, with ``unlisted`` further ones."""
        for error in errors:
            if len(self.errors) < MAX_LISTED_ERRORS:
                self.errors.append(error)
            else:
                self.unlisted_errors += 1
        self.unlisted_errors += unlisted

    def include(self, other: AddReport) -> None:
        """Add the counts and errors of another report to this one."""
        self.added += other.added
        self.updated += other.updated
        self.skipped += other.skipped
        self.add_errors(other.errors, other.unlisted_errors)
