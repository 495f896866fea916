"""A program that commits step after step, until it is stopped: worker.py FOLDER [STEPS]

Prints the number of each step once its commit has returned, and notes it in the shim's record.
"""

from __future__ import annotations

import sys

import newsindex

from . import shim
from .steps import perform, state


def main(folder, steps=None):
    index = newsindex.open(folder, create=True)
    k = state(index)
    last = None if steps is None else k + int(steps)
    while last is None or k <= last:
        print(k, flush=True)
        shim.note(k)
        if k == last:
            return
        k += 1
        perform(index, k)


if __name__ == "__main__":
    main(*sys.argv[1:])
