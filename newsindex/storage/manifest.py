"""The manifest of an index, which is all that one commit says, and the tables that hold it."""

from __future__ import annotations

import json
import secrets
import sqlite3
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from .system_errors import damaged_file_error

MANIFEST_SCHEMA: Final = """
CREATE TABLE manifest (id INTEGER PRIMARY KEY CHECK (id = 0), body TEXT, checksum INTEGER);
CREATE TABLE deletions (segment TEXT PRIMARY KEY, documents BLOB, checksum INTEGER);
"""


@dataclass(frozen=True)
class SegmentEntry:
    """A live segment: the name of its file, the number of its documents, and those that are deleted.

    The number includes the deleted documents, which are given as little-endian uint16.
    """

    name: str
    documents: int
    deleted: bytes = b""


@dataclass(frozen=True)
class Manifest:
    """The content of one commit: its number, its segments in order, and the settings of the index.

    ``identity`` is a random hexadecimal number that the index keeps for life, by which a reader tells it
    from an index that was made anew in the same folder. It is empty in an index made by an older newsindex,
    until the next commit.
    """

    commit: int
    segments: tuple[SegmentEntry, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    identity: str = ""

    def next_commit(self, segments: tuple[SegmentEntry, ...]) -> Manifest:
        """The manifest of the commit after this one, with other segments."""
        return Manifest(self.commit + 1, segments, self.settings, self.identity or new_identity())


def new_identity() -> str:
    """A random identity for an index: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def load_manifest(database: sqlite3.Connection, file: Path) -> Manifest:
    """Reads the manifest; raises IndexCorrupt, naming ``file``, where a checksum does not fit."""
    row = database.execute("SELECT body, checksum FROM manifest").fetchone()
    blobs = database.execute("SELECT segment, documents, checksum FROM deletions").fetchall()
    if row is None or not isinstance(row[0], str) or zlib.crc32(row[0].encode()) != row[1]:
        raise damaged_file_error(file, "its manifest is not as written")
    body = json.loads(row[0])
    deleted = {name: blob for name, blob, crc in blobs if isinstance(blob, bytes) and zlib.crc32(blob) == crc}
    entries = []
    for name, documents, deleted_count in body["segments"]:
        if deleted_count and len(deleted.get(name, b"")) != 2 * deleted_count:
            raise damaged_file_error(file, f"the deletions of {name} are not as written")
        entries.append(SegmentEntry(name, documents, deleted[name] if deleted_count else b""))
    return Manifest(body["commit"], tuple(entries), body["settings"], body.get("identity", ""))


def store_manifest(database: sqlite3.Connection, manifest: Manifest) -> None:
    """Replaces the manifest, inside the transaction that is open."""
    body = json.dumps(
        {
            "commit": manifest.commit,
            "segments": [[s.name, s.documents, len(s.deleted) // 2] for s in manifest.segments],
            "settings": manifest.settings,
            "identity": manifest.identity,
        }
    )
    database.execute("INSERT OR REPLACE INTO manifest VALUES (0, ?, ?)", (body, zlib.crc32(body.encode())))
    database.execute("DELETE FROM deletions")
    database.executemany(
        "INSERT INTO deletions VALUES (?, ?, ?)",
        [(s.name, s.deleted, zlib.crc32(s.deleted)) for s in manifest.segments if s.deleted],
    )
