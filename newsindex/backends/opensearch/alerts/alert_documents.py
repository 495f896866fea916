"""The alerts of an index on a cluster as documents, and their queries, which are compiled anew each day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from newsindex.alerts.stored_trees import KEY_VERSION
from newsindex.arguments import is_unicode
from newsindex.backends.opensearch.connection import Connection, json_line
from newsindex.backends.opensearch.layout import document_id
from newsindex.backends.opensearch.refusals import Refusal
from newsindex.storage.alerts.alert_rows import AlertRow

from .alert_compiler import AlertCompiler, Compiled, compiled_state
from .alert_layout import alerts_index
from .conditional_writes import (
    Place,
    Stored,
    Write,
    read_documents,
    search_documents,
    write_documents,
)

_SEARCHES: Final = 100  # of one request
_TOO_LARGE: Final = frozenset(
    {"too_many_clauses", "too_many_nested_clauses", "too_complex_to_determinize_exception"}
)
_BY_NUMBER: Final = [{"alert_number": "asc"}]


class StoredAlert(NamedTuple):
    """An alert, where its document was last changed, and its query for the cluster."""

    row: AlertRow
    place: Place | None
    query: Any
    state: str = ""
    """In which state it was compiled."""

    def write(self, state: str) -> Write:
        """The write that keeps the alert, compiled in a state."""
        row = self.row
        source = {
            "alert_number": row.id,
            "alert_state": state,
            "is_compiled": self.query is not None,
            "alert": {
                "name": row.name, "body": row.body, "created": row.created, "seen_at": row.seen_at,
                "key_version": row.key_version, "tree": row.tree,
            },
        }  # fmt: skip
        if self.query is not None:
            source["query"] = self.query
        return Write(document_id(row.name), source, self.place)

    def compiled(self, compiled: Compiled) -> StoredAlert:
        """The alert with its query compiled by this version."""
        row = self.row._replace(tree=compiled.tree, key_version=KEY_VERSION)
        return StoredAlert(row, self.place, compiled.clause)


class AlertDocuments:
    """Reads and writes the documents of the alerts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._index = alerts_index(connection.address.index)

    def all(self) -> list[StoredAlert]:
        """All alerts in the order in which they were added; none where their index is missing."""
        query = {"exists": {"field": "alert_number"}}
        return [_alert(one) for one in search_documents(self._connection, self._index, query, _BY_NUMBER)]

    def named(self, name: str) -> StoredAlert | None:
        """The alert with a name as of this moment, or None."""
        if not name or not is_unicode(name):
            return None
        (stored,) = read_documents(self._connection, self._index, [document_id(name)])
        return None if stored is None or stored.source["alert"]["name"] != name else _alert(stored)

    def write(self, writes: Iterable[Write]) -> set[str]:
        """Makes some writes; returns the keys of those that another change prevented."""
        return write_documents(self._connection, self._index, writes)

    def renew(self, compiler: AlertCompiler, zone: ZoneInfo) -> bool:
        """Compiles the queries anew that another version or another day made.

        Returns whether there are alerts.
        """
        state = compiled_state(zone)
        search = {
            "size": 0, "track_total_hits": True, "query": {"exists": {"field": "alert_number"}},
            "aggs": {"made": {"filter": {"term": {"alert_state": state}}}},
        }  # fmt: skip
        path = f"/{self._index}/_search"
        answer = self._connection.request("POST", path, search, {"ignore_unavailable": True})
        total = answer["hits"]["total"]["value"]
        if total and answer["aggregations"]["made"]["doc_count"] < total:
            query = {
                "bool": {
                    "filter": [{"exists": {"field": "alert_number"}}],
                    "must_not": [{"term": {"alert_state": state}}],
                }
            }
            other = search_documents(self._connection, self._index, query, _BY_NUMBER)
            alerts = [one.compiled(compiler.compile(one.row.body)) for one in map(_alert, other)]
            refused = self.refused(alerts)
            self.write(
                (one._replace(query=None) if one.row.name in refused else one).write(state) for one in alerts
            )
        return bool(total)

    def refused(self, alerts: Iterable[StoredAlert]) -> dict[str, str]:
        """Why the cluster does not run the queries of some alerts, such as for their size, by name.

        One of them would otherwise end every percolation.
        """
        asked = [one for one in alerts if one.query is not None]
        refused: dict[str, str] = {}
        for first in range(0, len(asked), _SEARCHES):
            some = asked[first : first + _SEARCHES]
            lines = [
                line
                for one in some
                for line in ({"index": self._index}, {"size": 0, "query": {"bool": {"filter": [one.query]}}})
            ]
            answer = self._connection.request("POST", "/_msearch", b"".join(map(json_line, lines)))
            for one, response in zip(some, answer["responses"], strict=True):
                if "error" in response:
                    error = self._connection.refusal(response["status"], response["error"])
                    if not isinstance(error, Refusal) or not (
                        error.status == 400 or error.kind in _TOO_LARGE
                    ):
                        raise error
                    refused[one.row.name] = str(error)
        return refused

    def unknown(self) -> list[int]:
        """The numbers of the alerts that could not be compiled."""
        query = {"term": {"is_compiled": False}}
        found = search_documents(self._connection, self._index, query, _BY_NUMBER)
        return [one.source["alert_number"] for one in found]

    def state(self) -> str:
        """A text that changes with every change of a document of the index."""
        search = {
            "size": 1, "track_total_hits": True, "sort": [{"_seq_no": "desc"}], "_source": False,
            "query": {"match_all": {}},
        }  # fmt: skip
        path = f"/{self._index}/_search"
        hits = self._connection.request("POST", path, search, {"ignore_unavailable": True})["hits"]
        if not hits["hits"]:
            return ""
        return f"{hits['total']['value']} {hits['hits'][0]['sort'][0]}"


def _alert(stored: Stored) -> StoredAlert:
    alert = stored.source["alert"]
    row = AlertRow(
        stored.source["alert_number"], alert["name"], alert["body"], alert["created"], 0, alert["seen_at"],
        alert["key_version"], alert["tree"],
    )  # fmt: skip
    return StoredAlert(row, stored.place, stored.source.get("query"), stored.source["alert_state"])
