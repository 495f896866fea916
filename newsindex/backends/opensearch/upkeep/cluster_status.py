"""The state of an index on a cluster, as its administrator looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newsindex.errors import NewsIndexError

from ..connection import Connection
from ..index_record import places_of, read_aliases, read_record
from ..layout import version_number


@dataclass(frozen=True)
class IndexVersion:
    """A version of an index, with OpenSearch's ``name`` of it.

    Its ``role`` is "current", "old" or "being built". ``health`` is that of OpenSearch: "green", "yellow"
    where copies are missing, "red" where articles are. ``rebuild`` says who builds it: the ``host``, the
    ``process`` and since when (``began``).
    """

    name: str
    role: str
    health: str
    articles: int
    bytes: int
    shards: int
    missing_shards: int
    rebuild: Mapping[str, Any]


@dataclass(frozen=True)
class ClusterStatus:
    """An index on a cluster: the version of OpenSearch, its nodes, and the versions of the index.

    ``problem`` says why the index cannot be searched, empty where it can. ``is_held_up`` says whether writes
    are refused, as they are for a moment where a rebuild begins.
    """

    address: str
    opensearch: str
    nodes: int
    versions: tuple[IndexVersion, ...]
    is_held_up: bool
    problem: str


def read_status(connection: Connection) -> ClusterStatus:
    """Looks at an index. Raises IndexNotFound and ClusterUnavailable."""
    aliases = read_aliases(connection)
    places = places_of(connection, aliases)
    names = sorted(aliases, key=version_number)
    pattern = ",".join(names)
    health = connection.request("GET", f"/_cluster/health/{pattern}", params={"level": "indices"})
    stats = connection.request("GET", f"/{pattern}/_stats/docs,store")["indices"]
    mappings = connection.request("GET", f"/{pattern}/_mapping")
    settings = connection.request("GET", f"/{places.index}/_settings", params={"flat_settings": True})
    versions = [
        _version(
            name,
            version_number(name) - version_number(places.index),
            health["indices"][name],
            stats.get(name, {}),
            mappings[name]["mappings"].get("_meta", {}).get("rebuild", {}),
        )
        for name in names
    ]
    try:
        read_record(connection, places.index)
        problem = ""
    except NewsIndexError as error:
        problem = str(error)
    return ClusterStatus(
        address=connection.name,
        opensearch=connection.request("GET", "/")["version"]["number"],
        nodes=health["number_of_nodes"],
        versions=tuple(versions),
        is_held_up=settings[places.index]["settings"].get("index.blocks.write") == "true",
        problem=problem,
    )


def _version(
    name: str, age: int, health: Mapping[str, Any], stats: Mapping[str, Any], rebuild: Mapping[str, Any]
) -> IndexVersion:
    primaries, total = stats.get("primaries", {}), stats.get("total", {})
    return IndexVersion(
        name=name,
        role="current" if age == 0 else "old" if age < 0 else "being built",
        health=health["status"],
        articles=primaries.get("docs", {}).get("count", 0),
        bytes=total.get("store", {}).get("size_in_bytes", 0),
        shards=health["number_of_shards"] * (1 + health["number_of_replicas"]),
        missing_shards=health["unassigned_shards"],
        rebuild=rebuild,
    )
