"""The report of an addition: how many articles were added, updated and skipped, and the errors."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsindex.errors import CorpusError


@dataclass
class AddReport:
    """What an addition did with the articles that it was given.

    An article is added where its id is new, updated where its id is known and its content is new, and
    skipped where its content is equal, or where the index has a longer version of an entry of a feed.
    ``errors`` has one error for each record that could not become an article.
    """

    added: int = 0
    updated: int = 0
    skipped: int = 0
    errors: list[CorpusError] = field(default_factory=list)

    def include(self, other: AddReport) -> None:
        """Add the counts and errors of another report to those of this one."""
        self.added += other.added
        self.updated += other.updated
        self.skipped += other.skipped
        self.errors.extend(other.errors)
