"""Caches of what searches computed, bounded in entries and in bytes, for several threads at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, TypeVar

from newsindex.forks import Lock

from .matches import Matches

MAX_SCORE_BYTES: Final = 64 << 20
"""Bytes of scores that an open index keeps."""
_MAX_ENTRIES: Final = 10_000

Key = TypeVar("Key")
Value = TypeVar("Value")


class BoundedCache(dict[Key, Value]):
    """A dictionary that is emptied when it is full."""

    def __init__(self, max_entries: int = _MAX_ENTRIES) -> None:
        super().__init__()
        self._max_entries = max_entries

    def __setitem__(self, key: Key, value: Value) -> None:
        if len(self) >= self._max_entries:
            self.clear()
        super().__setitem__(key, value)


class ScoreCache:
    """The scores of the words that were searched last, up to a number of bytes."""

    def __init__(self, max_bytes: int = MAX_SCORE_BYTES) -> None:
        self._max_bytes = max_bytes
        self._nbytes = 0
        self._entries: OrderedDict[Hashable, tuple[Matches, int]] = OrderedDict()  # with the bytes counted
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Hashable, documents: int, compute: Callable[[], Matches]) -> Matches:
        """The matches under a key, computed if the cache does not have them.

        From the second request on, matches that are much of the segment, which has ``documents`` documents,
        are a table.
        """
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                return self._keep(key, entry[0].as_table(documents))
        computed = compute()
        with self._lock:
            return self._keep(key, computed)

    def _keep(self, key: Hashable, matches: Matches) -> Matches:
        """Store matches as the latest entry, and drop the oldest entries beyond the limit."""
        _, counted = self._entries.pop(key, (None, 0))
        self._entries[key] = matches, matches.nbytes
        self._nbytes += matches.nbytes - counted
        while self._nbytes > self._max_bytes and self._entries:  # a fork may fall between the lines above
            _, (_, nbytes) = self._entries.popitem(last=False)
            self._nbytes -= nbytes
        return matches
