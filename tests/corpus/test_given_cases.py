"""The cases that lie beside the measuring data hold, and no damage to their files does harm.

The folder ``cases`` beside that of the measuring data has a list of cases and their files; ``tools`` has the
program that checks them. Where either is absent, the tests are skipped.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest

import newsindex
from newsindex import CorpusError
from tests.conftest import ROOT
from tests.limits import peak_memory, processor_seconds, reset_peak_memory, resident_memory

from .test_mutations import INPUTS, WRAPPERS, mutated

_FILES = 200
_MAX_SECONDS = 10
_MAX_MEMORY = 400 << 20  # bytes that reading may add to the process


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


def read_damaged(folder, inputs, chance):
    """Read damaged files of some inputs, in a folder and packed, one at a time."""
    reset_peak_memory()
    before = resident_memory()
    for number in range(_FILES):
        name, content = chance.choice(inputs)
        wrap, suffix = chance.choice(WRAPPERS)
        path = folder / f"{number}-{name}{suffix}"
        path.write_bytes(wrap(mutated(content, chance)))
        with processor_seconds(_MAX_SECONDS):
            corpus = newsindex.read(path)
            articles = list(corpus)
        assert articles or corpus.errors or corpus.summary.passed_over, path
        assert all(isinstance(error, CorpusError) and error.file for error in corpus.errors)
        path.unlink()
    assert peak_memory() - before < _MAX_MEMORY


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory")
def test_damaged_files_of_the_given_cases_end_in_articles_and_errors(cases, tmp_path):
    files = [path for path in sorted((cases / "files").rglob("*")) if path.is_file()]
    read_damaged(tmp_path, [(path.name, path.read_bytes()) for path in files], random.Random(20260202))


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory")
def test_damaged_and_packed_inputs_of_the_tests_end_in_articles_and_errors(tmp_path):
    read_damaged(tmp_path, list(INPUTS.items()), random.Random(20260203))
