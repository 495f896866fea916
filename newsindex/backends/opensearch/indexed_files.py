"""The files whose articles are all in an index on a cluster, in an index of their own beside it."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from typing import Any, Final

from newsindex.storage.indexed_files import IndexedFile

from .connection import Connection, Refusal, json_line
from .layout import bounded_token, files_index

_TOGETHER: Final = 1000


def store_files(connection: Connection, files: Iterable[IndexedFile]) -> None:
    """Record files, in place of earlier records of the same paths."""
    lines: list[bytes] = []
    index = files_index(connection.address.index)
    for file in files:
        path = b64encode(file.path).decode()
        lines.append(json_line({"index": {"_index": index, "_id": hashlib.sha256(file.path).hexdigest()}}))
        lines.append(json_line({"path": bounded_token(path), "file": _record(file)}))
    for first in range(0, len(lines), 2 * _TOGETHER):
        operations = b"".join(lines[first : first + 2 * _TOGETHER])
        for result in connection.bulk(operations, to_alias=False):
            if result["status"] >= 300:
                raise connection.refusal(result["status"], result.get("error"))
    connection.request("POST", f"/{index}/_refresh")


def load_files(connection: Connection) -> Mapping[bytes, IndexedFile]:
    """The recorded files by path; none where their index is missing."""
    files: dict[bytes, IndexedFile] = {}
    search: dict[str, Any] = {"size": _TOGETHER, "sort": ["path"], "_source": ["file"]}
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
