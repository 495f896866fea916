"""Runs calls in a thread, one after another, while the caller prepares the next."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any


class Turns:
    """Calls of which each begins when the one before it has ended.

    With an executor, which must have one thread, up to ``backlog`` calls may wait or run when :meth:`begin`
    has returned; what one raises is raised by a later :meth:`begin` or by :meth:`wait`. Without one a call
    runs at once.
    """

    def __init__(self, executor: Executor | None = None, backlog: int = 1) -> None:
        self._executor = executor
        self._backlog = backlog
        self._waiting: deque[Future[Any]] = deque()

    def begin(self, call: Callable[..., object], *arguments: object) -> None:
        """Begins a call, or lets it wait; returns when no more than the backlog are left."""
        if self._executor is None:
            call(*arguments)
            return
        self._wait_for_all_but(self._backlog - 1)
        self._waiting.append(self._executor.submit(call, *arguments))

    def wait(self) -> None:
        """Returns when the last call has ended; raises what one raised."""
        self._wait_for_all_but(0)

    def _wait_for_all_but(self, count: int) -> None:
        while len(self._waiting) > count:
            self._waiting.popleft().result()

    def cancel(self) -> None:
        """Returns when no call runs any more, whatever it raised; those that wait are dropped."""
        while self._waiting:
            last = self._waiting.pop()
            if not last.cancel():
                last.exception()
