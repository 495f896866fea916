"""The catalogue of an index: the SQLite database of its live segments, their deletions and its settings.

The database is in WAL mode. Its transactions are the commits of the index, its write lock is the writer
lock of the index, and its recovery is the recovery of the index: segment files are synced before the
transaction that names them, and the next writer deletes the files that no commit names.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from newsindex.errors import IndexCorrupt, IndexExists, IndexLocked, IndexNotFound, NewsIndexError
from newsindex.wording import counted

from .alerts.alert_tables import AlertTables
from .folder_sync import delete_files, sync_folder
from .indexed_files import IndexedFile, count_damaged_rows, load_indexed_files, store_indexed_files
from .manifest import (
    MANIFEST_SCHEMA,
    Manifest,
    SegmentEntry,
    load_manifest,
    new_identity,
    store_manifest,
)
from .sqlite_connections import database_uri, registered_connection
from .system_errors import (
    damaged_file_error,
    format_version_error,
    is_busy,
    translate_database_errors,
    translate_system_errors,
)

CATALOGUE_FILE: Final = "catalogue.sqlite"
WRITER_FILE: Final = "writer.json"
"""Says which process is writing, for messages only."""
_UNFINISHED_SUFFIX: Final = ".new"  # of a database that is being created
_APPLICATION_ID: Final = 0x4E574958  # NWIX
_VERSION: Final = 1
_SYNC_DISK: Final = "PRAGMA fullfsync = ON"  # as sync_file does on macOS; it has no effect elsewhere
_READING_TIMEOUT: Final = 5.0  # seconds

_INHERITED_CONNECTIONS: Final[list[sqlite3.Connection]] = []
"""Connections of the parent that this process was forked with: kept, since to collect one would close it."""


def create_catalogue(folder: Path, settings: dict[str, Any]) -> None:
    """Creates the database of a new index, with its first commit.

    Of threads and processes that do so at once one succeeds. Raises IndexExists for the others, and where
    there is an index already; NewsIndexError where the folder holds anything else. Hidden files, which
    desktops and version control leave in any folder, do not count.
    """
    new_folders = [path for path in (folder, *folder.absolute().parents) if not os.path.exists(path)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise NewsIndexError(f"no folder can be made at {str(folder)!r} ({error}): name another") from error
    _check_is_free(folder)
    unfinished = folder / f"{CATALOGUE_FILE}.{os.getpid()}-{uuid4().hex}{_UNFINISHED_SUFFIX}"
    with translate_system_errors(folder):
        try:
            _write_database(unfinished, settings)
            _put_in_place(unfinished, folder / CATALOGUE_FILE)
        except (OSError, NewsIndexError) as error:
            if has_catalogue(folder):  # the first writer to it may have deleted this unfinished one
                raise IndexExists(f"there is an index in {folder} already: open it") from error
            raise
        finally:
            delete_files(folder.glob(f"{unfinished.name}*"))
        for path in {folder, folder.parent, *(new.parent for new in new_folders)}:
            sync_folder(path)


def _put_in_place(unfinished: Path, file: Path) -> None:
    """Gives a file its name; raises FileExistsError where another one has it already."""
    try:
        os.link(unfinished, file)
        return
    except FileExistsError:
        raise
    except OSError:  # there are no hard links on FAT, exFAT and some network folders
        file.open("xb").close()  # of those that do so at once one succeeds
    try:
        os.replace(unfinished, file)
    except OSError:
        file.unlink(missing_ok=True)
        raise


def _check_is_free(folder: Path) -> None:
    """Raises IndexExists where a folder has an index, NewsIndexError where it has something else."""
    with translate_system_errors(folder):
        names = sorted(os.listdir(folder))  # before the next look, since an index may appear at any time
    if has_catalogue(folder):
        raise IndexExists(f"there is an index in {folder} already: open it, or name another folder")
    others = [name for name in names if not name.startswith((".", CATALOGUE_FILE)) and name != "lost+found"]
    if others:
        raise NewsIndexError(
            f"{folder} holds other files ({others[0]}{' and more' if len(others) > 1 else ''}): "
            "name an empty or a new folder for the index"
        )


def _write_database(path: Path, settings: dict[str, Any]) -> None:
    with (
        registered_connection(path.parent / CATALOGUE_FILE, brief=True),
        translate_database_errors(path),
        closing(sqlite3.connect(path, isolation_level=None)) as database,
    ):
        database.execute(_SYNC_DISK)
        database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {_VERSION}")
        database.executescript(MANIFEST_SCHEMA)
        store_manifest(database, Manifest(0, (), settings, new_identity()))
        database.execute("PRAGMA journal_mode = WAL")


def has_catalogue(folder: Path) -> bool:
    """Whether there is an index in a folder."""
    with translate_system_errors(folder):
        return (folder / CATALOGUE_FILE).exists()


class Catalogue:
    """The catalogue of one index; raises IndexNotFound, IndexCorrupt, IndexTooOld and IndexTooNew.

    A connection to the database is only open during a read or a write.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / CATALOGUE_FILE
        if not has_catalogue(folder):
            raise IndexNotFound(
                f"there is no index in {folder}: make one with "
                f"`newsindex index --at {folder} FILES…` or newsindex.create()"
            )
        with self._reading() as database:
            (application,) = database.execute("PRAGMA application_id").fetchone()
            (version,) = database.execute("PRAGMA user_version").fetchone()
        if application != _APPLICATION_ID:
            raise IndexCorrupt(f"{self._file} is not the catalogue of a newsindex index")
        if version != _VERSION:
            raise format_version_error(self._file, version, _VERSION)

    @property
    def file(self) -> Path:
        """The file of the database."""
        return self._file

    def _connect(self, timeout: float = _READING_TIMEOUT, query: str = "") -> sqlite3.Connection:
        uri = database_uri(self._file.absolute()) + query
        return sqlite3.connect(uri, timeout=timeout, isolation_level=None, check_same_thread=False, uri=True)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The database as the last commit left it."""
        with (
            registered_connection(self._file, brief=True),
            translate_database_errors(self._file),
            ExitStack() as stack,
        ):
            try:
                database = stack.enter_context(closing(self._connect()))
                database.execute("BEGIN")
                database.execute("SELECT name FROM sqlite_master").fetchone()
            except sqlite3.OperationalError as error:
                if is_busy(error) or self._has_wal():
                    raise
                # SQLite writes files of its own to read beside a writer. Where the folder cannot be written
                # there is no writer either, and the database can be read as it is.
                database = stack.enter_context(closing(self._connect(query="?immutable=1")))
            yield database

    def _has_wal(self) -> bool:
        with suppress(OSError):
            return (self.folder / f"{CATALOGUE_FILE}-wal").stat().st_size > 0
        return False

    def read(self) -> Manifest:
        """The manifest of the last commit."""
        with self._reading() as database:
            return self._load(database)

    def _load(self, database: sqlite3.Connection) -> Manifest:
        return load_manifest(database, self._file)

    def check(self) -> None:
        """Checks every page of the database and the checksum of every row; raises IndexCorrupt."""
        with self._reading() as database:
            faults = [str(fault) for (fault,) in database.execute("PRAGMA integrity_check(1)")]
            self._load(database)
            damaged_rows = count_damaged_rows(database)
            AlertTables(database, self._file).check()
        if faults != ["ok"]:
            raise damaged_file_error(self._file, " ".join(" ".join(faults).split()))
        if damaged_rows:
            raise damaged_file_error(
                self._file, f"{counted(damaged_rows, 'row')} of the files that were taken in"
            )

    def indexed_files(self) -> dict[bytes, IndexedFile]:
        """The files whose articles are all in the index, by path."""
        with self._reading() as database:
            return load_indexed_files(database)

    @contextmanager
    def alert_tables(self) -> Iterator[AlertTables]:
        """The tables of alerts as the last commit left them."""
        with self._reading() as database:
            yield AlertTables(database, self._file)

    def size(self) -> int:
        """The bytes on disk of the database and its journals."""
        size = 0
        for file in self.folder.glob(f"{CATALOGUE_FILE}*"):
            with suppress(FileNotFoundError):  # SQLite deletes a journal when the last connection closes
                size += file.stat().st_size
        return size

    @contextmanager
    def write(self, timeout: float) -> Iterator[Transaction]:
        """Holds the writer lock for the block; nothing changes unless the transaction is committed.

        Waits ``timeout`` seconds for another writer, then raises IndexLocked naming it.
        """
        process = os.getpid()
        with self._writing(timeout) as database:
            with translate_database_errors(self._file):
                database.execute("PRAGMA synchronous = FULL")
                database.execute(_SYNC_DISK)
                try:
                    database.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as error:
                    if is_busy(error):
                        raise self._locked_error(timeout) from error
                    raise
                manifest = self._load(database)
            delete_files(
                self.folder.glob(f"{CATALOGUE_FILE}.*{_UNFINISHED_SUFFIX}*")
            )  # left by a killed process
            with suppress(OSError):  # the file only serves messages
                holder = {"pid": os.getpid(), "host": socket.gethostname()}
                (self.folder / WRITER_FILE).write_text(json.dumps(holder), "utf-8")
            try:
                yield Transaction(database, manifest, self.folder)
            finally:  # a transaction that is still open is rolled back when its database is closed
                if os.getpid() == process and database.in_transaction:
                    delete_files([self.folder / WRITER_FILE])

    @contextmanager
    def _writing(self, timeout: float) -> Iterator[sqlite3.Connection]:
        """A connection that only the process which opened it closes."""
        process = os.getpid()
        with registered_connection(self._file, brief=False):
            with translate_database_errors(self._file):
                database = self._connect(timeout)
            try:
                yield database
            finally:
                if os.getpid() == process:
                    database.close()
                else:
                    _INHERITED_CONNECTIONS.append(database)

    def _locked_error(self, timeout: float) -> IndexLocked:
        try:
            holder = json.loads((self.folder / WRITER_FILE).read_text("utf-8"))
            name = f"process {holder['pid']} on {holder['host']}"
            if (holder["pid"], holder["host"]) == (os.getpid(), socket.gethostname()):
                name += " (this one, with another Index)"
        except (OSError, ValueError, KeyError, TypeError):
            name = "another process"
        return IndexLocked(
            f"{name} is writing to {self.folder} and did not finish within {round(timeout, 2):g} s: "
            "try again once it has"
        )


class Transaction:
    """The one writer's view of the catalogue: the manifest as it stands, and the way to replace it."""

    def __init__(self, database: sqlite3.Connection, manifest: Manifest, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._may_be_committed = False
        self.manifest = manifest
        self.has_changes = False
        """Whether a commit changes anything beside the segments."""
        self.alerts = AlertTables(database, folder / CATALOGUE_FILE)

    def remember(self, files: Sequence[IndexedFile]) -> None:
        """Records files as indexed, from the commit of this transaction on."""
        if files:
            with translate_database_errors(self._folder / CATALOGUE_FILE):
                store_indexed_files(self._database, files)
            self.has_changes = True

    def record_settings(self, settings: dict[str, Any]) -> None:
        """Replaces the settings of the index, from the commit of this transaction on."""
        if settings != self.manifest.settings:
            self.manifest = replace(self.manifest, settings=settings)
            self.has_changes = True

    @property
    def is_pending(self) -> bool:
        """Whether nothing of this transaction has been committed, and certainly not."""
        return self._database.in_transaction and not self._may_be_committed

    def commit_alerts(self) -> None:
        """Commits what changed in the tables of alerts, and leaves the manifest as it is."""
        with translate_database_errors(self._folder / CATALOGUE_FILE):
            delete_files([self._folder / WRITER_FILE])
            self._may_be_committed = True
            self._database.execute("COMMIT")

    def commit(self, segments: Iterable[SegmentEntry]) -> Manifest:
        """Makes these segments the live ones: the instant at which all changes happen."""
        self.manifest = self.manifest.next_commit(tuple(segments))
        with translate_database_errors(self._folder / CATALOGUE_FILE):
            store_manifest(self._database, self.manifest)
            delete_files([self._folder / WRITER_FILE])
            self._may_be_committed = True  # a commit that fails may be on the disk nevertheless
            self._database.execute("COMMIT")
        return self.manifest
