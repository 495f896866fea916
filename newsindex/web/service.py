"""Access of requests to the index: refreshed, in threads, bounded in number and in time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import PurePath
from typing import Final, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from newsindex.deadline import check_deadline, deadline
from newsindex.errors import DeadlineExceeded
from newsindex.index import Index
from newsindex.searching.searcher import Searcher

from .bounded_threads import BoundedThreads
from .entity_tags import entity_tag, known_tags
from .index_refresher import IndexRefresher
from .limits import Limits
from .problems import Problem

Result = TypeVar("Result")
_REVALIDATE: Final = "no-cache"  # the answer may be stored, and the client asks before each use


class Service:
    """An index behind an application."""

    def __init__(self, index: Index, limits: Limits, token: str | None) -> None:
        self.index = index
        self.limits = limits
        self.token = token
        self._search_threads = BoundedThreads(limits.searches, limits.waiting)
        self._health_thread = BoundedThreads(1, limits.waiting)
        self._write_thread = BoundedThreads(1, limits.waiting)
        self._refresher = IndexRefresher(index, limits.refresh)

    @property
    def index_title(self) -> str:
        """The name of the index without the way to it, as the page shows it."""
        return PurePath(self.index.name).name

    async def read(self, function: Callable[[Searcher], Result]) -> Result:
        """Calls a function with a searcher over the index as it is now, in a thread.

        All that the function reads is of one commit, whatever is committed meanwhile.

        Raises Problem (503) where it takes too long, or too many wait.
        """
        return await self.run(lambda: function(self.index.current()))

    async def run(self, function: Callable[[], Result]) -> Result:
        """Calls a function that has a searcher already. Raises Problem (503) as :meth:`read` does."""
        return await self._call(self._search_threads, function)

    async def write(self, function: Callable[[Index], Result]) -> Result:
        """Calls a function that changes the index in a thread, one such function at a time."""
        return await self._write_thread.run(lambda: function(self.index))

    async def respond(
        self,
        request: Request,
        make_response: Callable[[Searcher], Response],
        *,
        variant: str = "",
        state: Callable[[], str] | None = None,
        while_busy: bool = False,
    ) -> Response:
        """Makes a response with a searcher; 304 where the client has it already.

        ``variant`` tells apart the responses of one address, such as their language; ``state`` gives, in the
        thread, what else the response depends on that is not the commit. With ``while_busy`` the
        response does not wait for the threads of searches.
        """

        def run() -> Response:
            searcher = self.index.current()
            tag = entity_tag(searcher, request, variant + (state() if state is not None else ""))
            is_known = tag in known_tags(request)
            response = Response(status_code=304) if is_known else make_response(searcher)
            if response.status_code in (200, 304):
                response.headers.setdefault("ETag", tag)
            response.headers.setdefault("Cache-Control", _REVALIDATE)
            return response

        return await self._call(self._health_thread if while_busy else self._search_threads, run)

    async def _call(self, threads: BoundedThreads, function: Callable[[], Result]) -> Result:
        """Calls a function in a thread, within the time of an answer, which begins now.

        The function ends at its next :func:`newsindex.deadline.check_deadline`, so that its thread is free
        again; the request is answered even if it does not.
        """
        ends_at = time.monotonic() + self.limits.seconds

        def run() -> Result:
            self._refresher.refresh_if_due()
            with deadline(ends_at - time.monotonic()):
                check_deadline()  # the call may have waited for a thread until now
                return function()

        try:
            return await asyncio.wait_for(threads.run(run), self.limits.seconds)
        except (TimeoutError, DeadlineExceeded):
            detail = f"no answer within {self.limits.seconds:g} seconds: ask for less, or try again"
            values = (self.limits.seconds,)
            raise Problem(503, detail, {"Retry-After": "5"}, kind="too_slow", values=values) from None


def service_of(request: Request) -> Service:
    """Returns the service of the application that answers a request."""
    service: Service = request.app.state.service
    return service
