"""A deadline for the code in a block, which every step of a search checks.

A caller opens a block with :func:`deadline`. The steps that run in the block, in the same thread or task,
call :func:`check_deadline`, so that no argument has to pass through the layers between caller and step.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from .errors import DeadlineExceeded

_ends_at: Final[ContextVar[float | None]] = ContextVar("newsindex deadline", default=None)


@contextmanager
def deadline(seconds: float | None) -> Iterator[None]:
    """Bounds what runs in the block to so many seconds from now; None sets no bound of its own.

    An inner block can only shorten the time of an outer one.
    """
    outer = _ends_at.get()
    if seconds is None:
        yield
        return
    ends_at = time.monotonic() + seconds
    token = _ends_at.set(ends_at if outer is None else min(outer, ends_at))
    try:
        yield
    finally:
        _ends_at.reset(token)


def check_deadline() -> None:
    """Raises DeadlineExceeded where the time of the surrounding :func:`deadline` block is over."""
    ends_at = _ends_at.get()
    if ends_at is not None and time.monotonic() >= ends_at:
        raise deadline_error()


def remaining_seconds() -> float | None:
    """The seconds that the surrounding :func:`deadline` block has left, 0 or less where its time is over.

    None outside of such a block.
    """
    ends_at = _ends_at.get()
    return None if ends_at is None else ends_at - time.monotonic()


def deadline_error() -> DeadlineExceeded:
    """The error for a step that took longer than the time that was left."""
    return DeadlineExceeded("the search took longer than it may: ask for less, or allow more time")
