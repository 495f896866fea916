"""The operations of an index as coroutines, for programs with an event loop.

Each function is the operation of the same name, run in a thread: ``await aio.search(index, "Interpol")`` is
``index.search("Interpol")``. Those that only read also take the searcher that ``index.snapshot()`` gives,
which itself is at hand at once. The texts of hits are read in the thread, too, so that no look at them waits
for the disk. The threads are those of the loop's default executor, which bounds their number. The changes
that one loop makes to one index wait for each other without a thread, however long; ``timeout`` counts from
then on.

A reading operation that is cancelled is given up: its thread runs to its end and its result is dropped. A
change that is cancelled is waited for, so that it is known afterwards what the index holds: ``add`` stops at
the next article and keeps nothing of an unfinished commit; the others finish.
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
from .results import Results
from .searching.searcher import Searcher

P = ParamSpec("P")
T = TypeVar("T")

_ARTICLES_PER_VISIT: Final = 100  # articles that an iteration fetches by one visit to a thread

_Turns = WeakKeyDictionary[Index, asyncio.Lock]
_turns_by_loop: Final = WeakKeyDictionary[asyncio.AbstractEventLoop, _Turns]()


def _in_thread(operation: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    @wraps(operation)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.to_thread(operation, *args, **kwargs)

    return run


def _reading(
    question: Callable[Concatenate[Searcher, P], T],
) -> Callable[Concatenate[Index | Searcher, P], Coroutine[Any, Any, T]]:
    @wraps(question)
    async def run(index: Index | Searcher, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.to_thread(lambda: question(_searcher(index), *args, **kwargs))

    return run


def _with_contents(question: Callable[P, Results]) -> Callable[P, Results]:
    """The question, with the texts of its hits read: the loop would wait for the disk at the first look."""

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> Results:
        results = question(*args, **kwargs)
        for hit in results.hits[:1]:
            _ = hit.snippet  # all hits of a page are read at once
        return results

    return ask


def _reading_one_by_one(
    question: Callable[Concatenate[Searcher, P], Iterator[Article]],
) -> Callable[Concatenate[Index | Searcher, P], AsyncIterator[Article]]:
    @wraps(question)
    async def run(index: Index | Searcher, /, *args: P.args, **kwargs: P.kwargs) -> AsyncIterator[Article]:
        articles = await asyncio.to_thread(lambda: question(_searcher(index), *args, **kwargs))
        while some := await asyncio.to_thread(lambda: list(islice(articles, _ARTICLES_PER_VISIT))):
            for article in some:
                yield article

    return run


def _searcher(index: Index | Searcher) -> Searcher:
    """The searcher that is asked; it may be one over a network, for which the loop must not wait."""
    return index if isinstance(index, Searcher) else index.current()


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
                    thread.exception()  # otherwise asyncio warns that nobody has looked at it
                raise

    return run


def _turn(index: Index) -> asyncio.Lock:
    """The lock for which the changes of the running loop to an index wait."""
    turns = _turns_by_loop.setdefault(asyncio.get_running_loop(), WeakKeyDictionary())
    return turns.setdefault(index, asyncio.Lock())


class _Stopped(Exception):
    """Ends a change whose task was cancelled."""


def _stopping(progress: Any, is_cancelled: threading.Event) -> Callable[[int], None]:
    """A ``progress`` that ends the change once its task is cancelled."""

    def step(count: int) -> None:
        if is_cancelled.is_set():
            raise _Stopped
        if progress is not None:
            progress(count)

    return step


create = _in_thread(_index.create)
open = _in_thread(_index.open)
rebuild = _in_thread(_index.rebuild)

search = _reading(_with_contents(Searcher.search))
similar = _reading(_with_contents(Searcher.similar))
timeline = _reading(Searcher.timeline)
explain = _reading(Searcher.explain)
marked = _reading(Searcher.marked)
suggest = _reading(Searcher.suggest)
get = _reading(Searcher.get)
duplicates_of = _reading(Searcher.duplicates_of)
articles = _reading_one_by_one(Searcher.articles)
export = _reading(Searcher.export)
acronyms = _reading(Searcher.acronyms)
review = _reading(Searcher.review)
words = _reading(Searcher.words)
trends = _reading(Searcher.trends)
stats = _in_thread(Index.stats)
check = _in_thread(Index.check)
refresh = _in_thread(Index.refresh)

add = _in_turn(Index.add, has_progress=True)
delete = _in_turn(Index.delete)
optimize = _in_turn(Index.optimize)
