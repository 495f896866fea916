"""What does a search remember for the next one, and how is that kept small?"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, TypeVar

from newsindex.forks import Lock

from .matches import Matches

SCORES: Final = 64 << 20
"""Bytes of scores that an open index remembers."""
_FEW: Final = 10_000

Key = TypeVar("Key")
Value = TypeVar("Value")


class BoundedCache(dict[Key, Value]):
    """A dictionary that forgets everything when it is full."""

    def __init__(self, most: int = _FEW) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: Key, value: Value) -> None:
        if len(self) >= self._most:
            self.clear()
        super().__setitem__(key, value)


class ScoreCache:
    """The scores of the words that were asked for last, up to so many bytes; several threads may use it."""

    def __init__(self, budget: int = SCORES) -> None:
        self._budget = budget
        self._nbytes = 0
        self._known: OrderedDict[Hashable, tuple[Matches, int]] = OrderedDict()  # with what it was counted as
        self._lock = Lock()

    def get(self, key: Hashable, documents: int, make: Callable[[], Matches]) -> Matches:
        """The scores under a key, made now if they are not known; as a table of so many documents from the
        second time on, if they are many."""
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                return self._keep(key, known[0].tabled(documents))
        made = make()
        with self._lock:
            return self._keep(key, made)

    def _keep(self, key: Hashable, matches: Matches) -> Matches:
        """Remember matches as those that were asked for last."""
        _, counted = self._known.pop(key, (None, 0))
        self._known[key] = matches, matches.nbytes
        self._nbytes += matches.nbytes - counted
        while self._nbytes > self._budget and self._known:  # a fork may fall between the lines above
            _, (_, nbytes) = self._known.popitem(last=False)
            self._nbytes -= nbytes
        return matches
