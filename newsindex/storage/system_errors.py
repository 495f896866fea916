"""How does what the system or SQLite says become an error that says what to do?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from newsindex.errors import IndexCorrupt, IndexLocked, IndexTooOld, NewsIndexError

_REFUSALS: Final = (
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_PROTOCOL,
)  # fmt: skip


@contextmanager
def reporting_refusals(folder: Path) -> Iterator[None]:
    """The system's errors as ours: a full disk, a folder that is another's."""
    try:
        yield
    except OSError as error:
        raise _refused(error.filename or folder, error.strerror or str(error)) from error


@contextmanager
def reporting_database(file: Path) -> Iterator[None]:
    """SQLite's errors on a database as ours."""
    try:
        yield
    except sqlite3.Error as error:
        if is_busy(error):
            raise IndexLocked(f"{file.parent} is busy: try again") from error
        if _primary_code(error) in _REFUSALS:
            raise _refused(file, str(error)) from error
        raise damaged(file, error) from error
    except UnicodeDecodeError as error:  # in a name of a table, which SQLite's own error wants to tell
        raise damaged(file, "names that are no text") from error


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection is in the way."""
    return _primary_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _primary_code(error: sqlite3.Error) -> int:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)  # none: what was read is no text
    return int(code) & 0xFF  # the rest says which kind of it


def _refused(file: object, reason: str) -> NewsIndexError:
    return NewsIndexError(
        f"{file} could not be read or written ({reason}): see to the disk and to its permissions, "
        "then do it again"
    )


def damaged(file: Path, what: object) -> IndexCorrupt:
    """What to say where a file is not as it was written."""
    return IndexCorrupt(f"{file} is damaged ({what}): restore the index from a copy, or index again")


def missing(error: FileNotFoundError) -> IndexCorrupt:
    """What to say where a file that a commit names is not there."""
    return IndexCorrupt(f"{error.filename} is missing: restore the index from a copy, or index again")


def other_format(file: Path, version: int, read: int) -> IndexTooOld:
    """What to say of a file in another version of the format than the one that is read."""
    if version > read:
        advice = "it was written by a newer newsindex: install that one"
    else:
        advice = "index the articles again, or use the newsindex that wrote it"
    return IndexTooOld(f"{file} is in format {version} and this newsindex reads format {read}: {advice}")
