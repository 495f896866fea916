"""Refreshing an index from time to time, so that the commits of other processes are seen."""

from __future__ import annotations

import threading
import time

from newsindex.errors import NewsIndexError
from newsindex.index import Index


class IndexRefresher:
    """Refreshes an index every ``interval`` seconds, in one thread at a time."""

    def __init__(self, index: Index, interval: float) -> None:
        self._index = index
        self._interval = interval
        self._due = time.monotonic() + interval
        self._lock = threading.Lock()
        self._failure: NewsIndexError | None = None

    def refresh_if_due(self) -> None:
        """Refreshes the index if it is due and no other thread does. Raises the error of the last refresh."""
        if time.monotonic() >= self._due and self._lock.acquire(blocking=False):
            try:
                self._index.refresh()
                self._failure = None
            except NewsIndexError as error:
                self._failure = error
            finally:
                self._due = time.monotonic() + self._interval
                self._lock.release()
        failure = self._failure
        if failure is not None:
            raise failure.with_traceback(None)
