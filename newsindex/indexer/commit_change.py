"""What one commit changes, as those who watch commits are told it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from newsindex.storage.manifest import SegmentEntry


@dataclass
class CommitChange:
    """The segments before a commit, those that were written for it, and the ids that were deleted.

    ``written`` are the files of the segments that articles were written to, before any of them was merged;
    they exist until after the commit. An article in one of them may have been replaced or deleted since, and
    an id in ``deleted`` may have been added again.
    """

    folder: Path
    before: Sequence[SegmentEntry]
    written: list[Path] = field(default_factory=list)
    deleted: set[str] = field(default_factory=set)


class CommitObserver(Protocol):
    """Is told of a commit before it is made, inside its transaction; what it raises rolls the commit back."""

    def before_commit(self, change: CommitChange, after: Sequence[SegmentEntry]) -> None:
        """``after`` are the segments that the commit makes the live ones."""
