"""Which files did the index take in whole, and how did they look then?

One table beside the catalogue's own, changed in the transaction of the commit that takes a file's last
articles in, so that it never speaks of articles that are not there. An index without it remembers nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final, NamedTuple

_SCHEMA: Final = """CREATE TABLE IF NOT EXISTS sources
    (path BLOB PRIMARY KEY, size INTEGER, modified INTEGER, digest BLOB, reading TEXT, articles INTEGER)"""
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
    """The files taken in, by path."""
    if database.execute(_EXISTS).fetchone() is None:
        return {}
    rows = database.execute("SELECT path, size, modified, digest, reading, articles FROM sources")
    return {row[0]: Source(*row) for row in rows}


def remember(database: sqlite3.Connection, sources: Iterable[Source]) -> None:
    """Note files as taken in, in place of what was noted of them before."""
    database.execute(_SCHEMA)
    database.executemany("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?)", sources)
