"""Why is no connection to SQLite carried over a fork?

For each file that it has open, SQLite keeps account of the locks that its process holds. A forked child gets
the account and not the locks: it would read without protection, and find the parent's lock taken
for ever. So a fork waits for the connections that are open briefly, and a child that was forked
in spite of an open one leaves that database alone.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from newsindex.errors import NewsIndexError

_PATIENCE: Final = 5.0  # seconds that a fork waits

_changed: Final = threading.Condition()
_open: Final = Counter[tuple[str, bool]]()  # connections, by file and whether they are brief
_carried: Final = set[str]()  # the files that a parent had open at the fork


@contextmanager
def connected(file: Path, *, briefly: bool) -> Iterator[None]:
    """Say that a database is open, from before it is until after. Raises NewsIndexError where it may not."""
    name = os.path.realpath(file)
    with _changed:
        if name in _carried:
            raise NewsIndexError(
                f"this process was forked while its parent was writing to {file.parent}: it can search what "
                "it has open, and no more; fork before or after, or start processes with `spawn`"
            )
        _open[name, briefly] += 1
    try:
        yield
    finally:
        with _changed:
            _open[name, briefly] -= 1
            if _open[name, briefly] <= 0:  # less where a child unwinds what its parent began
                del _open[name, briefly]
            _changed.notify_all()


def _are_brief_ones_closed() -> bool:
    return not any(briefly for _, briefly in _open)


def _before_fork() -> None:
    _changed.acquire()
    _changed.wait_for(_are_brief_ones_closed, _PATIENCE)


def _in_parent() -> None:
    _changed.release()


def _in_child() -> None:
    _carried.update(name for name, _ in _open)
    _open.clear()
    _changed.release()


if hasattr(os, "register_at_fork"):  # there is no fork on Windows
    os.register_at_fork(before=_before_fork, after_in_parent=_in_parent, after_in_child=_in_child)
