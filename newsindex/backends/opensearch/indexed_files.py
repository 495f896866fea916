"""The files whose articles are all in an index on a cluster, in an index of their own beside it.

It is made when a file is to be remembered for the first time. A record names the identity of the index that
has the articles, as another one may have had the same name before.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from typing import Any, Final

from newsindex.storage.indexed_files import IndexedFile

from .connection import Connection, json_line
from .layout import DEFAULT_SETTINGS, FILES_MAPPING, bounded_token, files_index
from .refusals import Refusal

_TOGETHER: Final = 1000


def files_body(settings: Mapping[str, str]) -> dict[str, Any]:
    """The body of the request that makes the index of files, with as many replicas as the articles have."""
    replicas = settings["index.number_of_replicas"]
    return {
        "settings": {"index.number_of_shards": "1", "index.number_of_replicas": replicas},
        "mappings": FILES_MAPPING,
    }


def store_files(connection: Connection, identity: str, files: Iterable[IndexedFile]) -> None:
    """Records files, in place of earlier records of the same paths; ``identity`` is that of the index."""
    lines: list[bytes] = []
    index = files_index(connection.address.index)
    _make_index(connection, index)
    for file in files:
        key = hashlib.sha256(identity.encode() + file.path).hexdigest()
        path = bounded_token(b64encode(file.path).decode())
        lines.append(json_line({"index": {"_index": index, "_id": key}}))
        lines.append(json_line({"identity": identity, "path": path, "file": _record(file)}))
    for first in range(0, len(lines), 2 * _TOGETHER):
        operations = b"".join(lines[first : first + 2 * _TOGETHER])
        for result in connection.bulk(operations, to_alias=False):
            if result["status"] >= 300:
                raise connection.refusal(result["status"], result.get("error"))
    connection.request("POST", f"/{index}/_refresh")


def _make_index(connection: Connection, index: str) -> None:
    """Makes the index of files, unless it is there."""
    try:
        connection.request("GET", f"/{index}")
        return
    except Refusal as refusal:
        if refusal.status != 404:
            raise
    try:
        settings = {**DEFAULT_SETTINGS, **connection.address.settings}
        connection.request("PUT", f"/{index}", files_body(settings))
    except Refusal as refusal:  # another program may have been first
        if refusal.kind != "resource_already_exists_exception":
            raise


def load_files(connection: Connection, identity: str) -> Mapping[bytes, IndexedFile]:
    """The recorded files by path; none where no file was recorded."""
    files: dict[bytes, IndexedFile] = {}
    search: dict[str, Any] = {
        "size": _TOGETHER,
        "sort": ["path"],
        "_source": ["file"],
        "query": {"term": {"identity": identity}},
    }
    while True:
        try:
            answer = connection.request("POST", f"/{files_index(connection.address.index)}/_search", search)
        except Refusal as refusal:
            if refusal.status == 404:
                return {}
            raise
        hits = answer["hits"]["hits"]
        for hit in hits:
            file = _file(hit["_source"]["file"])
            files[file.path] = file
        if len(hits) < _TOGETHER:
            return files
        search["search_after"] = hits[-1]["sort"]


def _record(file: IndexedFile) -> dict[str, Any]:
    values = file._asdict()
    values["path"] = b64encode(file.path).decode()
    values["digest"] = b64encode(file.digest).decode()
    return values


def _file(record: Mapping[str, Any]) -> IndexedFile:
    values = {**record, "path": b64decode(record["path"]), "digest": b64decode(record["digest"])}
    return IndexedFile(**values)
