"""The cases that lie beside the measuring data hold, and no damage to their files does harm.

The folder ``cases`` beside that of the measuring data has a list of cases and their files; ``tools`` has the
program that checks them. Where either is absent, the tests are skipped.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

import newsindex
from newsindex import CorpusError
from tests.conftest import ROOT

from .test_mutations import INPUTS, WRAPPERS, mutated

_FILES = 200
_MAX_SECONDS = 10
_MAX_MEMORY = 400 << 10  # KB that reading may add to the largest size of the process


@pytest.fixture(scope="session")
def cases(data):
    """The folder of the given cases; the test is skipped where there is none."""
    folder = data.parent / "cases"
    if not (folder / "INDEX.jsonl").is_file():
        pytest.skip(f"no cases in {folder}")
    return folder


def test_the_given_cases_hold(cases):
    program = cases.parent / "tools" / "check_files.py"
    if not program.is_file():
        pytest.skip(f"no {program}")
    done = subprocess.run(
        [sys.executable, program, cases / "INDEX.jsonl"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


class _TooSlow(BaseException):
    """A file took too long; no reader catches this."""


@contextmanager
def within(seconds):
    def stop(signum, frame):
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def read_damaged(folder, inputs, chance):
    """Read damaged files of some inputs, in a folder and packed, one at a time."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(_FILES):
        name, content = chance.choice(inputs)
        wrap, suffix = chance.choice(WRAPPERS)
        path = folder / f"{number}-{name}{suffix}"
        path.write_bytes(wrap(mutated(content, chance)))
        with within(_MAX_SECONDS):
            corpus = newsindex.read(path)
            articles = list(corpus)
        assert articles or corpus.errors or corpus.summary.passed_over, path
        assert all(isinstance(error, CorpusError) and error.file for error in corpus.errors)
        path.unlink()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < _MAX_MEMORY


@pytest.mark.skipif(sys.platform != "linux", reason="alarms, and limits of memory")
def test_damaged_files_of_the_given_cases_end_in_articles_and_errors(cases, tmp_path):
    files = [path for path in sorted((cases / "files").rglob("*")) if path.is_file()]
    read_damaged(tmp_path, [(path.name, path.read_bytes()) for path in files], random.Random(20260202))


@pytest.mark.skipif(sys.platform != "linux", reason="alarms, and limits of memory")
def test_damaged_and_packed_inputs_of_the_tests_end_in_articles_and_errors(tmp_path):
    read_damaged(tmp_path, list(INPUTS.items()), random.Random(20260203))
