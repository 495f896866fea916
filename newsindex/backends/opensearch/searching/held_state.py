"""Holds one state of an index on a cluster by a point in time."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar
from weakref import WeakKeyDictionary

from newsindex.backends.opensearch.connection import Connection
from newsindex.backends.opensearch.refusals import PassingRefusal, Refusal
from newsindex.deadline import remaining_seconds
from newsindex.errors import ClusterUnavailable, CursorExpired, NewsIndexError, QueryError
from newsindex.forks import Lock

Value = TypeVar("Value")

KEEP_ALIVE: Final = "3m"
"""How long the cluster keeps a state after the last search of it."""
MAX_CONTINUED: Final = 20
"""How many states a connection leaves to their cursors; a node of the cluster keeps 300 for all programs."""
_PAUSES: Final = (0.1, 0.4, 1.0)
"""Seconds after which a cluster that cannot answer now is asked again."""
_NO_POINT: Final = "illegal_argument_exception"
_LOST: Final = frozenset(
    {
        "illegal_state_exception",  # a node that held a part of the state has left the cluster
        "resource_not_found_exception",
        "search_context_missing_exception",
    }
)
TOO_LARGE: Final = frozenset(
    {
        "query_shard_exception",
        "too_many_clauses",
        "too_many_nested_clauses",
        "too_complex_to_determinize_exception",
    }
)

_continued: Final[WeakKeyDictionary[Connection, deque[str]]] = WeakKeyDictionary()


class HeldState:
    """One state of an index; it is held from the first question on. Threads may share it.

    Where the cluster has lost the state, as after the death of a node, a later state takes its place, unless
    the state ``must_stay``.
    """

    def __init__(
        self, connection: Connection, index: str, *, must_stay: bool = False, point: str | None = None
    ) -> None:
        """``point`` is the identifier of a point in time that is open already."""
        self._connection = connection
        self._index = index
        self._must_stay = must_stay
        self._is_foreign = point is not None
        self._point = point
        self._shards: int | None = None  # of the index, where it was asked for
        self._is_closed = False
        self._lock = Lock()
        self.is_gone = False
        """Whether the version of the index was deleted, as after a rebuild, so that no state can be held."""
        self.is_continued = False
        """Whether a cursor was given away, so that the state is still needed after :meth:`close`."""

    @property
    def place(self) -> str:
        """The index as messages name it."""
        return self._connection.name

    @property
    def point(self) -> str:
        """The identifier of the point in time, which is opened where it is not."""
        point = self._point
        if point is None:
            with self._lock:
                point = self._point or self._open()
                self._point = point
        return point

    def hold(self) -> None:
        """Holds the state of now, where none is held yet."""
        _ = self.point

    def close(self) -> None:
        """Lets the state go, unless a cursor needs it.

        Then the cluster forgets it after KEEP_ALIVE, or when MAX_CONTINUED later states are needed too.
        """
        with self._lock:
            point, self._point = self._point, None
            self._is_closed = True
        if point is not None and self.is_continued:
            self._leave(point)
        elif point is not None:
            self._delete(point)

    def _leave(self, point: str) -> None:
        """Lets a state go that somebody may still need."""
        continued = _continued.setdefault(self._connection, deque())
        continued.append(point)
        if len(continued) > MAX_CONTINUED:
            self._delete(continued.popleft())

    def _delete(self, point: str) -> None:
        with suppress(NewsIndexError):  # the cluster forgets the state by itself
            self._connection.request("DELETE", "/_search/point_in_time", {"pit_id": [point]})

    def with_state(self, ask: Callable[[], Value]) -> Value:
        """Returns what ``ask`` gives; where the state is lost, of the state of now.

        A busy cluster is asked again. It may also be that a node died, and the state of its shards with it.
        """
        for pause in _PAUSES:
            point = self._point
            try:
                point = self.point
                return ask()
            except Refusal as refusal:
                self._check_lost(refusal)
            except PassingRefusal:
                if not _wait(pause):
                    raise
                if pause == _PAUSES[0] or self._must_stay:
                    continue
            with suppress(PassingRefusal):
                self._renew(point)
        try:
            return ask()
        except Refusal as refusal:
            self._check_lost(refusal)
            raise ClusterUnavailable(
                f"{self.place} loses its state again and again ({refusal.kind}), as while nodes start: try "
                "again later, or look at its health"
            ) from None

    def _check_lost(self, refusal: Refusal) -> None:
        """Raises what a refusal means.

        It raises nothing where the refusal says that the state is lost and another one may take its place.
        """
        if refusal.kind in TOO_LARGE:
            raise too_large() from None
        if self._is_foreign and refusal.kind == _NO_POINT:
            raise QueryError(
                "the cursor is none of this index: use the `next` of a result", "no_cursor"
            ) from None
        if refusal.kind not in _LOST and refusal.status != 404:
            raise refusal
        if self._must_stay:
            raise CursorExpired(
                "the cluster does not keep that state of the index any more: search again from the first "
                "page, or take another snapshot",
                "cursor_expired",
            ) from None

    def _renew(self, lost: str | None) -> None:
        """Takes the state of now in place of one that is lost, unless another thread has."""
        with self._lock:
            if self._point == lost:
                self._point = self._open()
                if lost is not None and not self._is_foreign:
                    self._leave(lost)  # only a shard of it may be lost

    def _open(self) -> str:
        """A new point in time; one that nobody would close is left to those that cursors need."""
        parameters = {"keep_alive": KEEP_ALIVE, "allow_partial_pit_creation": self._allows_partial}
        path = f"/{self._index}/_search/point_in_time"
        try:
            answer = self._connection.request("POST", path, params=parameters)
        except Refusal as refusal:
            if refusal.kind != "index_not_found_exception":
                raise
            self.is_gone = True
            raise CursorExpired(
                "the index was rebuilt or deleted, and the version searched so far is gone: search again",
                "version_gone",
            ) from None
        point = str(answer["pit_id"])
        if self._is_closed or self._is_foreign:
            self._leave(point)
        return point

    @property
    def _allows_partial(self) -> bool:
        return self._connection.address.is_partial


def _wait(pause: float) -> bool:
    """Whether there was time for a pause of about so many seconds, which is over now."""
    seconds = pause * random.uniform(0.5, 1.5)  # so that programs do not ask again all at once
    left = remaining_seconds()
    if left is not None and left < seconds:
        return False
    time.sleep(seconds)
    return True


def too_large() -> QueryError:
    """Returns the error for a query that the cluster does not take."""
    return QueryError("the query has more parts than the cluster takes: shorten it", "too_many_parts")
