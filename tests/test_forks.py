"""What is opened before a fork is used after it: by the children, and by their parent."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import threading
import traceback
from contextlib import contextmanager

import pytest

import newsindex
from newsindex import Article
from newsindex.indexer.workers.worker_process import WorkerProcess
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.storage.catalogue import Catalogue

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system"),
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),  # threads are the case
]
LONGEST = 5  # seconds after which a child hangs


def article(i):
    return Article(f"Titre {i}", f"Corps numéro {i} du journal.", id=f"a{i}")


def start(function):
    """Begin a function in a forked child; gives what waits for its result."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)

    def run():
        try:
            theirs.send(function())
        except BaseException:
            theirs.send(traceback.format_exc())

    child = context.Process(target=run)
    child.start()
    theirs.close()

    def result():
        try:
            assert ours.poll(LONGEST), "the child hangs"
            return ours.recv()
        finally:
            child.kill()
            child.join()
            ours.close()

    return result


def in_child(function):
    """The result of a function in a forked child."""
    return start(function)()


@contextmanager
def meanwhile(function, *arguments):
    """A thread that runs a function until the block has ended."""
    thread = threading.Thread(target=function, args=arguments)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def refusal(function):
    """The message with which something is refused."""
    try:
        function()
    except newsindex.NewsIndexError as error:
        return str(error)
    return "nothing was refused"


def test_children_search_what_their_parent_opened_and_one_of_them_writes(make_index):
    index = make_index([article(i) for i in range(30)])
    assert index.search("journal").total == 30
    before = [start(lambda: index.search("journal").total) for _ in range(3)]

    def write():
        index.add([article(30)])
        return index.search("journal").total

    assert in_child(write) == 31
    assert [result() for result in before] == [30] * 3
    assert index.search("journal").total == 30
    index.refresh()
    assert index.search("journal").total == 31
    index.delete("a0")
    assert in_child(lambda: (index.refresh(), len(index))[1]) == 30
    index.check()


def test_parent_and_child_write_in_turn(make_index):
    index = make_index([article(0)])
    child = start(lambda: [index.add([article(i)], timeout=LONGEST).added for i in range(1, 6)])
    for i in range(6, 11):
        index.add([article(i)], timeout=LONGEST)
    assert child() == [1] * 5
    index.refresh()
    assert len(index) == 11
    index.check()


def test_what_another_thread_computes_at_the_fork_is_computed_in_the_child(make_index, monkeypatch):
    index = make_index([article(1)])
    begun, go_on = threading.Event(), threading.Event()
    begin = SegmentView.__init__

    def slow(self, *arguments):
        if threading.current_thread() is not threading.main_thread():
            begun.set()
            go_on.wait(LONGEST)
        begin(self, *arguments)

    monkeypatch.setattr(SegmentView, "__init__", slow)
    with meanwhile(index.search, "journal"):
        begun.wait(LONGEST)
        try:
            assert in_child(lambda: index.search("journal").total) == 1
        finally:
            go_on.set()


def test_locks_that_another_thread_holds_at_the_fork_are_free_in_the_child(make_index):
    index = make_index([article(1)])
    index.search("journal")
    index.suggest("jour")
    held, go_on = threading.Event(), threading.Event()

    def hold():
        searcher, lately = index._backend._reader.searcher, index._backend._reader.searcher.recent_vocabulary
        readers = [*lately._words._values.values(), *lately._headlines._values.values()]
        locks = [index._backend._reader._lock, searcher.snapshot.scores._lock]
        locks += [part._lock for part in (lately._words, lately._headlines, *readers)]
        with contextlib.ExitStack() as stack:
            for lock in locks:
                stack.enter_context(lock)
            assert len(readers) == 2
            held.set()
            go_on.wait(LONGEST)

    def child():
        index.refresh()
        return index.search("journal titre").total, index.suggest("jour")

    with meanwhile(hold):
        held.wait(LONGEST)
        try:
            assert in_child(child) == (1, ["journal"])
        finally:
            go_on.set()


def test_a_fork_waits_for_a_thread_that_reads_the_catalogue(make_index, monkeypatch):
    index = make_index([article(1)])
    reading, go_on = threading.Event(), threading.Event()
    load = Catalogue._load

    def slow(self, database):
        if threading.current_thread() is not threading.main_thread():
            reading.set()
            go_on.wait(0.05)
        return load(self, database)

    monkeypatch.setattr(Catalogue, "_load", slow)
    with meanwhile(index.refresh):
        reading.wait(LONGEST)
        assert in_child(lambda: index.add([article(2)]).added) == 1


def test_a_child_of_a_writing_parent_searches_and_is_refused_the_rest(make_index):
    index = make_index([article(1)])
    writing, go_on = threading.Event(), threading.Event()

    def articles():
        yield article(2)
        writing.set()
        go_on.wait(LONGEST)

    def child():
        found = index.search("journal").total
        asked = [
            index.refresh,
            lambda: index.add([article(3)]),
            lambda: newsindex.open(index.path),
        ]
        return found, [refusal(ask) for ask in asked], len(newsindex.create(index.path / "other"))

    with meanwhile(index.add, articles()):
        writing.wait(LONGEST)
        try:
            found, refused, others = in_child(child)
        finally:
            go_on.set()
    assert (found, others) == (1, 0)
    assert all("forked while its parent was writing" in message for message in refused), refused
    assert len(index) == 2
    index.check()
    assert in_child(lambda: index.add([article(3)]).added) == 1


@pytest.mark.parametrize("fails", [False, True])
def test_a_child_that_leaves_its_parents_writer_changes_nothing(make_index, fails):
    index = make_index([article(1)])
    child = None
    try:
        with index.writer(workers=1) as writer:
            for i in range(2, 50):
                writer.add(article(i))
            writer._writer._admission.admit(writer._writer)
            writer._writer._flush()  # into a file that no commit names yet
            child = os.fork()
            if child == 0 and fails:
                raise RuntimeError("stop")
            if child:
                _, status = os.waitpid(child, 0)
    except BaseException as error:
        if child == 0:
            gc.collect()
            expected = RuntimeError if fails else newsindex.NewsIndexError
            os._exit(0 if isinstance(error, expected) else 1)
        raise
    assert status == 0
    assert len(index) == 49
    index.check()
    assert index.delete("a1") == 1


def test_a_child_cannot_use_its_parents_writer(make_index):
    index = make_index([article(1)])
    with index.writer() as writer:
        assert "of which this one was forked" in in_child(lambda: refusal(lambda: writer.add(article(2))))
        writer.add(article(3))
    assert sorted(a.id for a in index) == ["a1", "a3"]


def test_an_indexing_process_ends_with_its_parent_though_a_child_lives_on():
    indexing = WorkerProcess({})
    go_on, wait = multiprocessing.get_context("fork").Pipe()
    living = start(wait.recv)
    try:
        indexing._process.stdin.close()  # as the system does when a process is killed
        assert indexing._process.wait(LONGEST) == 0
    finally:
        go_on.send("the end")
        assert living() == "the end"
        indexing.stop()
        go_on.close()
        wait.close()


def test_an_application_that_was_made_before_the_fork_serves_in_each_child(make_index):
    testclient = pytest.importorskip("starlette.testclient")
    web = pytest.importorskip("newsindex.web")
    index = make_index([article(i) for i in range(3)])
    app = web.create_app(index)

    def child():
        with testclient.TestClient(app) as client:
            return client.get("/api/search?q=journal").json()["total"]

    children = [start(child) for _ in range(2)]
    assert [result() for result in children] == [3, 3]
    assert child() == 3
