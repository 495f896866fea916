"""What became of the articles that were given to an index?"""

from __future__ import annotations

from dataclasses import dataclass, field

from newsindex.errors import CorpusError


@dataclass
class AddReport:
    """How many articles were added, updated (known id, new content) and skipped (known id, equal
    content, or less of it in a feed), and the errors of those that could not be read."""

    added: int = 0
    updated: int = 0
    skipped: int = 0
    errors: list[CorpusError] = field(default_factory=list)

    def include(self, other: AddReport) -> None:
        """Count what another report counts too."""
        self.added += other.added
        self.updated += other.updated
        self.skipped += other.skipped
        self.errors.extend(other.errors)
