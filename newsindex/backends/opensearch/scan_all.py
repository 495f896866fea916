"""Reads all documents of an index on a cluster as of one moment, in no particular order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from newsindex.errors import ClusterUnavailable

from .connection import Connection
from .refusals import Refusal

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
    """Some hits at a time of all that a query finds, each with these fields of its ``_source``.

    ``with_numbers`` adds those by which OpenSearch tells whether a document was changed since.

    Raises ClusterUnavailable where a part of the index does not answer.
    """
    search: dict[str, Any] = {
        "size": _TOGETHER,
        "sort": ["_doc"],
        "_source": source or False,
        "seq_no_primary_term": with_numbers,
        "query": query or {"match_all": {}},
    }
    parameters = {"scroll": _KEEP_ALIVE, "allow_partial_search_results": False}
    answer = connection.request("POST", f"/{index}/_search", search, parameters)
    try:
        while hits := answer["hits"]["hits"]:
            yield hits
            following = {"scroll": _KEEP_ALIVE, "scroll_id": answer["_scroll_id"]}
            answer = connection.request("POST", "/_search/scroll", following)
            if answer["_shards"]["failed"]:
                raise connection.refusal(503, answer["_shards"]["failures"][0]["reason"])
    finally:
        with suppress(ClusterUnavailable, Refusal):  # it ends by itself
            connection.request("DELETE", "/_search/scroll", {"scroll_id": [answer["_scroll_id"]]})
