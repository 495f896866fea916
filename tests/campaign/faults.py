"""Lets system calls fail, as on a full or broken disk: each is one clear error that loses nothing.

faults.py FOLDER EVERY, run under shim.py: each kind of step is tried with its first call failing, then with
its second, and so on (of these, each EVERYth), first that call alone and then all that follow too. Prints as
JSON how often which error was seen.
"""

from __future__ import annotations

import errno
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from functools import partial
from itertools import count
from pathlib import Path

import newsindex

from . import shim
from .steps import KINDS, assert_holds, perform, state

_ERRORS = (errno.ENOSPC, errno.EIO)


def run(folder, library, every=1):
    """Try every failure, or each ``every``th, in a process of its own; returns how often which error."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.campaign.faults", str(folder / "faults"), str(every)],
        env=shim.environment(library, folder), check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return Counter(json.loads(done.stdout))


def main(folder, every):
    folder.mkdir()
    figures = Counter()
    for number in _ERRORS:
        for calls in (1, 0):
            name = f"{errno.errorcode[number]}, {'once' if calls else 'from then on'}"
            _fail_creation(folder / "made", number, calls, every, figures, name)
            _fail_steps(folder / f"index {name}", number, calls, every, figures, name)
    print(json.dumps(figures))


def _failing(action, at, number, calls):
    """Run an action with some of its calls failing; returns whether any did, and the error that it told."""
    told = None
    shim.fail_from(at, number, calls)
    try:
        action()
    except newsindex.NewsIndexError as error:
        told = error
    finally:
        any_failed = shim.failed() > 0
        shim.stop_failing()
    assert told is None or re.search("see to the disk|no folder can be made", str(told)), told
    return any_failed, told


def _fail_creation(folder, number, calls, every, figures, name):
    for at in count(1, every):
        any_failed, error = _failing(lambda: newsindex.create(folder).close(), at, number, calls)
        if error is not None:
            figures[f"create: {type(error).__name__} ({name})"] += 1
        with newsindex.open(folder, create=True) as index:
            perform(index, 0)
            assert_holds(index, 0)
            index.check()
        assert sorted(path.suffix for path in folder.iterdir()) == [".segment", ".sqlite"]
        shutil.rmtree(folder)
        if not any_failed:
            return


def _fail_steps(folder, number, calls, every, figures, name):
    index = newsindex.open(folder, create=True)
    k = -1
    for at in count(1, every):
        has_any_failed = False
        for _ in KINDS:
            any_failed, error = _failing(partial(perform, index, k + 1), at, number, calls)
            has_any_failed |= any_failed
            with newsindex.open(folder) as other:
                other.check()
                found = state(other)
                assert found in ((k, k + 1) if error is not None else (k + 1,)), (k, found, error)
                assert_holds(other, found)
            index.refresh()
            if error is not None:
                figures[f"change: {type(error).__name__} ({name})"] += 1
                figures["commits that were kept for all that"] += found == k + 1
            if found == k:
                perform(index, k + 1)  # the disk is well again
            k += 1
            assert_holds(index, k)
            index.check()
            segments = sum(path.suffix == ".segment" for path in folder.iterdir())
            assert found == k or segments == index.stats().segments
        if not has_any_failed:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
