"""How do requests reach the index: fresh, in threads, no more at once than it can bear, and in time?"""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from newsindex._version import __version__
from newsindex.errors import NewsIndexError
from newsindex.index import Index

from .limits import Limits
from .problems import Problem

Answer = TypeVar("Answer")
_REVALIDATE: Final = "no-cache"  # may be kept, and is asked for again before each use


class Service:
    """An index behind an application."""

    def __init__(self, index: Index, limits: Limits, token: str | None) -> None:
        self.index = index
        self.limits = limits
        self.token = token
        self._searches = _Threads(limits.searches, limits.waiting)
        self._writes = _Threads(1, limits.waiting)
        self._freshness = _Freshness(index, limits.refresh)

    async def ask(self, question: Callable[[Index], Answer]) -> Answer:
        """What a function makes of the index as it is now, in a thread of its own.

        Raises Problem (503) where it takes too long, or too many wait; then the thread goes on to its end.
        """

        def work() -> Answer:
            self._freshness.see()
            return question(self.index)

        try:
            return await asyncio.wait_for(self._searches.run(work), self.limits.seconds)
        except TimeoutError:
            detail = f"no answer within {self.limits.seconds:g} seconds: ask for less, or try again"
            raise Problem(503, detail, {"Retry-After": "5"}) from None

    async def change(self, change: Callable[[Index], Answer]) -> Answer:
        """What a function that changes the index gives, one such at a time."""
        return await self._writes.run(lambda: change(self.index))

    async def respond(self, request: Request, make: Callable[[Index], Response]) -> Response:
        """The response that a function makes of the index, or 304 where the client has it already."""

        def work(index: Index) -> Response:
            tag = _tag(index, request)  # before the search: a commit in between makes it too old, not too new
            is_known = tag in _tags(request)
            response = Response(status_code=304) if is_known else make(index)
            response.headers.setdefault("ETag", tag)
            response.headers.setdefault("Cache-Control", _REVALIDATE)
            return response

        return await self.ask(work)


def service_of(request: Request) -> Service:
    """The service of the application that answers a request."""
    service: Service = request.app.state.service
    return service


class _Threads:
    """Some threads, and a bounded number of calls that wait for one."""

    def __init__(self, threads: int, waiting: int) -> None:
        self._pool = ThreadPoolExecutor(threads, "newsindex-web")
        self._places = threading.BoundedSemaphore(threads + waiting)

    async def run(self, call: Callable[[], Answer]) -> Answer:
        if not self._places.acquire(blocking=False):
            raise Problem(503, "too many requests at once: try again", {"Retry-After": "1"})
        future = self._pool.submit(call)
        future.add_done_callback(self._leave)  # also where the one who asked is gone
        return await asyncio.wrap_future(future)

    def _leave(self, future: Future[Any]) -> None:
        self._places.release()


class _Freshness:
    """Looks for the commits of others, one thread at a time and no more often than it should."""

    def __init__(self, index: Index, every: float) -> None:
        self._index = index
        self._every = every
        self._next = time.monotonic() + every
        self._turn = threading.Lock()
        self._failure: NewsIndexError | None = None

    def see(self) -> None:
        """Refresh the index where it is time to. Raises what the last refreshing raised."""
        if time.monotonic() >= self._next and self._turn.acquire(blocking=False):
            try:
                self._index.refresh()
                self._failure = None
            except NewsIndexError as error:
                self._failure = error
            finally:
                self._next = time.monotonic() + self._every
                self._turn.release()
        failure = self._failure
        if failure is not None:
            raise failure.with_traceback(None)


def _tag(index: Index, request: Request) -> str:
    """What changes when the answer may: the index, this program, the address, and the hour, for "last week"
    is not always the same.

    It is weak, for two answers tell different times that they took.
    """
    state = (
        __version__,
        index.commit,
        len(index),
        f"{datetime.now(UTC):%Y%m%d%H}",
        request.scope.get("root_path", ""),
        request.scope["path"],
        request.headers.get("host", ""),
        request.url.scheme,
        request.scope["query_string"],
    )
    return f'W/"{hashlib.blake2b(repr(state).encode(), digest_size=12).hexdigest()}"'


def _tags(request: Request) -> list[str]:
    return [tag.strip() for line in request.headers.getlist("if-none-match") for tag in line.split(",")]
