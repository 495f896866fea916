"""A program that changes an index without end, to be killed at any instant: worker.py FOLDER

Commit number k leaves a known state (see :func:`expected`), and is printed once it is made.
"""

from __future__ import annotations

import sys

import newsindex
from newsindex import Article

KEPT = 6  # commits whose articles stay
EACH = 4  # articles of one commit


def expected(k):
    """The ids that are live after commit k."""
    return {f"{c}-{i}" for c in range(max(0, k - KEPT + 1), k + 1) for i in range(EACH)} | {"state"}


def main(folder):
    index = newsindex.open(folder, create=True)
    state = index.get("state")
    k = int(state.body) + 1 if state else 0
    while True:
        with index.writer() as writer:
            for i in range(EACH):
                writer.add(Article(f"Titre {k}", f"Le corps numéro {i} du commit {k}.", id=f"{k}-{i}"))
            for i in range(EACH):
                writer.delete(f"{k - KEPT}-{i}")
            writer.add(Article("état", str(k), id="state"))
            if k % 7 == 0:
                writer.optimize()
        print(k, flush=True)
        k += 1


if __name__ == "__main__":
    main(sys.argv[1])
