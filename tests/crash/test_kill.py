"""A writer killed at any instant loses nothing that it had committed, and leaves nothing half done."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

import newsindex

from .worker import expected

KILLS = int(os.environ.get("NEWSINDEX_KILLS", "12"))


def committed_before_kill(folder, seconds):
    """Run the worker for so long, kill it, and give the number of the last commit that it printed."""
    command = [sys.executable, "-m", "tests.crash.worker", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        first = worker.stdout.readline()
        time.sleep(seconds)
        worker.kill()
        printed = [first, *worker.stdout.read().split("\n")]
    whole = [line for line in printed if line.strip()]
    return int(whole[-1])


def test_every_kill_leaves_the_last_commit_whole(tmp_path):
    rng = random.Random(5)
    folder = tmp_path / "i"
    for _ in range(KILLS):
        last = committed_before_kill(folder, rng.uniform(0, 0.25))
        index = newsindex.open(folder)
        index.check()
        state = int(index.get("state").body)
        assert state >= last
        assert {article.id for article in index} == expected(state)
        assert index.search("corps", limit=100).total == len(expected(state)) - 1
        index.close()
    index = newsindex.open(folder)
    index.optimize()
    named = index.stats().segments
    assert len(list(folder.glob("*.segment"))) == named
    index.close()
