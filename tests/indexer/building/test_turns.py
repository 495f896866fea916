"""Calls take turns: each begins when the one before it has ended, and what one raises is not lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Timer

import pytest

from newsindex.indexer.building.turns import Turns


@pytest.fixture
def executor():
    with ThreadPoolExecutor(1) as made:
        yield made


def test_without_a_thread_a_call_runs_at_once():
    done = []
    Turns().begin(done.append, 1)
    assert done == [1]


@pytest.mark.parametrize("backlog", [1, 3])
def test_calls_run_in_their_order(executor, backlog):
    turns, done = Turns(executor, backlog), []
    for number in range(20):
        turns.begin(done.append, number)
        assert len(done) >= number + 1 - backlog
    turns.wait()
    assert done == list(range(20))


def test_what_a_call_raises_is_raised_when_the_next_but_the_backlog_begins(executor):
    turns = Turns(executor, 2)
    turns.begin(int, "x")
    turns.begin(int, "1")
    with pytest.raises(ValueError, match="invalid literal"):
        turns.begin(int, "2")
    turns.wait()


def test_no_call_runs_after_a_cancellation_and_what_one_raised_is_dropped(executor):
    turns, done, started, go_on = Turns(executor, 3), [], Event(), Event()

    def fail():
        started.set()
        go_on.wait(60)
        raise ValueError

    turns.begin(fail)
    turns.begin(done.append, 1)
    started.wait(60)
    Timer(0.01, go_on.set).start()
    turns.cancel()
    assert done == []
    turns.wait()
