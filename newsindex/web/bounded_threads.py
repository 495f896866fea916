"""A thread pool with a bounded queue, for coroutines that call blocking functions."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from .problems import Problem

Result = TypeVar("Result")


class BoundedThreads:
    """``threads`` threads, and at most ``waiting`` calls that wait for one of them."""

    def __init__(self, threads: int, waiting: int) -> None:
        self._pool = ThreadPoolExecutor(threads, "newsindex-web")
        self._free = threading.BoundedSemaphore(threads + waiting)

    async def run(self, function: Callable[[], Result]) -> Result:
        """Runs a function in a thread. Raises Problem (503) where too many calls wait already."""
        if not self._free.acquire(blocking=False):
            raise Problem(503, "too many requests at once: try again", {"Retry-After": "1"}, kind="busy")
        future = self._pool.submit(function)
        future.add_done_callback(self._release)  # also called where the coroutine has been cancelled
        return await asyncio.wrap_future(future)

    def _release(self, future: Future[Any]) -> None:
        self._free.release()
