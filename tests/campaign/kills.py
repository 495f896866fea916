"""Kills writers at any instant: each leaves its last commit, or the one that it was making, whole."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections import Counter

import newsindex
from newsindex.storage.array_file import OLDEST_WITH_TEXTS
from tests.storage import golden

from . import shim
from .steps import kind, verify


def run(folder, kills, library=None, seed=5):
    """Kill so many writers, one after another on one index, and verify after each of them.

    With a library of shim.py every other one dies before a random one of its calls that change a file, and
    the rest at a random time. Returns how many died in which kind of step, and how many commits in flight
    were there afterwards.
    """
    rng = random.Random(seed)
    index = folder / "index"
    figures = Counter()
    acknowledged = -2  # the index itself may not have been made
    for i in range(kills):
        if library is not None and i % 2:
            calls = rng.randint(1, 400)
            last = _run_worker(index, shim.environment(library, folder, kill_at=calls), None)
        else:
            last = _run_worker(index, None, rng.uniform(0, 0.6))
        acknowledged = max(acknowledged, last)
        if acknowledged == -2 and not (index / "catalogue.sqlite").exists():
            figures["killed before there was an index"] += 1
            continue
        figures[f"killed during {kind(acknowledged + 1)}"] += 1
        found = verify(index, max(acknowledged, -1), acknowledged + 1) - 1
        figures["commits in flight that were kept"] += found > acknowledged
        acknowledged = found + 1
    return figures


def run_rebuilds(folder, library, every=1):
    """Kill the rebuilding of an old index before each of its calls that change a file, or before every so
    many.

    After each it is as it was or rebuilt, and rebuilding it once more makes it whole. Returns how many were
    killed before the commit and after it.
    """
    figures = Counter()
    for kill_at in range(1, 10_000, every):
        index = golden.unpacked(folder / str(kill_at), OLDEST_WITH_TEXTS)
        environment = shim.environment(library, index, kill_at=kill_at)
        command = [sys.executable, "-m", "newsindex", "optimize", "--rebuild", "--at", index]
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        try:
            newsindex.open(index).close()
            moment = "after the commit"
        except newsindex.IndexTooOld:
            moment = "before the commit"
        newsindex.rebuild(index)
        with newsindex.open(index) as rebuilt:
            rebuilt.check()
            assert len(rebuilt) == 24
            assert golden.DELETED not in rebuilt
            assert rebuilt.stats().segments == len(list(index.glob("*.segment"))) == 1
        shutil.rmtree(index)
        if done.returncode == 0:
            return figures
        assert done.returncode == -9, done.stderr
        figures[moment] += 1
    return figures


def _run_worker(index, environment, seconds):
    """Run a worker until it is killed; returns the last step that it printed, -2 for none."""
    command = [sys.executable, "-m", "tests.campaign.worker", str(index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as worker:
        printed = []
        if seconds is not None:
            printed.append(worker.stdout.readline())  # it has started
            time.sleep(seconds)
            worker.kill()
        printed.extend(worker.stdout)
    assert worker.wait() == -9, f"the worker ended by itself, with {worker.returncode}"
    return int(printed[-1]) if printed else -2
