"""Holds one state of an index on a cluster by a point in time, and searches it."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from newsindex.backends.opensearch.connection import Connection, PassingRefusal, Refusal, json_line
from newsindex.backends.opensearch.layout import version_number, versioned_name
from newsindex.deadline import check_deadline, remaining_seconds
from newsindex.errors import ClusterUnavailable, CursorExpired, NewsIndexError, QueryError
from newsindex.forks import Lock

from .querying.query_compiler import Clause

Value = TypeVar("Value")

KEEP_ALIVE: Final = "3m"
"""How long the cluster keeps a state after the last search of it."""
MAX_CONTINUED: Final = 20
"""How many states a connection leaves to their cursors; a node of the cluster keeps 300 for all programs."""
MAX_PAGE: Final = 2_000
"""The most hits that one request asks for; an index gives up to 10,000."""
_PAUSES: Final = (0.1, 0.4, 1.0)
"""Seconds after which a cluster that cannot answer now is asked again."""
_MAX_SEARCHES: Final = 128  # of one request
_NO_POINT: Final = "illegal_argument_exception"
_LOST: Final = frozenset(
    {
        "illegal_state_exception",  # a node that held a part of the state has left the cluster
        "resource_not_found_exception",
        "search_context_missing_exception",
    }
)
_TOO_LARGE: Final = frozenset(
    {
        "query_shard_exception",
        "too_many_clauses",
        "too_many_nested_clauses",
        "too_complex_to_determinize_exception",
    }
)


_continued: Final[WeakKeyDictionary[Connection, deque[str]]] = WeakKeyDictionary()


class Answer(NamedTuple):
    """What the cluster answers to one search; ``missing`` says how many of ``shards`` gave no answer."""

    hits: list[dict[str, Any]]
    total: int
    aggregations: Mapping[str, Any]
    missing: int
    shards: int
    suggested: Mapping[str, Any]

    def suggestions(self, name: str) -> list[dict[str, Any]]:
        """Returns the words that a suggester of this name gives."""
        return [option for entry in self.suggested.get(name, ()) for option in entry["options"]]


class PinnedIndex:
    """One state of an index; it is held from the first search on. Threads may share it.

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

    def continued(self, point: str) -> PinnedIndex:
        """Returns the state of a cursor, which is this one or an earlier one that the cluster still keeps."""
        return PinnedIndex(self._connection, self._index, must_stay=True, point=point)

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

    def search(self, body: Mapping[str, object], *, globally: bool = False) -> Answer:
        """Returns the answer to one search.

        With ``globally``, scores are made with the document frequencies of all shards. Raises
        ClusterUnavailable, CursorExpired where the state is gone that must stay, DeadlineExceeded, and
        QueryError for a query that is too large for the cluster.
        """
        parameters: dict[str, object] = {"allow_partial_search_results": self._allows_partial}
        if globally:
            parameters["search_type"] = "dfs_query_then_fetch"

        def ask() -> Answer:
            return self._read(self._connection.request("POST", "/_search", self._pinned(body), parameters))

        return self._with_state(ask)

    def search_all(self, bodies: Sequence[Mapping[str, object]]) -> list[Answer]:
        """Returns the answers to several searches, which are sent together; see :meth:`search`."""
        return self._with_state(partial(self._search_all, bodies)) if bodies else []

    def count(self, queries: Sequence[Clause]) -> list[int | QueryError]:
        """Returns how many articles each of some queries matches.

        For a query that is too large for the cluster, the error stands in its place.
        """
        counts: list[int | QueryError] = []
        for first in range(0, len(queries), _MAX_SEARCHES):
            counts += self._with_state(partial(self._count, queries[first : first + _MAX_SEARCHES]))
        return counts

    def hits(
        self, query: Clause, sort: Sequence[object], fields: Sequence[str] = ("article",), page: int = 500
    ) -> Iterator[dict[str, Any]]:
        """Yields all articles that a query matches, in the order of a sort, a page at a time."""
        held = PinnedIndex(self._connection, self._index, point=self.point)
        self.is_continued = True
        after: object = None
        while True:
            check_deadline()
            body: dict[str, object] = {
                "query": query, "sort": sort, "size": page, "_source": list(fields),
                "track_total_hits": False,
            }  # fmt: skip
            if after is not None:
                body["search_after"] = after
            found = held.search(body).hits
            yield from found
            if len(found) < page:
                return
            after = found[-1]["sort"]

    @property
    def _allows_partial(self) -> bool:
        return self._connection.address.is_partial

    def _pinned(self, body: Mapping[str, object]) -> dict[str, object]:
        pinned = {**body, "pit": {"id": self.point, "keep_alive": KEEP_ALIVE}}
        left = remaining_seconds()
        if left is not None:
            pinned["timeout"] = f"{max(int(left * 1000), 1)}ms"
        return pinned

    def _with_state(self, ask: Callable[[], Value]) -> Value:
        """What ``ask`` gives; where the state is lost, of the state of now.

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
        if refusal.kind in _TOO_LARGE:
            raise _too_large() from None
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
                f"{self.place} was rebuilt or deleted, and the version searched so far is gone: search again",
                "version_gone",
            ) from None
        point = str(answer["pit_id"])
        if self._is_closed or self._is_foreign:
            self._leave(point)
        return point

    def _read(self, answer: Mapping[str, Any]) -> Answer:
        shards = answer["_shards"]
        if answer["timed_out"] and not self._allows_partial:
            check_deadline()
            raise ClusterUnavailable(f"{self.place} did not answer in time: try again, or allow more time")
        hits = answer["hits"]
        for hit in hits["hits"]:
            if not self._is_own(hit["_index"]):
                message = "the cursor belongs to another index: search again from the first page"
                raise QueryError(message, "other_cursor")
        left_out = self._left_out(shards["total"])
        missing = max(int(shards["failed"]), int(bool(answer["timed_out"]))) + left_out
        total = hits["total"]["value"] if "total" in hits else 0
        return Answer(
            hits["hits"], total, answer.get("aggregations", {}), missing, shards["total"] + left_out,
            answer.get("suggest", {}),
        )  # fmt: skip

    def _left_out(self, held: int) -> int:
        """How many shards the state does not hold, as they had no copy when it was taken.

        An answer counts only those that are held.
        """
        if not self._allows_partial:
            return 0
        if self._shards is None:
            answer = self._connection.request(
                "GET", f"/{self._index}/_settings/index.number_of_shards", params={"flat_settings": True}
            )
            self._shards = int(answer[self._index]["settings"]["index.number_of_shards"])
        return max(self._shards - held, 0)

    def _is_own(self, index: str) -> bool:
        name = self._connection.address.index
        return index == self._index or index == versioned_name(name, version_number(index))

    def _search_all(self, bodies: Sequence[Mapping[str, object]]) -> list[Answer]:
        answers = []
        for response in self._responses(bodies):
            if "error" in response:
                raise self._connection.refusal(response.get("status", 500), response["error"])
            answers.append(self._read(response))
        return answers

    def _responses(self, bodies: Sequence[Mapping[str, object]]) -> list[dict[str, Any]]:
        header = json_line({"allow_partial_search_results": self._allows_partial})
        lines = [line for body in bodies for line in (header, json_line(self._pinned(body)))]
        answer = self._connection.request("POST", "/_msearch", b"".join(lines))
        return list(answer["responses"])

    def _count(self, queries: Sequence[Clause]) -> list[int | QueryError]:
        bodies = [{"query": query, "size": 0, "track_total_hits": True} for query in queries]
        return [self._read_count(response) for response in self._responses(bodies)]

    def _read_count(self, response: Mapping[str, Any]) -> int | QueryError:
        if "error" not in response:
            return self._read(response).total
        refusal = self._connection.refusal(response.get("status", 500), response["error"])
        if isinstance(refusal, Refusal) and refusal.kind in _TOO_LARGE:
            return _too_large()
        raise refusal


def _wait(pause: float) -> bool:
    """Whether there was time for a pause of about so many seconds, which is over now."""
    seconds = pause * random.uniform(0.5, 1.5)  # so that programs do not ask again all at once
    left = remaining_seconds()
    if left is not None and left < seconds:
        return False
    time.sleep(seconds)
    return True


def _too_large() -> QueryError:
    return QueryError("the query has more parts than the cluster takes: shorten it", "too_many_parts")
