"""Reads all documents of an index on a cluster as of one moment, in no particular order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Final

from newsindex.errors import ClusterUnavailable

from .connection import Connection, Refusal

_TOGETHER: Final = 500  # documents of one answer
_KEEP_ALIVE: Final = "10m"


def scan_documents(
    connection: Connection,
    index: str,
    source: list[str],
    query: Mapping[str, Any] | None = None,
    *,
    with_numbers: bool = False,
) -> Iterator[list[dict[str, Any]]]:
    """Some hits at a time of all that a query finds, each with these fields of its ``_source``, and
    ``with_numbers`` with those by which OpenSearch tells whether it was changed since.

    Raises ClusterUnavailable where a part of the index does not answer.
    """
    with point_in_time(connection, index) as pit:
        search: dict[str, Any] = {
            "size": _TOGETHER,
            "pit": {"id": pit, "keep_alive": _KEEP_ALIVE},
            "sort": ["_shard_doc"],
            "_source": source or False,
            "track_total_hits": False,
            "seq_no_primary_term": with_numbers,
            "query": query or {"match_all": {}},
        }
        while True:
            answer = connection.request("POST", "/_search", search, {"allow_partial_search_results": False})
            hits = answer["hits"]["hits"]
            if hits:
                yield hits
            if len(hits) < _TOGETHER:
                return
            search["search_after"] = hits[-1]["sort"]


@contextmanager
def point_in_time(connection: Connection, index: str) -> Iterator[str]:
    """The id of a point in time, at which the index stays as it is for the block."""
    path = f"/{index}/_search/point_in_time"
    pit = connection.request("POST", path, params={"keep_alive": _KEEP_ALIVE})["pit_id"]
    try:
        yield pit
    finally:
        with suppress(ClusterUnavailable, Refusal):  # it ends by itself
            connection.request("DELETE", "/_search/point_in_time", {"pit_id": [pit]})
