"""Several processes on one index: writers take turns, and readers see whole commits only."""

from __future__ import annotations

import subprocess
import sys

import newsindex

WRITE = """
import sys, newsindex
from newsindex import Article
index = newsindex.open(sys.argv[1], create=True)
for k in range(15):
    index.add([Article(f"Titre {k}", "du corps", id=f"{sys.argv[2]}-{k}-{i}") for i in range(3)], timeout=60)
"""
READ = """
import sys, newsindex
index = newsindex.open(sys.argv[1])
for _ in range(40):
    index.refresh()
    total = index.search("corps", limit=5).total
    assert total % 3 == 0 and total == len(index), (total, len(index))
"""


def run(code, *arguments):
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stderr=subprocess.PIPE, text=True)


def test_two_writers_and_two_readers_get_along(tmp_path):
    folder = str(tmp_path / "i")
    newsindex.create(folder).close()
    processes = [run(WRITE, folder, "a"), run(WRITE, folder, "b"), run(READ, folder), run(READ, folder)]
    for process in processes:
        with process:
            _, errors = process.communicate()
        assert process.returncode == 0, errors
    index = newsindex.open(folder)
    assert len(index) == 90
    index.check()
    index.close()
