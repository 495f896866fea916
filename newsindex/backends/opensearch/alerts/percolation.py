"""Asks the cluster which alerts some articles match, before they are indexed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from newsindex.analyzer import fold
from newsindex.backends.opensearch.connection import Connection
from newsindex.backends.opensearch.layout import document_id

from .alert_layout import DOCUMENT_FIELD, FORM_FIELDS, PERCOLATED, alerts_index

_DOCUMENTS: Final = 250  # of one request
_BYTES: Final = 4 << 20  # of one request
_ALERTS: Final = 1000  # of one answer
_SLOT: Final = "_percolator_document_slot"


def matching_alerts(connection: Connection, sources: Sequence[bytes]) -> list[list[int]]:
    """The numbers of the alerts that each of some documents matches, ascending.

    Raises ClusterUnavailable.
    """
    found: list[list[int]] = []
    for documents in _batches(sources):
        found += _percolate(connection, documents)
    return found


def _batches(sources: Sequence[bytes]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    size = 0
    for source in sources:
        if batch and (len(batch) >= _DOCUMENTS or size + len(source) > _BYTES):
            yield batch
            batch, size = [], 0
        batch.append(_percolated(source))
        size += len(source)
    if batch:
        yield batch


def _percolated(source: bytes) -> dict[str, Any]:
    """What the queries of alerts ask for in a document."""
    document = json.loads(source)
    percolated = {field: value for field, value in document.items() if field in PERCOLATED}
    percolated[DOCUMENT_FIELD] = document_id(document["id"])
    for field, forms in FORM_FIELDS.items():
        percolated[forms] = " ".join(map(fold, document[f"{field}_spellings"].split(" ")))
    return percolated


def _percolate(connection: Connection, documents: Sequence[dict[str, Any]]) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in documents]
    search: dict[str, Any] = {
        "size": _ALERTS, "sort": [{"alert_number": "asc"}], "_source": False, "track_total_hits": False,
        "query": {"bool": {"filter": [{"percolate": {"field": "query", "documents": list(documents)}}]}},
    }  # fmt: skip
    path = f"/{alerts_index(connection.address.index)}/_search"
    while True:
        answer = connection.request("POST", path, search, {"allow_partial_search_results": False})
        hits = answer["hits"]["hits"]
        for hit in hits:
            (number,) = hit["sort"]
            for slot in hit["fields"][_SLOT]:
                found[slot].append(number)
        if len(hits) < _ALERTS:
            return found
        search["search_after"] = hits[-1]["sort"]
