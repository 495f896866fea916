"""What is live in an index, and how does that change all at once?

One SQLite database in WAL mode names the segments, their deletions and the settings. Its transactions
are the index's commits, its write lock is the index's writer lock, and its recovery is the index's
recovery: segment files are synced before the transaction that names them, and a file that no commit
names is swept away by the next writer.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from newsindex.errors import IndexCorrupt, IndexExists, IndexLocked, IndexNotFound, NewsIndexError

from .folder_sync import discard, sync_folder
from .indexed_files import Source, forgotten, remember, remembered
from .sqlite_connections import connected
from .system_errors import (
    damaged,
    is_busy,
    other_format,
    reporting_database,
    reporting_refusals,
)

FILE: Final = "catalogue.sqlite"
HOLDER: Final = "writer.json"
_UNFINISHED: Final = ".new"  # the end of the name of a database that is being made
_APPLICATION: Final = 0x4E574958  # NWIX
_VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE manifest (id INTEGER PRIMARY KEY CHECK (id = 0), body TEXT, checksum INTEGER);
CREATE TABLE deletions (segment TEXT PRIMARY KEY, documents BLOB, checksum INTEGER);
"""


_PARENTS: Final[list[sqlite3.Connection]] = []
"""What this process was forked with: to forget a connection would close it."""


@dataclass(frozen=True)
class SegmentEntry:
    """A live segment: the name of its file, and its deleted documents as little-endian uint16."""

    name: str
    documents: int
    deleted: bytes = b""


