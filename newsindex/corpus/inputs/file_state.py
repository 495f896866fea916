"""Recognises files that are unchanged since an index took in their articles, so that they need no reading.

A file of the same size and modification time is unchanged; where only the time differs, a digest of the
content decides.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from typing import NamedTuple

from .file_search import FoundFile


class FileState(NamedTuple):
    """A file as it was read, with the fields of ``newsindex.storage.indexed_files.IndexedFile``.

    They are two types because reading and storage do not see each other: ``newsindex.indexer`` makes the one
    of the other, and a type for both would have to stand in a room below, none of which is about files.
    ``path`` is absolute, in the system's bytes, and on Windows, where their case means nothing, in small
    letters; ``size`` is in bytes; ``modified`` in nanoseconds; ``reading`` is a text that differs wherever
    the options of the reading differ.
    """

    path: bytes
    size: int
    modified: int
    digest: bytes
    reading: str
    articles: int


class UnchangedFiles:
    """Tells unchanged files from the others, and notes the state of each file that was read.

    ``files`` and ``articles`` count the unchanged files and the articles that were read from them.
    """

    def __init__(self, known: Mapping[bytes, tuple[bytes, int, int, bytes, str, int]], reading: str) -> None:
        self._known = known
        self._reading = reading
        self.files = 0
        self.articles = 0
        self._noted: list[FileState] = []

    def state_of(self, file: FoundFile) -> FileState | None:
        """The state of a file before it is read; None for standard input and for what cannot be examined."""
        try:
            if file.path is None or file.error:
                return None
            status = file.path.stat()
            path = os.fsencode(os.path.normcase(os.path.abspath(file.path)))
        except (OSError, ValueError):
            return None
        return FileState(path, status.st_size, status.st_mtime_ns, b"", self._reading, 0)

    def known_articles(self, file: FoundFile, state: FileState | None) -> int | None:
        """The number of articles of a file that was taken in before and is the same, and is counted.

        None for a file that is to be read.
        """
        known = FileState(*self._known[state.path]) if state and state.path in self._known else None
        if state is None or known is None or (known.size, known.reading) != (state.size, state.reading):
            return None
        if known.modified != state.modified:
            if _digest(file) != known.digest:
                return None
            self._noted.append(known._replace(modified=state.modified))
        self.files += 1
        self.articles += known.articles
        return known.articles

    def note_read(self, file: FoundFile, state: FileState | None, articles: int) -> None:
        """Notes a file whose articles have all been given, unless it changed during the reading."""
        if state is not None and (digest := _digest(file)) and self.state_of(file) == state:
            self._noted.append(state._replace(digest=digest, articles=articles))

    def take(self) -> list[FileState]:
        """The states that were noted since the last call."""
        noted, self._noted = self._noted, []
        return noted


def _digest(file: FoundFile) -> bytes:
    """A digest of the content in 16 bytes; empty where the file cannot be read."""
    try:
        with open(file.path or "", "rb") as stream:
            return hashlib.file_digest(stream, "blake2b").digest()[:16]
    except OSError:
        return b""
