"""The report on the articles that were given to an index."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsindex.errors import CorpusError


@dataclass
class AddReport:
    """The numbers of articles added, updated and skipped, and the errors of those that could not be read.

    An article is updated where its id is known and its content new. It is skipped where both are known, or
    where it is an entry of a feed with less of the content than the index has.
    """

    added: int = 0
    updated: int = 0
    skipped: int = 0
    errors: list[CorpusError] = field(default_factory=list)

    def include(self, other: AddReport) -> None:
        """Add the counts and errors of another report."""
        self.added += other.added
        self.updated += other.updated
        self.skipped += other.skipped
        self.errors.extend(other.errors)