@dataclass(frozen=True)
class Manifest:
    """Everything that one commit says."""

    commit: int
    segments: tuple[SegmentEntry, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    identity: str = ""  # random, as long as the index lives; empty for one made before there were any


def create_catalogue(folder: Path, settings: dict[str, Any]) -> None:
    """Make the database of a new index, with its first commit. Raises IndexExists."""
    new_folders = [path for path in (folder, *folder.absolute().parents) if not os.path.exists(path)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise NewsIndexError(f"no folder can be made at {str(folder)!r} ({error}): name another") from error
    if has_catalogue(folder):
        raise IndexExists(f"there is an index in {folder} already: open it, or name another folder")
    making = folder / f"{FILE}.{os.getpid()}{_UNFINISHED}"
    with reporting_refusals(folder):
        try:
            making.unlink(missing_ok=True)
            _write_new(making, settings)
            os.link(making, folder / FILE)  # fails where another process was first
        except FileExistsError:
            raise IndexExists(f"there is an index in {folder} already: open it") from None
        finally:
            discard(folder.glob(f"{making.name}*"))
        for path in {folder, folder.parent, *(new.parent for new in new_folders)}:
            sync_folder(path)


def _write_new(path: Path, settings: dict[str, Any]) -> None:
    with (
        connected(path.parent / FILE, briefly=True),
        reporting_database(path),
        closing(sqlite3.connect(path, isolation_level=None)) as database,
    ):
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        database.execute(f"PRAGMA user_version = {_VERSION}")
        database.executescript(_SCHEMA)
        _store(database, Manifest(0, (), settings, secrets.token_hex(16)))
        database.execute("PRAGMA journal_mode = WAL")


def has_catalogue(folder: Path) -> bool:
    """Whether there is an index in a folder."""
    with reporting_refusals(folder):
        return (folder / FILE).exists()


class Catalogue:
    """The database of one index, opened. Raises IndexNotFound, IndexCorrupt, IndexTooOld."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / FILE
        if not has_catalogue(folder):
            raise IndexNotFound(
                f"there is no index in {folder}: make one with "
                f"`newsindex index --at {folder} FILES…` or newsindex.create()"
            )
        with self._reading() as database:
            (application,) = database.execute("PRAGMA application_id").fetchone()
            (version,) = database.execute("PRAGMA user_version").fetchone()
        if application != _APPLICATION:
            raise IndexCorrupt(f"{folder / FILE} is not the catalogue of a newsindex index")
        if version != _VERSION:
            raise other_format(self._file, version, _VERSION)

    def _connect(self, timeout: float = 5.0, query: str = "") -> sqlite3.Connection:
        uri = self._file.absolute().as_uri() + query
        return sqlite3.connect(uri, timeout=timeout, isolation_level=None, check_same_thread=False, uri=True)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The database as the last commit left it."""
        with connected(self._file, briefly=True), reporting_database(self._file), ExitStack() as stack:
            try:
                database = stack.enter_context(closing(self._connect()))
                database.execute("BEGIN")
                database.execute("SELECT name FROM sqlite_master").fetchone()
            except sqlite3.OperationalError as error:
                if is_busy(error) or self._has_wal():
                    raise
                # nothing can be written here, as SQLite does to read beside a writer; nor then is one at work
                database = stack.enter_context(closing(self._connect(query="?immutable=1")))
            yield database

    def _has_wal(self) -> bool:
        with suppress(OSError):
            return (self.folder / f"{FILE}-wal").stat().st_size > 0
        return False

    def read(self) -> Manifest:
        """What the last commit says."""
        with self._reading() as database:
            return self._load(database)

    def check(self) -> None:
        """Let SQLite check every page of its database, and every row by its checksum; raises IndexCorrupt."""
        with self._reading() as database:
            found = [str(fault) for (fault,) in database.execute("PRAGMA integrity_check(1)")]
            self._load(database)
            rows = forgotten(database)
        if found != ["ok"]:
            raise damaged(self._file, " ".join(" ".join(found).split()))
        if rows:
            raise damaged(self._file, f"{rows} rows of the files that were taken in")

    def _load(self, database: sqlite3.Connection) -> Manifest:
        row = database.execute("SELECT body, checksum FROM manifest").fetchone()
        blobs = database.execute("SELECT segment, documents, checksum FROM deletions").fetchall()
        if row is None or not isinstance(row[0], str) or zlib.crc32(row[0].encode()) != row[1]:
            raise damaged(self._file, "its manifest is not as written")
        body = json.loads(row[0])
        deleted = {
            name: blob for name, blob, crc in blobs if isinstance(blob, bytes) and zlib.crc32(blob) == crc
        }
        entries = []
        for name, documents, gone in body["segments"]:
            if gone and len(deleted.get(name, b"")) != 2 * gone:
                raise damaged(self._file, f"the deletions of {name} are not as written")
            entries.append(SegmentEntry(name, documents, deleted[name] if gone else b""))
        return Manifest(body["commit"], tuple(entries), body["settings"], body.get("identity", ""))

    def sources(self) -> dict[bytes, Source]:
        """The files that were taken in whole, by path."""
        with self._reading() as database:
            return remembered(database)

    def size(self) -> int:
        """Bytes on disk of the database and its journals."""
        size = 0
        for file in self.folder.glob(f"{FILE}*"):
            with suppress(FileNotFoundError):  # SQLite takes a journal away when the last connection closes
                size += file.stat().st_size
        return size

    @contextmanager
    def write(self, timeout: float) -> Iterator[Transaction]:
        """Hold the writer lock; nothing is changed unless the transaction is committed.

        Waits ``timeout`` seconds for another writer, then raises IndexLocked naming it.
        """
        process = os.getpid()
        with self._writing(timeout) as database:
            with reporting_database(self._file):
                database.execute("PRAGMA synchronous = FULL")
                try:
                    database.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as error:
                    if is_busy(error):
                        raise self._locked(timeout) from error
                    raise
                manifest = self._load(database)
            discard(self.folder.glob(f"{FILE}.*{_UNFINISHED}*"))  # its maker was killed
            with suppress(OSError):  # it only serves messages
                holder = {"pid": os.getpid(), "host": socket.gethostname()}
                (self.folder / HOLDER).write_text(json.dumps(holder))
            try:
                yield Transaction(database, manifest, self.folder)
            finally:  # a transaction that is still open is rolled back by closing its database
                if os.getpid() == process and database.in_transaction:
                    discard([self.folder / HOLDER])

    @contextmanager
    def _writing(self, timeout: float) -> Iterator[sqlite3.Connection]:
        """The database, closed by nobody but the process that opened it."""
        process = os.getpid()
        with connected(self._file, briefly=False):
            with reporting_database(self._file):
                database = self._connect(timeout)
            try:
                yield database
            finally:
                if os.getpid() == process:
                    database.close()
                else:
                    _PARENTS.append(database)

    def _locked(self, timeout: float) -> IndexLocked:
        try:
            held = json.loads((self.folder / HOLDER).read_text())
            name = f"process {held['pid']} on {held['host']}"
            if (held["pid"], held["host"]) == (os.getpid(), socket.gethostname()):
                name += " (this one, with another Index)"
        except (OSError, ValueError, KeyError, TypeError):
            name = "another process"
        return IndexLocked(
            f"{name} is writing to {self.folder} and did not finish within {timeout:g} s: "
            "wait for it, or raise the timeout"
        )


class Transaction:
    """The one writer's view: the manifest as it stands, and the way to replace it."""

    def __init__(self, database: sqlite3.Connection, manifest: Manifest, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._is_decided = False
        self.manifest = manifest
        self.has_sources = False

    def remember(self, sources: Sequence[Source]) -> None:
        """Note files as taken in, from the commit of this transaction on."""
        if sources:
            with reporting_database(self._folder / FILE):
                remember(self._database, sources)
            self.has_sources = True

    @property
    def is_pending(self) -> bool:
        """Whether nothing of this transaction has been committed, nor may have been."""
        return self._database.in_transaction and not self._is_decided

    def commit(self, segments: Iterable[SegmentEntry]) -> Manifest:
        """Make these the live segments: the instant at which a change happens."""
        old = self.manifest
        self.manifest = Manifest(old.commit + 1, tuple(segments), old.settings, old.identity)
        with reporting_database(self._folder / FILE):
            _store(self._database, self.manifest)
            discard([self._folder / HOLDER])
            self._is_decided = True  # a commit that fails may yet be on the disk
            self._database.execute("COMMIT")
        return self.manifest


def _store(database: sqlite3.Connection, manifest: Manifest) -> None:
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
