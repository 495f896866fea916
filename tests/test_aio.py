"""A program with an event loop waits for an index, and its loop does not."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
import threading

import pytest

import newsindex
from newsindex import Article, Index, aio
from newsindex.backends.local.index_reader import IndexReader

NOT_BLOCKING = {"close", "current", "parse", "snapshot"}
ONE_THREAD = {"writer"}  # a block, which an async program runs in a thread of its own as a whole


def article(i):
    return Article(f"Titre {i}", f"Corps numéro {i} du journal.", id=f"a{i}")


def test_every_blocking_operation_has_its_namesake():
    operations = {name for name, value in inspect.getmembers(Index, callable) if not name.startswith("_")}
    for name in operations - NOT_BLOCKING - ONE_THREAD:
        assert inspect.signature(getattr(aio, name)) == inspect.signature(getattr(Index, name)), name


def test_the_operations_do_what_those_of_the_index_do(tmp_path):
    async def run():
        index = await aio.open(tmp_path / "i", create=True)
        report = await aio.add(index, map(article, range(250)))
        results = await aio.search(index, "journal", limit=3, sort="oldest")
        found = [each.id async for each in aio.articles(index, "journal")]
        missing = await aio.get(index, "a250")
        deleted = await aio.delete(index, "a1", "a2")
        await aio.optimize(index)
        await aio.refresh(index)
        await aio.check(index)
        return report.added, results, found, missing, deleted, (await aio.stats(index)).articles, index

    added, results, found, missing, deleted, left, index = asyncio.run(run())
    assert (added, results.total, len(results)) == (250, 250, 3)
    assert sorted(found) == sorted(f"a{i}" for i in range(250))
    assert (missing, deleted, left) == (None, 2, 248)
    index.close()


def test_a_searcher_of_one_snapshot_is_asked_like_an_index(make_index):
    index = make_index(map(article, range(250)))

    async def run():
        with index.snapshot() as searcher:
            await aio.delete(index, "a1", "a2")
            found = {each.id async for each in aio.articles(searcher, "journal")}
            total = (await aio.search(searcher, "journal", timeout=60)).total
            return len(found), total, await aio.get(searcher, "a1"), await aio.get(index, "a1")

    assert asyncio.run(run()) == (250, 250, article(1), None)


def test_errors_are_those_of_the_index(make_index):
    index = make_index()
    with pytest.raises(newsindex.QueryError, match="limit"):
        asyncio.run(aio.search(index, "a", limit=-1))
    with pytest.raises(TypeError):
        asyncio.run(aio.add(index, article(1)))
    with pytest.raises(newsindex.IndexExists):
        asyncio.run(aio.create(index.path))


def test_the_loop_runs_on_while_an_operation_waits(make_index):
    index = make_index()
    go_on = threading.Event()

    def articles():
        yield article(1)
        go_on.wait(60)

    async def run():
        adding = asyncio.create_task(aio.add(index, articles()))
        await asyncio.sleep(0)
        found = (await aio.search(index, "journal")).total
        was_done = adding.done()
        go_on.set()
        return found, was_done, (await adding).added

    assert asyncio.run(run()) == (0, False, 1)


def test_changes_that_wait_leave_the_threads_to_searches(make_index):
    index = make_index()
    go_on = threading.Event()

    def articles(i):
        go_on.wait(60)
        yield article(i)

    async def run():
        adding = [
            asyncio.create_task(aio.add(index, articles(i), timeout=0)) for i in range(36)
        ]  # more than there are threads
        await asyncio.sleep(0)
        found = (await aio.search(index, "journal")).total
        go_on.set()
        return found, [report.added for report in await asyncio.gather(*adding)]

    assert asyncio.run(run()) == (0, [1] * 36)


def test_of_an_addition_that_is_cancelled_nothing_is_kept(make_index):
    index = make_index([article(0)])
    begun, go_on, counted = threading.Event(), threading.Event(), []

    def articles():
        yield article(1)
        begun.set()
        go_on.wait(60)
        yield article(2)
        yield article(3)

    async def run():
        adding = asyncio.create_task(aio.add(index, articles(), progress=counted.append))
        while not begun.is_set():
            await asyncio.sleep(0.001)
        adding.cancel()
        await asyncio.sleep(0)
        assert not adding.done()  # the thread is at work still
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await adding
        return (await aio.add(index, [article(4)], timeout=0)).added

    assert asyncio.run(run()) == 1
    assert counted == [1]
    assert sorted(each.id for each in index) == ["a0", "a4"]


def test_a_change_that_cannot_stop_is_waited_for(make_index, monkeypatch):
    index = make_index([article(0)], [article(1)])
    begun, go_on = threading.Event(), threading.Event()
    follow = IndexReader.follow

    def slow(self, manifest):
        begun.set()
        go_on.wait(60)
        follow(self, manifest)

    monkeypatch.setattr(IndexReader, "follow", slow)

    async def run():
        optimizing = asyncio.create_task(aio.optimize(index))
        while not begun.is_set():
            await asyncio.sleep(0.001)
        optimizing.cancel()
        asyncio.get_running_loop().call_later(0.01, go_on.set)
        with pytest.raises(asyncio.CancelledError):
            await optimizing
        return index.stats().segments

    assert asyncio.run(run()) == 1


def test_loops_of_several_threads_share_an_index(make_index):
    index = make_index()
    added = []

    async def run(first):
        reports = await asyncio.gather(
            *(aio.add(index, [article(i)], timeout=60) for i in range(first, first + 5))
        )
        added.extend(report.added for report in reports)

    threads = [threading.Thread(target=lambda first=first: asyncio.run(run(first))) for first in (0, 5, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert added == [1] * 15
    assert len(index) == 15


def test_importing_the_package_leaves_asyncio_alone():
    code = "import sys, newsindex; print('asyncio' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_loop_does_not_wait_for_the_state_that_is_shown(tmp_path, monkeypatch):
    threads = []
    current = Index.current

    def watch(index):
        threads.append(threading.current_thread())
        return current(index)

    async def run():
        with newsindex.create(tmp_path / "i") as index:
            await aio.search(index, "journal")
            assert [each async for each in aio.articles(index, "journal")] == []

    monkeypatch.setattr(Index, "current", watch)
    asyncio.run(run())
    assert threads
    assert threading.main_thread() not in threads
