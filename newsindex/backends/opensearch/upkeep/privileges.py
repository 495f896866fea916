"""The rights that a user of a cluster needs, in the words of OpenSearch's security plugin."""

from __future__ import annotations

from typing import Any, Final

_CLUSTER: Final = (
    "cluster:monitor/main",
    "cluster:monitor/health",
    "cluster_composite_ops",
    "indices:data/read/scroll*",
    "indices:data/read/point_in_time/delete",
)
_SEARCHING: Final = ("read", "indices_monitor", "indices:admin/get", "indices:admin/mappings/get",
    "indices:admin/aliases/get", "indices:data/read/point_in_time/create")  # fmt: skip
_WRITING: Final = (
    "write",
    "indices:admin/refresh*",
    "indices:admin/mapping/put",
    "indices:admin/forcemerge*",
)
_REBUILDING: Final = ("create_index", "manage_aliases", "indices:admin/delete", "indices:admin/block/add*",
    "indices:admin/settings/update")  # fmt: skip


def needed_privileges(index: str) -> dict[str, Any]:
    """The permissions on the cluster, and those on an index: to search, to write, to rebuild."""
    return {
        "cluster_permissions": list(_CLUSTER),
        "index_patterns": [index, f"{index}-*"],
        "to_search": list(_SEARCHING),
        "to_write": list(_WRITING),
        "to_create_and_rebuild": list(_REBUILDING),
    }
