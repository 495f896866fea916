"""Searches one state of an index on a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from newsindex.backends.opensearch.connection import json_line
from newsindex.backends.opensearch.layout import version_number, versioned_name
from newsindex.backends.opensearch.refusals import Refusal
from newsindex.deadline import check_deadline, remaining_seconds
from newsindex.errors import ClusterUnavailable, QueryError

from .held_state import KEEP_ALIVE, TOO_LARGE, HeldState, too_large
from .querying.clauses import Clause

MAX_PAGE: Final = 2_000
"""The most hits that one request asks for; an index gives up to 10,000."""
_MAX_SEARCHES: Final = 128  # of one request


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


class PinnedIndex(HeldState):
    """Searches of a state that is held from the first one on. Threads may share it."""

    def continued(self, point: str) -> PinnedIndex:
        """Returns the state of a cursor, which is this one or an earlier one that the cluster still keeps."""
        return PinnedIndex(self._connection, self._index, must_stay=True, point=point)

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

        return self.with_state(ask)

    def search_all(self, bodies: Sequence[Mapping[str, object]]) -> list[Answer]:
        """Returns the answers to several searches, which are sent together; see :meth:`search`."""
        return self.with_state(partial(self._search_all, bodies)) if bodies else []

    def count(self, queries: Sequence[Clause]) -> list[int | QueryError]:
        """Returns how many articles each of some queries matches.

        For a query that is too large for the cluster, the error stands in its place.
        """
        counts: list[int | QueryError] = []
        for first in range(0, len(queries), _MAX_SEARCHES):
            counts += self.with_state(partial(self._count, queries[first : first + _MAX_SEARCHES]))
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

    def _pinned(self, body: Mapping[str, object]) -> dict[str, object]:
        pinned = {**body, "pit": {"id": self.point, "keep_alive": KEEP_ALIVE}}
        left = remaining_seconds()
        if left is not None:
            pinned["timeout"] = f"{max(int(left * 1000), 1)}ms"
        return pinned

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
        if isinstance(refusal, Refusal) and refusal.kind in TOO_LARGE:
            return too_large()
        raise refusal
