"""Rebuilding of an index on a cluster beside itself, while articles are added, changed and deleted.

A new version of the index is made, of which there can be only one at a time. Then writes are held up for a
moment, so that none is under way, and the write alias is replaced: from then on every change goes to the old
version first and then to the new one. The articles of the old version are copied with their versions, so that
none replaces a later change. At last one call moves the alias of those who read.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from newsindex.analyzer import ANALYSIS
from newsindex.errors import ClusterUnavailable, IndexLocked

from .. import layout
from ..connection import Connection
from ..frequencies import AverageLengths
from ..index_record import IndexRecord, Places, index_body, parse_meta, places_of, read_aliases
from ..patience import patiently
from ..refusals import Refusal
from .article_copy import ArticleCopy

_NOT_COPIED: Final = ("index.uuid", "index.creation_date", "index.provided_name", "index.history.uuid")
_NOT_COPIED_GROUPS: Final = (
    "index.version.", "index.blocks.", "index.analysis.", "index.similarity.", "index.resize.",
    "index.routing.allocation.initial_recovery.",
)  # fmt: skip
_WHILE_COPYING: Final = {"index.refresh_interval": "-1", "index.gc_deletes": "14d"}
"""A deletion must not be forgotten before the article that it deletes has been copied."""
_LONGEST_SWITCH: Final = 60.0  # seconds


def rebuild_index(
    connection: Connection,
    *,
    take_over: bool = False,
    progress: Callable[[int], object] = lambda articles: None,
) -> str:
    """Makes an index anew from the articles that it stores.

    Returns OpenSearch's name of the version before, which stays. ``progress`` is told how many articles were
    copied.

    With ``take_over``, what another rebuild has begun is deleted first. Raises IndexLocked where another
    rebuild has begun, IndexNotFound, IndexCorrupt, AnalyzerMismatch where the record is lost, IndexTooOld,
    IndexTooNew and ClusterUnavailable.
    """
    aliases = read_aliases(connection)
    places = places_of(connection, aliases)
    newer = [index for index in aliases if layout.version_number(index) > layout.version_number(places.index)]
    if newer and not take_over:
        raise IndexLocked(_locked(connection, newer[0]))
    for index in newer:
        _delete_unread(connection, places.index, index)
    last = max(map(layout.version_number, aliases))
    rebuild = _Rebuild(connection, replace(places, copy_alias=None), last + 1)
    rebuild.create()
    try:
        _hold_up(connection, places.index, False)  # a rebuild that ended at the wrong moment has left it so
        rebuild.begin()
        rebuild.copy(progress)
        rebuild.switch()
    except BaseException:
        rebuild.give_up()
        raise
    rebuild.finish()
    for index in aliases:  # the versions before the one before
        if layout.version_number(index) < layout.version_number(places.index):
            connection.request("DELETE", f"/{index}", ignore=(404,))
    return places.index


def _locked(connection: Connection, index: str) -> str:
    return (
        f"a rebuild of {connection.name} into {index} has begun (`newsindex cluster status` says who began "
        "it): wait for its end; if its process was stopped, run `newsindex cluster rebuild --take-over`"
    )


def delete_old_versions(connection: Connection) -> list[str]:
    """Deletes the versions before the one that is read; returns their names."""
    aliases = read_aliases(connection)
    current = layout.version_number(places_of(connection, aliases).index)
    old = [index for index in sorted(aliases) if layout.version_number(index) < current]
    for index in old:
        connection.request("DELETE", f"/{index}", ignore=(404,))
    return old


def _delete_unread(connection: Connection, current: str, index: str) -> None:
    """Deletes a version that is being built, at an instant at which the current one is still the one read.

    Raises IndexLocked where it is not, since a rebuild has ended meanwhile.
    """
    alias = connection.address.index
    read = {"index": current, "alias": alias}
    actions = [{"remove": {**read, "must_exist": True}}, {"add": read}, {"remove_index": {"index": index}}]
    try:
        connection.request("POST", "/_aliases", {"actions": actions}, timeout=_LONGEST_SWITCH)
    except Refusal as refusal:
        if refusal.kind == "index_not_found_exception":
            return
        if refusal.status == 404:
            raise IndexLocked(f"a rebuild of {connection.name} has just ended: begin again") from None
        raise


class _Rebuild:
    """One rebuild: from the version of ``places`` to a version with a number."""

    def __init__(self, connection: Connection, places: Places, number: int) -> None:
        name = connection.address.index
        self._connection = connection
        self._old, self._new = places.index, layout.versioned_name(name, number)
        self._before = places
        self._during = Places(
            places.index,
            layout.write_alias(name, places.epoch + 1),
            layout.copy_alias(name, places.epoch + 1),
            places.epoch + 1,
        )
        self._after = layout.write_alias(name, places.epoch + 2)
        self._is_switched = False

    def create(self) -> None:
        """Creates the new version. Raises IndexLocked where another rebuild was first."""
        mapping = self._connection.request("GET", f"/{self._old}/_mapping")[self._old]["mappings"]
        meta = mapping.get("_meta", {}).get("newsindex")
        self._record = self._new_record(parse_meta(self._connection, meta, analysis=ANALYSIS))
        answer = self._connection.request("GET", f"/{self._old}/_settings", params={"flat_settings": True})
        kept = {name: value for name, value in answer[self._old]["settings"].items() if _is_copied(name)}
        body = index_body(self._connection, self._record, kept)
        self._settings = {name: body["settings"][name] for name in _WHILE_COPYING}
        body["settings"].update(_WHILE_COPYING)
        body["mappings"]["_meta"]["rebuild"] = _this_process()
        try:
            self._connection.request("PUT", f"/{self._new}", body)
        except Refusal as refusal:
            if refusal.kind == "resource_already_exists_exception":
                raise IndexLocked(_locked(self._connection, self._new)) from None
            raise
        self._copy = ArticleCopy(
            self._connection, self._during, self._record, self._old, self._new, str(self._during.copy_alias)
        )

    def _new_record(self, old: IndexRecord) -> IndexRecord:
        """The record of the new version, with the average lengths of the articles that there are."""
        lengths = {}
        for field in AverageLengths._fields:
            column = f"{field}_length"
            search = {
                "size": 0,
                "query": {"range": {column: {"gt": 0}}},
                "aggs": {"average": {"avg": {"field": column}}},
            }
            answer = self._connection.request("POST", f"/{self._old}/_search", search)
            lengths[field] = answer["aggregations"]["average"]["value"]
        if None in lengths.values():
            return old
        return replace(old, averages=AverageLengths(**lengths), are_typical=False)

    def begin(self) -> None:
        """Has every change go to both versions from now on."""
        _hold_up(self._connection, self._old, True)
        try:
            self._change_aliases(
                ("remove", self._old, self._before.write_alias),
                ("add", self._old, self._during.write_alias),
                ("add", self._new, str(self._during.copy_alias)),
            )
        finally:
            patiently(lambda: _hold_up(self._connection, self._old, False))
        self._began = time.time_ns()
        self._connection.request("POST", f"/{self._old}/_refresh")

    def copy(self, progress: Callable[[int], object]) -> None:
        """Copies the articles of the old version."""
        self._copy.copy(progress, self._began)

    def switch(self) -> None:
        """Moves those who read, and those who write, to the new version."""
        self._connection.request("PUT", f"/{self._new}/_settings", self._settings)
        self._connection.request("PUT", f"/{self._new}/_mapping", {"_meta": self._record.meta()})
        self._connection.request("POST", f"/{self._new}/_refresh")
        self._change_aliases(
            ("remove", self._old, self._connection.address.index),
            ("add", self._new, self._connection.address.index),
            ("remove", self._old, self._during.write_alias),
            ("remove", self._new, str(self._during.copy_alias)),
            ("add", self._new, self._after),
        )
        self._is_switched = True
        self._copy.alias = self._after

    def finish(self) -> None:
        """Encodes what was sent until the switch, and shows it."""
        self._connection.request("POST", f"/{self._new}/_refresh")
        self._copy.encode_anew()
        self._connection.request("POST", f"/{self._new}/_refresh")

    def give_up(self) -> None:
        """Has the index as it was, if the cluster can be reached; a switch whose answer was lost stays."""
        if not self._is_switched:
            with suppress(ClusterUnavailable, Refusal, IndexLocked):
                _delete_unread(self._connection, self._old, self._new)

    def _change_aliases(self, *actions: tuple[str, str, str]) -> None:
        """Adds and removes aliases at one instant; raises IndexLocked where one to remove is not there."""
        body = [
            {action: {"index": index, "alias": alias, **({"must_exist": True} if action == "remove" else {})}}
            for action, index, alias in actions
        ]
        try:
            self._connection.request("POST", "/_aliases", {"actions": body}, timeout=_LONGEST_SWITCH)
        except (ClusterUnavailable, Refusal) as error:
            if self._are_added(actions):
                return  # the answer was lost; it may have been sent twice
            if isinstance(error, Refusal) and error.status == 404:
                raise IndexLocked(
                    f"another rebuild of {self._connection.name} took over: wait for its end"
                ) from None
            raise

    def _are_added(self, actions: Sequence[tuple[str, str, str]]) -> bool:
        """Whether all aliases are there that were to be added."""
        aliases = patiently(lambda: read_aliases(self._connection))
        return all(alias in aliases.get(index, ()) for action, index, alias in actions if action == "add")


def _is_copied(setting: str) -> bool:
    return setting not in _NOT_COPIED and not setting.startswith(_NOT_COPIED_GROUPS)


def _this_process() -> dict[str, Any]:
    """Who rebuilds, and since when."""
    return {
        "host": socket.gethostname(),
        "process": os.getpid(),
        "began": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _hold_up(connection: Connection, index: str, is_held: bool) -> None:
    """Refuses writes, once those under way are done, or lets them through again."""
    if is_held:
        connection.request("PUT", f"/{index}/_block/write", timeout=_LONGEST_SWITCH)
    else:
        connection.request(
            "PUT", f"/{index}/_settings", {"index.blocks.write": None}, timeout=_LONGEST_SWITCH
        )
