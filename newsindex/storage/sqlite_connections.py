"""Addresses of databases, and the registry of open SQLite connections, so that none is used across a fork.

SQLite keeps a table of the locks that its process holds on each open file. A forked child inherits that
table but not the locks: it would read without protection, and would believe the parent's lock to be its own
for ever. So a fork waits for the connections that are open only briefly, and a child that was forked
while a long-lived connection was open may not open that database.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import quote_from_bytes

from newsindex.errors import NewsIndexError

_MAX_FORK_WAIT: Final = 5.0  # seconds

_changed: Final = threading.Condition()
_open_counts: Final = Counter[tuple[str, bool]]()  # connections, by file and whether they are brief
_inherited_files: Final = set[str]()  # the databases that the parent had open at the fork


def database_uri(file: PurePath) -> str:
    """The address by which SQLite opens the database in a file whose path is absolute.

    The host of a network folder of Windows is part of the path: SQLite takes no other host than this machine.
    """
    path = quote_from_bytes(os.fsencode(file.as_posix()), safe="/:")
    return f"file://{path}" if path.startswith("/") else f"file:///{path}"


@contextmanager
def registered_connection(file: Path, *, brief: bool) -> Iterator[None]:
    """Registers a connection to a database for the block.

    The block begins before the connection is made and ends after it is closed. A fork waits for ``brief``
    connections. Raises NewsIndexError where the process was forked while its parent had the database open.
    """
    name = os.path.realpath(file)
    with _changed:
        if name in _inherited_files:
            raise NewsIndexError(
                f"this process was forked while its parent was writing to {file.parent}: it can search what "
                "it has open, and no more; fork before or after, or start processes with `spawn`"
            )
        _open_counts[name, brief] += 1
    try:
        yield
    finally:
        with _changed:
            _open_counts[name, brief] -= 1
            if _open_counts[name, brief] <= 0:  # negative where a child leaves a block of its parent
                del _open_counts[name, brief]
            _changed.notify_all()


def _no_brief_connection_is_open() -> bool:
    return not any(brief for _, brief in _open_counts)


def _before_fork() -> None:
    _changed.acquire()
    _changed.wait_for(_no_brief_connection_is_open, _MAX_FORK_WAIT)


def _after_fork_in_parent() -> None:
    _changed.release()


def _after_fork_in_child() -> None:
    _inherited_files.update(name for name, _ in _open_counts)
    _open_counts.clear()
    _changed.release()


if hasattr(os, "register_at_fork"):  # there is no fork on Windows
    os.register_at_fork(
        before=_before_fork, after_in_parent=_after_fork_in_parent, after_in_child=_after_fork_in_child
    )
