"""The report of an addition: how many articles were added, updated and skipped, and the errors."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsindex.errors import MAX_KEPT_ERRORS, CorpusError


@dataclass
class AddReport:
    """What an addition did with the articles that it was given.

    An article is added where its id is new, updated where its id is known and its content is new, and
    skipped where its content is equal, or where the index has a longer version of an entry of a feed.
    ``error_count`` counts the records that could not become an article; ``errors`` has the errors of the
    first 1,000 of them.
    """

    added: int = 0
    updated: int = 0
    skipped: int = 0
    errors: list[CorpusError] = field(default_factory=list)
    error_count: int = 0

    def add_error(self, error: CorpusError) -> None:
        """Count an error, and keep it if it is among the first 1,000."""
        self.error_count += 1
        if len(self.errors) < MAX_KEPT_ERRORS:
            self.errors.append(error)

    def include(self, other: AddReport) -> None:
        """Add the counts and errors of another report to those of this one."""
        self.added += other.added
        self.updated += other.updated
        self.skipped += other.skipped
        self.error_count += other.error_count
        self.errors += other.errors[: MAX_KEPT_ERRORS - len(self.errors)]
