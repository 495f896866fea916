"""The table of files whose articles are all in the index, which lets a later run skip unchanged files.

The table stands beside the catalogue's own and changes in the same transaction as the commit that adds a
file's last articles, so it never lists a file whose articles are missing. An index that was never asked to
remember files has no such table.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

_SCHEMA: Final = """CREATE TABLE IF NOT EXISTS sources
    (path BLOB PRIMARY KEY, size INTEGER, modified INTEGER, digest BLOB, reading TEXT, articles INTEGER,
    checksum INTEGER)"""
_TABLE_EXISTS: Final = "SELECT 1 FROM sqlite_master WHERE name = 'sources'"


class IndexedFile(NamedTuple):
    """A file as it was when it was read.

    ``path`` is absolute and in the system's bytes, ``size`` in bytes, ``modified`` the time of the last
    change in nanoseconds, ``digest`` a hash of the content, ``reading`` the way in which it was read, and
    ``articles`` the number of articles it gave.
    """

    path: bytes
    size: int
    modified: int
    digest: bytes
    reading: str
    articles: int


def load_indexed_files(database: sqlite3.Connection) -> dict[bytes, IndexedFile]:
    """The indexed files by path, without damaged rows: a file whose row is damaged is read again."""
    return {file.path: file for file, is_sound in _rows(database) if is_sound}


def count_damaged_rows(database: sqlite3.Connection) -> int:
    """The number of rows whose checksum does not fit."""
    return sum(not is_sound for _, is_sound in _rows(database))


def _rows(database: sqlite3.Connection) -> Iterator[tuple[IndexedFile, bool]]:
    """Each row, and whether its checksum fits."""
    if database.execute(_TABLE_EXISTS).fetchone() is not None:
        columns = ", ".join((*IndexedFile._fields, "checksum"))
        for *values, checksum in database.execute(f"SELECT {columns} FROM sources"):
            file = IndexedFile(*values)
            yield file, _checksum(file) == checksum


def _checksum(file: IndexedFile) -> int:
    """The CRC-32 of a row's values as Python writes a tuple of them."""
    return zlib.crc32(repr(tuple(file)).encode("utf-8", "backslashreplace"))


def store_indexed_files(database: sqlite3.Connection, files: Iterable[IndexedFile]) -> None:
    """Inserts the rows of some files, in place of earlier rows for the same paths."""
    database.execute(_SCHEMA)
    rows = [(*file, _checksum(file)) for file in files]
    database.executemany("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
