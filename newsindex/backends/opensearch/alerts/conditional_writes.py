"""Documents with the number of their last change, and writes that fail where there was another one since."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from newsindex.backends.opensearch.connection import Connection, json_line
from newsindex.backends.opensearch.patience import PATIENCE, Pauses
from newsindex.errors import ClusterUnavailable

MAX_ATTEMPTS: Final = 200
"""How often a change is made anew where others change the same document meanwhile."""
TOGETHER: Final = 500
"""Documents of one request."""


class Place(NamedTuple):
    """The number of the last change of a document, and the term of the primary shard that made it."""

    seq_no: int
    primary_term: int


class Stored(NamedTuple):
    """A document with its ``_source``, and where its last change was made; None where it is not there."""

    key: str
    source: dict[str, Any]
    place: Place | None


class Write(NamedTuple):
    """A document to be written, or, without a source, to be deleted.

    ``place`` is that of the change that it was made of, None for a new document.
    """

    key: str
    source: dict[str, Any] | None
    place: Place | None

    def operation(self, index: str) -> bytes:
        """The lines of the bulk request."""
        action: dict[str, Any] = {"_index": index, "_id": self.key}
        if self.place is not None:
            action |= {"if_seq_no": self.place.seq_no, "if_primary_term": self.place.primary_term}
        if self.source is None:
            return json_line({"delete": action})
        kind = "create" if self.place is None else "index"
        return json_line({kind: action}) + json_line(self.source)


def read_documents(connection: Connection, index: str, keys: Sequence[str]) -> Iterator[Stored | None]:
    """The documents with some keys as of this moment, None for each that there is not.

    None of them where the index is missing. Raises ClusterUnavailable.
    """
    for first in range(0, len(keys), TOGETHER):
        ids = keys[first : first + TOGETHER]
        answer = connection.request("POST", f"/{index}/_mget", {"ids": list(ids)})
        for key, found in zip(ids, answer["docs"], strict=True):
            if "error" in found and found["error"].get("type") != "index_not_found_exception":
                raise connection.document_refusal(found["error"])
            yield _stored(key, found) if found.get("found") else None


def search_documents(
    connection: Connection, index: str, query: dict[str, Any], sort: Sequence[Any]
) -> Iterator[Stored]:
    """The documents that a query finds, in an order in which no two are equal. Raises ClusterUnavailable."""
    search: dict[str, Any] = {
        "size": TOGETHER, "sort": list(sort), "query": query, "seq_no_primary_term": True,
        "track_total_hits": False,
    }  # fmt: skip
    while True:
        answer = connection.request(
            "POST",
            f"/{index}/_search",
            search,
            {"allow_partial_search_results": False, "ignore_unavailable": True},
        )
        hits = answer["hits"]["hits"]
        for hit in hits:
            yield _stored(hit["_id"], hit)
        if len(hits) < TOGETHER:
            return
        search["search_after"] = hits[-1]["sort"]


def _stored(key: str, found: dict[str, Any]) -> Stored:
    return Stored(key, found["_source"], Place(found["_seq_no"], found["_primary_term"]))


def write_documents(connection: Connection, index: str, writes: Iterable[Write]) -> set[str]:
    """Makes some writes, which searches find afterwards.

    Returns the keys of those that another change prevented.

    What may have been made before an answer was lost is among these. Raises ClusterUnavailable and Refusal.
    """
    prevented: set[str] = set()
    left = list(writes)
    for first in range(0, len(left), TOGETHER):
        prevented |= _write(connection, index, left[first : first + TOGETHER])
    return prevented


def _write(connection: Connection, index: str, writes: Sequence[Write]) -> set[str]:
    prevented: set[str] = set()
    pauses = Pauses(PATIENCE)
    left = list(writes)
    while left:
        operations = b"".join(write.operation(index) for write in left)
        try:
            answer = connection.request("POST", "/_bulk", operations, {"refresh": True})
        except ClusterUnavailable as error:
            pauses.wait(error)
            continue
        results = [result for item in answer["items"] for result in item.values()]
        busy: ClusterUnavailable | None = None
        again: list[Write] = []
        for write, result in zip(left, results, strict=True):
            status = result["status"]
            if status in (404, 409):
                prevented.add(write.key)
            elif status >= 300:
                refusal = connection.refusal(status, result["error"])
                if not isinstance(refusal, ClusterUnavailable):
                    raise refusal
                again.append(write)
                busy = refusal
        if busy is not None:
            pauses.wait(busy, has_progress=len(again) < len(left))
        left = again
    return prevented


def pause_after_conflict(attempt: int) -> None:
    """Lets another program finish its change before the next attempt, which are counted from 0."""
    time.sleep(random.uniform(0, min(0.01 * (attempt + 1), 0.5)))
