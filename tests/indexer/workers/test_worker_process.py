"""Several processes index what one would, and none of them outlives its writer or fails in silence."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.indexer import admission
from newsindex.indexer.building.segment_builder import BatchColumns, Block
from newsindex.indexer.workers import worker_messages, worker_pool, worker_process
from newsindex.storage.segment_writer import Columns
from newsindex.storage.stored_articles import pack_article


@pytest.fixture
def few_are_enough(monkeypatch, scanner_of_arrays):
    """Processes start at the first article, and get few at a time."""
    monkeypatch.setattr(worker_pool, "_MIN_CHARACTERS", 1)
    monkeypatch.setattr(admission, "_MAX_WAITING_ARTICLES", 3)


def article(i, body="Les élections du Maroc : l’élection de l'avocat 😀 à Marrakech."):
    return Article(
        f"Titre {i}",
        f"{body} {i} {i % 7}",
        id=f"a{i}",
        source=f"S{i % 2}",
        published=date(2026, 1, 1) + timedelta(i),
    )


def answers(index):
    queries = ("élections", '"avocat marrakech"~3', "titre 3", "source:S1 4", "=élection", "elec*")
    return [
        [(hit.article, round(hit.score, 4), hit.snippet, hit.headline) for hit in index.search(query, 30)]
        for query in queries
    ]


def fill(index, workers):
    """Additions, updates and deletions, within a batch and over two commits."""
    index.add(map(article, range(20)), workers=workers)
    with index.writer(workers=workers) as change:
        for i in range(10, 40):
            change.add(article(i, "Autre texte sur les élections."))
        change.delete("a38")
        change.delete("a2")
        assert change.get("a39") == article(39, "Autre texte sur les élections.")
        assert change.get("a38") is None
    index.optimize()


def test_two_processes_index_what_one_does(make_index, few_are_enough, tmp_path):
    (tmp_path / "mots.toml").write_text('protected = ["élection"]\n')
    one, two = (make_index(settings=tmp_path / "mots.toml") for _ in range(2))
    fill(one, 1)
    fill(two, 2)
    two.check()
    assert sorted(one, key=lambda a: a.id) == sorted(two, key=lambda a: a.id)
    assert answers(one) == answers(two)


def test_a_batch_of_which_nothing_is_kept_leaves_no_segment(make_index, few_are_enough):
    index = make_index()
    with index.writer(workers=2) as change:
        for i in range(6):
            change.add(article(i))
        for i in range(6):
            change.delete(f"a{i}")
    assert len(index) == 0
    assert list(index.path.glob("*.segment")) == []


def interrupted(index):
    with index.writer(workers=2) as change:
        for i in range(8, 16):
            change.add(article(i))
        raise KeyboardInterrupt


def test_no_process_outlives_its_writer(make_index, few_are_enough, monkeypatch):
    started = []
    begin = worker_process.WorkerProcess.__init__

    def noted(self, *settings):
        begin(self, *settings)
        started.append(self._process)

    monkeypatch.setattr(worker_process.WorkerProcess, "__init__", noted)
    index = make_index()
    index.add(map(article, range(8)), workers=3)
    with pytest.raises(KeyboardInterrupt):
        interrupted(index)
    assert len(started) == 3
    assert None not in [process.poll() for process in started]
    assert len(index) == 8


def with_a_killed_process(index):
    with index.writer(workers=2) as change:
        for i in range(2, 9):
            change.add(article(i))
        change._writer._pool._processes[0]._process.kill()


def test_a_process_that_is_killed_is_one_error_and_nothing_is_lost(make_index, few_are_enough):
    index = make_index([article(1)])
    with pytest.raises(newsindex.NewsIndexError, match="ended by itself"):
        with_a_killed_process(index)
    assert [a.id for a in index] == ["a1"]
    assert index.add(map(article, range(9)), workers=2).added == 8
    assert len(list(index.path.glob("*.segment"))) == newsindex.open(index.path).stats().segments


def rows(*ids):
    nothing = np.zeros(0, np.uint32)
    columns = Columns(
        published=np.zeros(len(ids), np.int32),
        headline_length=nothing,
        body_length=nothing,
        id_hash=np.array(ids, np.uint64),
        content_hash=np.array(ids, np.uint64),
        labels={name: [""] * len(ids) for name in ("source", "section", "author", "lang")},
    )
    return BatchColumns(columns, np.ones(len(ids), bool))


def test_what_the_system_refuses_a_process_is_told_to_its_parent(tmp_path):
    process = worker_process.WorkerProcess({})
    try:
        process.scan(Block([pack_article(article(1))], []))
        process.build(tmp_path / "missing" / "x.segment", rows(1))
        with pytest.raises(FileNotFoundError, match=r"x\.segment"):
            process.wait()
    finally:
        process.stop()


def test_a_fault_of_a_process_is_told_with_its_place(tmp_path):
    process = worker_process.WorkerProcess({})
    try:
        process.scan(Block([b"no"], []))
        process.build(tmp_path / "x.segment", rows(1))
        with pytest.raises(newsindex.NewsIndexError, match=r"workers=1(?s:.)*unpack"):
            process.wait()
    finally:
        process.stop()


def test_a_process_gives_articles_back_and_says_whether_it_is_full():
    process = worker_process.WorkerProcess({})
    try:
        process.scan(Block([pack_article(article(1)), pack_article(article(2))], []))
        assert process.packed_text(1) == pack_article(article(2))
        assert not process.is_full()
    finally:
        process.stop()


@given(st.lists(st.binary(max_size=40)))
def test_articles_cross_a_pipe_unchanged(stored):
    pipe = io.BytesIO()
    worker_messages.send(pipe, *worker_messages.scan_message(stored))
    pipe.seek(0)
    assert worker_messages.read_packed_articles(*worker_messages.receive(pipe)) == stored
    assert worker_messages.receive(pipe) is None


@given(
    st.lists(
        st.tuples(
            st.integers(-(1 << 31), (1 << 31) - 1),
            st.integers(0, (1 << 64) - 1),
            st.text(max_size=5),
            st.booleans(),
        )
    )
)
def test_what_is_known_of_articles_crosses_a_pipe_unchanged(known):
    published, numbers, texts, kept = zip(*known, strict=True) if known else ((), (), (), ())
    sent = rows(*numbers)
    sent.columns.published = np.array(published, np.int32)
    sent.columns.labels = {"source": list(texts)}
    sent = sent._replace(kept=np.array(kept, bool))
    pipe = io.BytesIO()
    worker_messages.send(pipe, *worker_messages.build_message("x.segment", sent))
    pipe.seek(0)
    got = worker_messages.read_batch_columns(*worker_messages.receive(pipe))
    assert got.columns.labels == sent.columns.labels
    for name in ("published", "id_hash", "content_hash"):
        np.testing.assert_array_equal(getattr(got.columns, name), getattr(sent.columns, name))
    np.testing.assert_array_equal(got.kept, sent.kept)


@pytest.mark.parametrize("executable", [None, "", "/usr/sbin/uwsgi", "/no/such/python3"])
def test_a_program_that_is_no_python_indexes_in_one_process(
    make_index, few_are_enough, monkeypatch, executable
):
    monkeypatch.setattr(sys, "executable", executable)
    index = make_index()
    assert index.add(map(article, range(8)), workers=3).added == 8
    index.check()


def test_a_frozen_program_starts_no_worker_process(monkeypatch):
    assert worker_process.worker_command() is not None
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_process.worker_command() is None


@pytest.mark.parametrize("name", ["python", "python3.13t", "Python", "pythonw.exe", "pypy3.10"])
def test_interpreters_are_known_by_their_names(monkeypatch, name):
    monkeypatch.setattr(sys, "executable", f"/usr/bin/{name}")
    assert worker_process.worker_command()[0] == f"/usr/bin/{name}"


SHADOWED = """
import sys
first = next(i for i, path in enumerate(sys.path) if path.endswith("site-packages"))
sys.path.insert(first, sys.argv[2])
import newsindex
assert newsindex.__file__.startswith(sys.argv[2])
from newsindex import Article
from newsindex.indexer import admission
from newsindex.indexer.workers import worker_pool
worker_pool._MIN_CHARACTERS, admission._MAX_WAITING_ARTICLES = 1, 3
with newsindex.create(sys.argv[1]) as index:
    index.add([Article(f"Titre {i}", "Corps", id=str(i)) for i in range(9)], workers=2)
    print(len(index))
"""


def test_a_worker_process_finds_the_standard_library_before_what_lies_beside_newsindex(tmp_path):
    packages = tmp_path / "site-packages"
    shutil.copytree(Path(newsindex.__file__).parent, packages / "newsindex")
    (packages / "queue.py").write_text("raise ImportError('not the standard library')")
    command = [sys.executable, "-P", "-c", SHADOWED, str(tmp_path / "i"), str(packages)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("9\n", 0), done.stderr


@pytest.mark.skipif(os.name == "nt", reason="no sh on Windows")
def test_a_worker_needs_no_standard_error():
    """Programs with windows of their own have none on Windows."""
    command = ["sh", "-c", 'exec "$0" "$@" 2>&-', *worker_process.worker_command()]
    assert subprocess.run(command, input=b"", check=False).returncode == 0
