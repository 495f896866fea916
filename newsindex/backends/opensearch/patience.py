"""Asks a busy cluster again, after pauses that grow."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from typing import Final, TypeVar

from newsindex.errors import ClusterUnavailable

from .refusals import NoHostAnswers

T = TypeVar("T")

PATIENCE: Final = 120.0
"""Seconds for which a busy cluster is asked again without any progress."""
NO_HOST_PATIENCE: Final = 2.0
"""Seconds for which it is asked again where no host answers."""
_FIRST_PAUSE: Final = 0.05
_LONGEST_PAUSE: Final = 5.0


class Pauses:
    """The pauses between attempts: each is up to twice as long as the one before, by chance."""

    def __init__(self, patience: float, is_closed: threading.Event | None = None) -> None:
        """Once ``is_closed`` is set, there is no further attempt."""
        self._patience = patience
        self._is_closed = is_closed or threading.Event()
        self.reset()

    def reset(self) -> None:
        """Begins with short pauses again."""
        self._longest = _FIRST_PAUSE
        self._since: float | None = None

    def wait(self, error: ClusterUnavailable, *, has_progress: bool = False) -> None:
        """Pauses. Raises the error where there was no progress for too long."""
        now = time.monotonic()
        if self._since is None or has_progress:
            self._since = now
        patience = (
            min(self._patience, NO_HOST_PATIENCE) if isinstance(error, NoHostAnswers) else self._patience
        )
        pause = random.uniform(self._longest / 2, self._longest)
        if now + pause - self._since > patience:
            raise error
        self._longest = min(2 * self._longest, _LONGEST_PAUSE)
        if self._is_closed.wait(pause):
            raise error


def patiently(ask: Callable[[], T], patience: float = PATIENCE) -> T:
    """What a request gives; it is made again while the cluster is busy, but not without end.

    Only for what may be asked twice. Raises ClusterUnavailable.
    """
    pauses = Pauses(patience)
    while True:
        try:
            return ask()
        except ClusterUnavailable as error:
            pauses.wait(error)
