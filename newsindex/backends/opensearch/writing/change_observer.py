"""Defines who is told of the changes of a writer before they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .bulk_sender import Change


class ChangeObserver(Protocol):
    """Is told of changes before and after they are sent; what it raises ends the writer."""

    def before_sending(self, changes: Sequence[Change]) -> None:
        """Some changes, no two of one article, are about to be sent."""

    def after_sending(self) -> None:
        """All changes are kept or refused, and searches find them."""
