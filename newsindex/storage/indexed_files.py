"""Which files did the index take in whole, and how did they look then?

One table beside the catalogue's own, changed in the transaction of the commit that takes a file's last
articles in, so that it never speaks of articles that are not there. An index without it remembers nothing.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

_SCHEMA: Final = """CREATE TABLE IF NOT EXISTS sources
    (path BLOB PRIMARY KEY, size INTEGER, modified INTEGER, digest BLOB, reading TEXT, articles INTEGER,
    checksum INTEGER)"""
_EXISTS: Final = "SELECT 1 FROM sqlite_master WHERE name = 'sources'"


class Source(NamedTuple):
    """A file as it was read: its absolute path in the system's bytes, its size in bytes, the nanosecond of
    its last change, a digest of its content, how it was read, and how many articles it gave."""

    path: bytes
    size: int
    modified: int
    digest: bytes
    reading: str
    articles: int


def remembered(database: sqlite3.Connection) -> dict[bytes, Source]:
    """The files taken in, by path; a damaged row is as good as forgotten: its file is read again."""
    return {source.path: source for source, is_sound in _rows(database) if is_sound}


def forgotten(database: sqlite3.Connection) -> int:
    """How many rows are damaged."""
    return sum(not is_sound for _, is_sound in _rows(database))


def _rows(database: sqlite3.Connection) -> Iterator[tuple[Source, bool]]:
    if database.execute(_EXISTS).fetchone() is not None:
        columns = ", ".join((*Source._fields, "checksum"))
        for *values, checksum in database.execute(f"SELECT {columns} FROM sources"):
            source = Source(*values)
            yield source, _checksum(source) == checksum


def _checksum(source: Source) -> int:
    return zlib.crc32(repr(tuple(source)).encode("utf-8", "backslashreplace"))


def remember(database: sqlite3.Connection, sources: Iterable[Source]) -> None:
    """Note files as taken in, in place of what was noted of them before."""
    database.execute(_SCHEMA)
    rows = [(*source, _checksum(source)) for source in sources]
    database.executemany("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
