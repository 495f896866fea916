"""What is asked of a cluster about an index as a whole: its statistics, its number of changes, its health."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newsindex.index_statistics import Stats
from newsindex.results import Acronym

from ..connection import Connection
from ..layout import version_number
from ..refusals import Denial

_NUMBER_BITS: Final = 40
FREQUENT_ACRONYMS: Final = 10
"""How many acronyms the statistics list."""


def collect_statistics(connection: Connection, index: str, acronyms: Sequence[Acronym]) -> Stats:
    """The statistics of an index; the cluster does not count terms."""
    answer = connection.request("GET", f"/{index}/_stats/docs,store,segments")
    primaries, total = answer["_all"]["primaries"], answer["_all"]["total"]
    size, copied = primaries["store"]["size_in_bytes"], total["store"]["size_in_bytes"]
    return Stats(
        articles=primaries["docs"]["count"],
        deleted=primaries["docs"]["deleted"],
        terms=0,
        segments=primaries["segments"]["count"],
        commit=change_number(connection, index),
        bytes=copied,
        bytes_by_part={"primaries": size, "replicas": copied - size},
        acronyms=len(acronyms),
        frequent_acronyms=tuple(acronyms[:FREQUENT_ACRONYMS]),
    )


def make_visible(connection: Connection) -> None:
    """Has searches find all changes; a user who may not ask for it finds them a little later."""
    try:
        connection.request("POST", f"/{connection.address.index}/_refresh")
    except Denial:
        return


def has_every_shard(connection: Connection) -> bool:
    """Whether no shard of the index is without a copy that works; a refresh would wait for one to come back.

    True for a user who may not ask.
    """
    try:
        health = connection.request("GET", f"/_cluster/health/{connection.address.index}")
    except Denial:
        return True
    return bool(health["status"] != "red")


def change_number(connection: Connection, index: str) -> int:
    """A number that grows with every change of an index, of which one version is named."""
    answer = connection.request(
        "GET",
        f"/{index}/_stats",
        params={"level": "shards", "filter_path": "indices.*.shards.*.seq_no.max_seq_no"},
    )
    changes = 0
    for found in answer.get("indices", {}).values():
        for copies in found["shards"].values():
            changes += max(copy["seq_no"]["max_seq_no"] for copy in copies) + 1
    return version_number(index) << _NUMBER_BITS | changes
