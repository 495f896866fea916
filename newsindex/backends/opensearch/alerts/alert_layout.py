"""The two indexes beside the articles that hold alerts and their matches: names, mappings, how they are made.

``presse-alerts`` has a document for each alert, with its query in a percolator field over the fields of
articles, one for the numbering of matches, and one for each target of deliveries. ``presse-matches`` has a
document for each article that an alert matched. Both are made with the first alert.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from newsindex.article import LABEL_FIELDS
from newsindex.backends.opensearch import layout
from newsindex.backends.opensearch.connection import Connection
from newsindex.backends.opensearch.refusals import Refusal
from newsindex.errors import NewsIndexError
from newsindex.index_settings import IndexSettings

SEQUENCE_ID: Final = "/sequence"
"""The document of the numbering; the name of an alert has no slash."""
DOCUMENT_FIELD: Final = "document"
"""The field of a percolated article that has the ``_id`` of its document."""
FORM_FIELDS: Final = {"headline": "headline_forms", "body": "body_forms"}
"""The fields of a percolated article that have its words without accents, by the field of the article."""
PERCOLATED: Final = frozenset(
    {*layout.ANALYSED_FIELDS, "minutes", *(f"{label}_key" for label in LABEL_FIELDS)}
)
"""The fields of an article's document that queries ask for."""
_WORDS: Final = {
    "type": "text", "analyzer": "newsindex_words", "norms": False, "index_options": "docs",
    "similarity": "newsindex",
}  # fmt: skip
_KEYWORD: Final[Mapping[str, Any]] = {"type": "keyword"}
_LONG: Final[Mapping[str, Any]] = {"type": "long"}
_UNSEARCHED: Final = {"type": "object", "enabled": False}
_STRICT: Final = {"dynamic": "strict"}
_MATCH_PROPERTIES: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("key", "under", "bands", "signature"), _KEYWORD),
    **dict.fromkeys(("alerts", "new", "unseen", "first", "last", "minutes"), _LONG),
    "is_pending": {"type": "boolean"},
    "record": _UNSEARCHED,
}
"""The fields of the matches of an article."""


def alerts_index(name: str) -> str:
    """The index of the alerts of an index."""
    return f"{name}-alerts"


def matches_index(name: str) -> str:
    """The index of the matches of its alerts."""
    return f"{name}-matches"


def creation_requests(
    connection: Connection, settings: IndexSettings, identity: str
) -> list[tuple[str, dict[str, Any]]]:
    """The paths and bodies of the PUT requests that make both indexes; ``identity`` is that of the index."""
    name = connection.address.index
    replicas = {**layout.DEFAULT_SETTINGS, **connection.address.settings}["index.number_of_replicas"]
    common = {"index.number_of_shards": "1", "index.number_of_replicas": replicas}
    analysed = {**common, **layout.analysis_settings(settings.ranking.k1)}
    meta = {"newsindex": {"format": layout.FORMAT, "identity": identity}}
    return [
        (f"/{index}", {"settings": chosen, "mappings": {**_STRICT, "_meta": meta, "properties": properties}})
        for index, chosen, properties in (
            (matches_index(name), common, _MATCH_PROPERTIES),
            (alerts_index(name), analysed, _alert_properties()),
        )
    ]


def _alert_properties() -> dict[str, Any]:
    """The fields of an alert, those of the articles that its query asks for included."""
    analysed = layout.mappings({})["properties"]
    return {
        **{field: analysed[field] for field in sorted(PERCOLATED)},
        **dict.fromkeys(FORM_FIELDS.values(), _WORDS),
        DOCUMENT_FIELD: _KEYWORD,
        "query": {"type": "percolator"},
        "alert_number": _LONG,
        "alert_state": _KEYWORD,
        "is_compiled": {"type": "boolean"},
        "alert": _UNSEARCHED,
    }


def create_alert_indexes(connection: Connection, settings: IndexSettings, identity: str) -> None:
    """Makes the indexes where they are missing; a user who may not make any can use those that are there.

    Raises NewsIndexError where there are those of another index.
    """
    name = connection.address.index
    path = f"/{matches_index(name)},{alerts_index(name)}/_mapping"
    made = connection.request("GET", path, params={"ignore_unavailable": True})
    for path, body in creation_requests(connection, settings, identity):
        if path.removeprefix("/") in made:
            continue
        try:
            connection.request("PUT", path, body)
        except Refusal as refusal:
            if refusal.kind != "resource_already_exists_exception":
                raise
    check_owner(connection, identity)


def check_owner(connection: Connection, identity: str) -> bool:
    """Whether there are alerts of the index.

    Raises NewsIndexError where there are those of another index, which had its name before.
    """
    name = alerts_index(connection.address.index)
    answer = connection.request("GET", f"/{name}/_mapping", ignore=(404,))
    if name not in answer:
        return False
    owner = answer[name]["mappings"].get("_meta", {}).get("newsindex", {}).get("identity")
    if owner != identity:
        raise NewsIndexError(
            f"{name} and {matches_index(connection.address.index)} at {connection.name} hold the alerts of "
            "another index, which had this name before: delete both, or restore that index"
        )
    return True
