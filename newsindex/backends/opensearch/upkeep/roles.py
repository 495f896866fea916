"""The roles that the users of an index on a cluster need, in the form of OpenSearch's security plugin.

Each role has the rights of those before it. The names of indexes are given so narrowly that a user of the
index ``presse`` has no right to one that is called ``presse-regionale``.
"""

from __future__ import annotations

import re
from typing import Any, Final

from ..alerts.alert_layout import alerts_index, matches_index
from ..layout import files_index

_SEARCHING_CLUSTER: Final = (
    "cluster:monitor/main",
    "cluster:monitor/health",
    "cluster_composite_ops_ro",
    "indices:data/read/scroll/clear",
)
_SEARCHING: Final = ("read", "indices:monitor/stats", "indices:monitor/settings/get", "indices:admin/get",
    "indices:admin/mappings/get", "indices:admin/aliases/get", "indices:admin/refresh*")  # fmt: skip
_WRITING_CLUSTER: Final = ("indices:data/write/bulk",)
_WRITING: Final = ("write", "indices:admin/forcemerge*")
_MAKING: Final = ("create_index",)
_REBUILDING: Final = (
    *_MAKING, "manage_aliases", "indices:admin/delete", "indices:admin/block/add*",
    "indices:admin/settings/update",
)  # fmt: skip


def needed_roles(index: str) -> dict[str, Any]:
    """The bodies of three roles by name: to search, to write too, and to create and rebuild as well.

    Who writes may make the small indexes beside the articles, which are made when they are first needed.
    """
    beside = [files_index(index), alerts_index(index), matches_index(index)]
    names = [rf"/{re.escape(index)}-v\d{{4,}}/", *beside]  # who may use an index may use its aliases
    searching, writing = _SEARCHING_CLUSTER, _SEARCHING_CLUSTER + _WRITING_CLUSTER
    return {
        f"{index}-search": _role(searching, (names, _SEARCHING)),
        f"{index}-write": _role(writing, (names, _SEARCHING + _WRITING), (beside, _MAKING)),
        f"{index}-rebuild": _role(writing, (names, _SEARCHING + _WRITING + _REBUILDING)),
    }


def _role(cluster: tuple[str, ...], *rights: tuple[list[str], tuple[str, ...]]) -> dict[str, Any]:
    return {
        "cluster_permissions": list(cluster),
        "index_permissions": [
            {"index_patterns": patterns, "allowed_actions": list(actions)} for patterns, actions in rights
        ],
    }
