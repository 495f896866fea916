"""What is asked of a cluster about an index as a whole: its statistics, its number of changes, a merge."""

from __future__ import annotations

from typing import Any, Final

from .connection import Connection

_MERGE_TIMEOUT: Final = 3600.0  # seconds
_NUMBER_BITS: Final = 40


def expunge_deletes(connection: Connection) -> None:
    """Have the cluster show all changes, and remove deleted articles from the disk."""
    index = connection.address.index
    connection.request("POST", f"/{index}/_refresh")
    connection.request(
        "POST", f"/{index}/_forcemerge", params={"only_expunge_deletes": True}, timeout=_MERGE_TIMEOUT
    )


def index_statistics(connection: Connection) -> dict[str, Any]:
    """What the cluster counts of the primary shards of an index."""
    path = f"/{connection.address.index}/_stats/docs,store,segments"
    answer = connection.request("GET", path)
    primaries: dict[str, Any] = answer["_all"]["primaries"]
    return primaries


def change_number(connection: Connection, version: int) -> int:
    """A number that grows with every change of an index; ``version`` is the number of its version."""
    path = f"/{connection.address.index}/_stats"
    answer = connection.request(
        "GET", path, params={"level": "shards", "filter_path": "indices.*.shards.*.*.seq_no.max_seq_no,"
                             "indices.*.shards.*.*.routing.primary"}
    )  # fmt: skip
    changes = 0
    for index in answer.get("indices", {}).values():
        for copies in index["shards"].values():
            changes += (
                max((copy["seq_no"]["max_seq_no"] for copy in copies if "seq_no" in copy), default=-1) + 1
            )
    return version << _NUMBER_BITS | changes
