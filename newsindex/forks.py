"""Locks and cached properties that stay usable in a process that is forked from this one.

Memory and mapped files stay usable in a forked child by themselves. A lock that another thread held at the
fork would be held for ever in the child, which does not have that thread, so it is replaced there.
"""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")


class Lock:
    """A lock that is free in a forked child, whoever held it at the fork."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        _locks.add(self)

    def acquire(self, timeout: float = -1) -> bool:
        """Takes the lock; returns whether it was free within ``timeout`` seconds, -1 for no limit."""
        return self._lock.acquire(timeout=timeout)

    def release(self) -> None:
        """Releases the lock."""
        self._lock.release()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()

    def renew(self) -> None:
        """Replaces the lock by a free one."""
        self._lock = threading.Lock()


_locks: WeakSet[Lock] = WeakSet()


def _renew_locks() -> None:
    for lock in _locks:
        lock.renew()


class _NoLock:
    def __enter__(self) -> None: ...
    def __exit__(self, *exc: object) -> None: ...


class cached_property(functools.cached_property[Value]):  # noqa: N801, TID251 - in place of that one
    """A ``functools.cached_property`` without a lock; threads that ask at once may each compute the value.

    Before Python 3.12 one lock serves all objects of a class, and it would stay taken in a forked child.
    """

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        super().__init__(compute)
        self.lock = _NoLock()


if hasattr(os, "register_at_fork"):  # there is no fork on Windows
    os.register_at_fork(after_in_child=_renew_locks)
