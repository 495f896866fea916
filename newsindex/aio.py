"""How does a program with an event loop use an index without making the loop wait?

Each function is the operation of the same name, run in a thread: ``await aio.search(index, "Interpol")`` is
``index.search("Interpol")``. The threads are those of the loop's default executor, which bounds
their number. The changes of one loop to one index wait for each other without a thread, however long;
``timeout`` counts from then on.

What only reads and is cancelled is given up: its thread ends unheard. A change that is cancelled is waited
for, so that afterwards it is known what the index holds: ``add`` stops at the next article, and of an
unfinished commit nothing is kept; the others finish.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from functools import wraps
from itertools import islice
from typing import Any, Concatenate, Final, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from . import index as _index
from .article import Article
from .index import Index

P = ParamSpec("P")
T = TypeVar("T")

_AT_A_TIME: Final = 100  # articles fetched by one visit to a thread

_Turns = WeakKeyDictionary[Index, asyncio.Lock]
_turns: Final = WeakKeyDictionary[asyncio.AbstractEventLoop, _Turns]()


def _in_thread(operation: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    @wraps(operation)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.to_thread(operation, *args, **kwargs)

    return run


def _in_turn(
    change: Callable[Concatenate[Index, P], T], *, has_progress: bool = False
) -> Callable[Concatenate[Index, P], Coroutine[Any, Any, T]]:
    @wraps(change)
    async def run(index: Index, /, *args: P.args, **kwargs: P.kwargs) -> T:
        is_cancelled = threading.Event()
        if has_progress:
            kwargs["progress"] = _stopping(kwargs.get("progress"), is_cancelled)
        async with _turn(index):
            thread = asyncio.ensure_future(asyncio.to_thread(change, index, *args, **kwargs))
            try:
                return await asyncio.shield(thread)
            except asyncio.CancelledError:
                is_cancelled.set()
                await asyncio.wait([thread])
                if not thread.cancelled():
                    thread.exception()  # else asyncio says that nobody asked for it
                raise

    return run


def _turn(index: Index) -> asyncio.Lock:
    turns = _turns.setdefault(asyncio.get_running_loop(), WeakKeyDictionary())
    return turns.setdefault(index, asyncio.Lock())


class _Stopped(Exception):
    """Ends a change whose task was cancelled."""


def _stopping(progress: Any, is_cancelled: threading.Event) -> Callable[[int], None]:
    def step(count: int) -> None:
        if is_cancelled.is_set():
            raise _Stopped
        if progress is not None:
            progress(count)

    return step


def _one_by_one(operation: Callable[P, Iterator[Article]]) -> Callable[P, AsyncIterator[Article]]:
    @wraps(operation)
    async def run(*args: P.args, **kwargs: P.kwargs) -> AsyncIterator[Article]:
        found = await asyncio.to_thread(operation, *args, **kwargs)
        while some := await asyncio.to_thread(lambda: list(islice(found, _AT_A_TIME))):
            for article in some:
                yield article

    return run


create = _in_thread(_index.create)
open = _in_thread(_index.open)

search = _in_thread(Index.search)
similar = _in_thread(Index.similar)
explain = _in_thread(Index.explain)
marked = _in_thread(Index.marked)
suggest = _in_thread(Index.suggest)
get = _in_thread(Index.get)
duplicates_of = _in_thread(Index.duplicates_of)
articles = _one_by_one(Index.articles)
export = _in_thread(Index.export)
stats = _in_thread(Index.stats)
check = _in_thread(Index.check)
refresh = _in_thread(Index.refresh)

add = _in_turn(Index.add, has_progress=True)
delete = _in_turn(Index.delete)
optimize = _in_turn(Index.optimize)
