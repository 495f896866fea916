"""With the kernel, threads of one process index what one thread indexes."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest

from newsindex import Article
from newsindex.compiled import compiled_kernel
from newsindex.errors import NewsIndexError
from newsindex.indexer import admission
from newsindex.indexer.workers import worker_pool

pytestmark = pytest.mark.skipif(compiled_kernel() is None, reason="the compiled kernel is not in use")


@pytest.fixture(autouse=True)
def few_at_a_time(monkeypatch):
    """Blocks are of three articles, and starting a process is an error."""

    def no_process(*arguments):
        raise AssertionError("a process was started")

    monkeypatch.setattr(admission, "_MAX_WAITING_ARTICLES", 3)
    monkeypatch.setattr(worker_pool, "_MIN_CHARACTERS", 1)
    monkeypatch.setattr(worker_pool, "WorkerProcess", no_process)


def article(i, body="Les élections de l'O.N.U. à Marrakech."):
    return Article(
        f"Titre {i}", f"{body} {i}.{i % 7} mot{i}", id=f"a{i}", published=date(2026, 1, 1) + timedelta(i)
    )


def contents(index):
    """The arrays of all segments."""
    segments = index.snapshot()._backend.snapshot.segments
    return [{name: s.file.array(name).tobytes() for name in s.file.nbytes()} for s in segments]


def fill(index, workers):
    """Additions, updates and deletions, within a batch and over two commits."""
    index.add(map(article, range(20)), workers=workers)
    with index.writer(workers=workers) as change:
        for i in range(10, 40):
            change.add(article(i, "Autre texte sur #LesÉlections."))
        assert change.get("a12") == article(12, "Autre texte sur #LesÉlections.")
        change.delete("a38")
        change.optimize()
        change.add(article(50))


@pytest.mark.parametrize("workers", [2, 3, 8])
def test_threads_write_what_one_thread_writes(make_index, workers):
    one, several = make_index(), make_index()
    fill(one, 1)
    before = set(threading.enumerate())
    fill(several, workers)
    assert contents(one) == contents(several)
    assert set(threading.enumerate()) <= before
    several.check()


def test_a_batch_of_which_nothing_is_left_leaves_the_scanner_whole(make_index):
    index = make_index()
    with index.writer(workers=2) as change:
        for i in range(6):
            change.add(article(i))
        for i in range(6):
            change.delete(f"a{i}")
    index.add(map(article, range(6)), workers=2)
    assert index.search("ONU").total == 6


def test_what_goes_wrong_in_a_thread_ends_the_writer(make_index, monkeypatch):
    def failing(texts, packed):
        raise NewsIndexError("no room")

    index = make_index([article(100)])
    monkeypatch.setattr("newsindex.storage.text_store.TextCompressor.add", failing)
    with pytest.raises(NewsIndexError, match="no room"):
        index.add(map(article, range(20)), workers=2)
    monkeypatch.undo()
    assert len(index) == 1
    assert index.add(map(article, range(20)), workers=2).added == 20
