"""Caches of what searches computed, bounded in entries and in bytes, for several threads at once."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Final, NamedTuple, TypeVar

from newsindex.forks import Lock

from .matches import Matches

MAX_SCORE_BYTES: Final = 64 << 20
"""Bytes of scores that a snapshot keeps."""
_MAX_ENTRIES: Final = 10_000
_MAX_BYTES: Final = 16 << 20
_MATCHES_BYTES: Final = 500  # of matches beside the data of their arrays
_ENTRY_BYTES: Final = 400  # of a key with short texts, its value and its place in the dictionary
MAX_CODED_BYTES: Final = 16 << 20
"""Bytes of texts and words that a snapshot keeps; those of the two texts that are added last may be more."""
_TEXT_BYTES: Final = 500  # of a text beside its characters
_CHARACTER_BYTES: Final = 4
_WORD_BYTES: Final = 250  # of a word, its code and its place in the dictionary

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class BoundedCache(dict[Key, Value]):
    """A dictionary that is emptied when it is full, in entries or in bytes; threads may share it.

    It is written by ``cache[key] = value`` only. An entry that is larger than all
    the cache is not kept.
    """

    def __init__(
        self,
        max_entries: int = _MAX_ENTRIES,
        max_bytes: int = _MAX_BYTES,
        *,
        large_values: bool = False,
        measure: Callable[[Value], int] | None = None,
    ) -> None:
        """``large_values`` tells that values may take much more memory than a few numbers or short texts.

        Then they are measured, which takes some microseconds an entry, by ``measure`` where it is given.
        """
        super().__init__()
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._measure = measure or (_estimate_bytes if large_values else None)
        self._nbytes = 0
        self._lock = Lock()

    @property
    def nbytes(self) -> int:
        """The bytes that the entries take."""
        return self._nbytes

    def clear(self) -> None:
        """Drops all entries."""
        super().clear()
        self._nbytes = 0

    def __setitem__(self, key: Key, value: Value) -> None:
        nbytes = _key_bytes(key)
        if self._measure is not None:
            nbytes += self._measure(value)
        if nbytes > self._max_bytes:
            return
        with self._lock:
            if len(self) >= self._max_entries or self._nbytes + nbytes > self._max_bytes:
                self.clear()
            if key not in self:  # else another thread has computed the same
                self._nbytes += nbytes
            super().__setitem__(key, value)


def _key_bytes(key: Hashable) -> int:
    """The bytes that an entry takes, without a large value: a fixed part, and the texts in its key."""
    if type(key) is str:
        return _ENTRY_BYTES + len(key)
    parts = key if isinstance(key, tuple) else ()
    return _ENTRY_BYTES + sum([len(part) for part in parts if type(part) is str])


def _estimate_bytes(value: object) -> int:
    """The bytes that a value takes with the items of its collections; shared items count each time."""
    if isinstance(value, dict):
        return sys.getsizeof(value) + sum(map(_estimate_bytes, value.items()))
    if isinstance(value, tuple | list | frozenset):
        return sys.getsizeof(value) + sum(map(_estimate_bytes, value))
    return sys.getsizeof(value)


class _ScoreEntry(NamedTuple):
    """Matches in the cache, and the bytes counted for them and for their key."""

    matches: Matches
    nbytes: int
    key_nbytes: int


class ScoreCache:
    """The scores of the words that were searched last, up to a number of bytes; threads may share it.

    An array that is made from a cached table after it was counted is counted when the table is used again.
    """

    def __init__(self, max_bytes: int = MAX_SCORE_BYTES) -> None:
        self._max_bytes = max_bytes
        self._nbytes = 0
        self._entries: OrderedDict[Hashable, _ScoreEntry] = OrderedDict()  # those used last are the last
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def nbytes(self) -> int:
        """The bytes that were counted for all entries."""
        return self._nbytes

    def get(self, key: Hashable, documents: int, compute: Callable[[], Matches]) -> Matches:
        """The matches under a key, computed if the cache does not have them.

        ``documents`` is the size of the segment: matches that are a large part of it are a table from the
        second request on.
        """
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                return self._keep(key, entry.matches.as_table(documents), entry.key_nbytes)
        computed = compute()
        with self._lock:
            return self._keep(key, computed, _key_bytes(key))

    def _keep(self, key: Hashable, matches: Matches, key_nbytes: int) -> Matches:
        """Stores matches as the latest entry, and drops the oldest entries beyond the limit."""
        replaced = self._entries.pop(key, None)
        if replaced is not None:
            self._nbytes -= replaced.nbytes
        entry = _ScoreEntry(matches, matches.nbytes + _MATCHES_BYTES + key_nbytes, key_nbytes)
        self._entries[key] = entry
        self._nbytes += entry.nbytes
        while self._nbytes > self._max_bytes and self._entries:  # a fork may fall between the lines above
            _, dropped = self._entries.popitem(last=False)
            self._nbytes -= dropped.nbytes
        return matches


class _Codes(dict[str, str]):
    """The character of each word; a word that is new takes the next one."""

    def __missing__(self, word: str) -> str:
        code = self[word] = chr(len(self))
        return code


class CodedTexts:
    """Texts in which equal words, and no others, have the same character."""

    def __init__(self) -> None:
        self.nbytes = 0
        """About the bytes that the texts and their words take."""
        self._texts: dict[Hashable, str] = {}
        self._codes = _Codes()
        self._lock = Lock()

    def text(self, key: Hashable, read_words: Callable[[], Iterable[str]]) -> str:
        """The text under a key, made of the words that ``read_words`` gives where it is not known."""
        known = self._texts.get(key)
        if known is not None:
            return known
        words = read_words()
        with self._lock:
            codes, before = self._codes, len(self._codes)
            text = "".join(map(codes.__getitem__, words))
            self._texts[key] = text
            self.nbytes += _TEXT_BYTES + _CHARACTER_BYTES * len(text) + _WORD_BYTES * (len(codes) - before)
        return text


class CodedTextCache:
    """The coded texts of a snapshot. It starts anew when they are too many; several threads may share it."""

    def __init__(self, max_bytes: int = MAX_CODED_BYTES) -> None:
        self._max_bytes = max_bytes
        self._texts = CodedTexts()

    def texts(self) -> CodedTexts:
        """The texts to take both texts of one comparison from: the codes of other texts may be others."""
        texts = self._texts
        if texts.nbytes > self._max_bytes:
            texts = self._texts = CodedTexts()
        return texts
