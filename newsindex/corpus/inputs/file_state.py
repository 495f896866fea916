"""Is a file still as it was when its articles were read?

By its size and time; where only the time is another, by a digest of its content.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from typing import NamedTuple

from .file_search import FoundFile


class FileState(NamedTuple):
    """A file as it was read, in the fields of ``storage.sources.Source``."""

    path: bytes
    size: int
    modified: int
    digest: bytes
    reading: str
    articles: int


class Unchanged:
    """Tells files that need no reading from the others, and notes how those are that were read."""

    def __init__(self, known: Mapping[bytes, tuple[bytes, int, int, bytes, str, int]], reading: str) -> None:
        self._known = known
        self._reading = reading
        self.files = 0
        self.articles = 0
        self._taken: list[FileState] = []

    def look(self, file: FoundFile) -> FileState | None:
        """How a file is before it is read; None for standard input, and for what cannot be looked at."""
        try:
            if file.path is None or file.error:
                return None
            status = file.path.stat()
            path = os.fsencode(os.path.abspath(file.path))
        except (OSError, ValueError):
            return None
        return FileState(path, status.st_size, status.st_mtime_ns, b"", self._reading, 0)

    def passes_over(self, file: FoundFile, state: FileState | None) -> bool:
        """Whether a file was taken in before and is the same; then it is counted."""
        known = FileState(*self._known[state.path]) if state and state.path in self._known else None
        if state is None or known is None or (known.size, known.reading) != (state.size, state.reading):
            return False
        if known.modified != state.modified:
            if _digest(file) != known.digest:
                return False
            self._taken.append(known._replace(modified=state.modified))
        self.files += 1
        self.articles += known.articles
        return True

    def note(self, file: FoundFile, state: FileState | None, articles: int) -> None:
        """Note a file whose articles have all been given, unless it changed meanwhile."""
        if state is not None and (digest := _digest(file)) and self.look(file) == state:
            self._taken.append(state._replace(digest=digest, articles=articles))

    def take(self) -> list[FileState]:
        """What was noted since the last time."""
        taken, self._taken = self._taken, []
        return taken


def _digest(file: FoundFile) -> bytes:
    """A digest of the content; empty where it cannot be read."""
    try:
        with open(file.path or "", "rb") as stream:
            return hashlib.file_digest(stream, "blake2b").digest()[:16]
    except OSError:
        return b""
