"""Runs calls in a thread, one after another, while the caller prepares the next."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any


class Turns:
    """Calls of which each waits for the one before it.

    With an executor a call may still run when :meth:`begin` has returned; what it raises is raised by the
    next :meth:`begin` or :meth:`wait`. Without one it runs at once.
    """

    def __init__(self, executor: Executor | None = None) -> None:
        self._executor = executor
        self._running: Future[Any] | None = None

    def begin(self, call: Callable[..., object], *arguments: object) -> None:
        """Wait for the last call, and begin another one."""
        self.wait()
        if self._executor is None:
            call(*arguments)
        else:
            self._running = self._executor.submit(call, *arguments)

    def wait(self) -> None:
        """Return when the last call has ended; raises what it raised."""
        running, self._running = self._running, None
        if running is not None:
            running.result()

    def cancel(self) -> None:
        """Return when no call runs any more, whatever it raised."""
        running, self._running = self._running, None
        if running is not None:
            running.exception()
