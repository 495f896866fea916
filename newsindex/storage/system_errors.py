"""Translation of errors of the system and of SQLite into newsindex errors that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from newsindex.errors import IndexCorrupt, IndexLocked, IndexTooNew, IndexTooOld, NewsIndexError

_REFUSAL_CODES: Final = (
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_PROTOCOL,
)  # fmt: skip
"""Primary result codes of SQLite that do not mean a damaged database."""


@contextmanager
def translate_system_errors(folder: Path) -> Iterator[None]:
    """Raises NewsIndexError where the system refuses something in the block, as on a full disk.

    ``folder`` is named where the system's error names no file.
    """
    try:
        yield
    except OSError as error:
        raise _refused_error(error.filename or folder, error.strerror or str(error)) from error


@contextmanager
def translate_database_errors(file: Path) -> Iterator[None]:
    """Raises IndexLocked, NewsIndexError or IndexCorrupt where SQLite fails on a database in the block."""
    try:
        yield
    except sqlite3.Error as error:
        if is_busy(error):
            raise IndexLocked(f"{file.parent} is busy: try again") from error
        if _primary_code(error) in _REFUSAL_CODES:
            raise _refused_error(file, str(error)) from error
        raise damaged_file_error(file, error) from error
    except UnicodeDecodeError as error:  # in a table's name, which sqlite3 puts into its own error
        raise damaged_file_error(file, "names that are no text") from error


def is_busy(error: sqlite3.Error) -> bool:
    """Whether SQLite failed because another connection holds a lock."""
    return _primary_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _primary_code(error: sqlite3.Error) -> int:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)  # absent where a value is not text
    return int(code) & 0xFF  # the higher bits are the extended code


def _refused_error(file: object, reason: str) -> NewsIndexError:
    return NewsIndexError(
        f"{file} could not be read or written ({reason}): see to the disk and to its permissions, "
        "then do it again"
    )


def damaged_file_error(file: Path, reason: object) -> IndexCorrupt:
    """The error for a file whose bytes are not what was written."""
    return IndexCorrupt(f"{file} is damaged ({reason}): restore the index from a copy, or index again")


def missing_file_error(error: FileNotFoundError) -> IndexCorrupt:
    """The error for a file that the manifest names and that does not exist."""
    return IndexCorrupt(f"{error.filename} is missing: restore the index from a copy, or index again")


def segment_version_error(
    file: Path, version: int, readable: int, oldest_with_texts: int
) -> IndexTooOld | IndexTooNew:
    """The error for a segment in another format version.

    From ``oldest_with_texts`` on its articles can be read.
    """
    if not oldest_with_texts <= version < readable:
        return format_version_error(file, version, readable)
    return IndexTooOld(
        f"{file} is in format {version} and this newsindex reads format {readable}: index its articles anew "
        f"with `newsindex optimize --rebuild --at {file.parent}` or newsindex.rebuild()"
    )


def format_version_error(file: Path, version: int, readable: int) -> IndexTooOld | IndexTooNew:
    """The error for a file in another format version than the one that this newsindex reads."""
    start = f"{file} is in format {version} and this newsindex reads format {readable}: "
    if version > readable:
        return IndexTooNew(f"{start}it was written by a newer newsindex: install that one")
    return IndexTooOld(f"{start}index the articles again, or use the newsindex that wrote it")
