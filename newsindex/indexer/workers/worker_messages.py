"""What do an indexing process and its parent say to each other?

Messages over pipes: the lengths of both parts, a JSON object, and bytes. Nothing in them is executed.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from typing import IO, Any, Final

import numpy as np

from newsindex.indexer.building.batch import Rows
from newsindex.storage.array_file import Array
from newsindex.storage.segment import Columns

_LENGTHS: Final = struct.Struct("<QQ")
_COLUMNS: Final = (("published", "<i4"), ("id_hash", "<u8"), ("content_hash", "<u8"))


def send(stream: IO[bytes], head: Mapping[str, Any], payload: bytes = b"") -> None:
    """Say something. Raises BrokenPipeError where nobody listens any more."""
    said = json.dumps(head).encode()
    for part in (_LENGTHS.pack(len(said), len(payload)) + said, payload):
        rest = memoryview(part)
        while rest:  # a pipe without a buffer takes a part at a time
            rest = rest[stream.write(rest) :]
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """What was said next; None where the other side is gone."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    said, payload = (stream.read(length) for length in _LENGTHS.unpack(lengths))
    return json.loads(said), payload


def articles_message(stored: Sequence[bytes]) -> tuple[dict[str, Any], bytes]:
    """Packed articles to be scanned."""
    return {"do": "scan", "sizes": [len(one) for one in stored]}, b"".join(stored)


def read_articles(head: Mapping[str, Any], payload: bytes) -> list[bytes]:
    """The inverse of :func:`articles_message`."""
    ends = np.cumsum(head["sizes"]).tolist()
    return [payload[end - size : end] for size, end in zip(head["sizes"], ends, strict=True)]


def build_message(path: str, rows: Rows) -> tuple[dict[str, Any], bytes]:
    """A segment to be built, from what was scanned."""
    head = {
        "do": "build",
        "path": path,
        "documents": len(rows.columns.published),
        "labels": rows.columns.labels,
    }
    columns = [getattr(rows.columns, name).astype(dtype).tobytes() for name, dtype in _COLUMNS]
    return head, b"".join((*columns, rows.kept.tobytes()))


def read_rows(head: Mapping[str, Any], payload: bytes) -> Rows:
    """What a message from :func:`build_message` says of the articles."""
    at, columns = 0, dict[str, Array]()
    for name, dtype in _COLUMNS:
        columns[name] = np.frombuffer(payload, dtype, head["documents"], at)
        at += columns[name].nbytes
    lengths = np.zeros(0, np.uint32)  # known to who has scanned the texts
    known = Columns(headline_length=lengths, body_length=lengths, labels=head["labels"], **columns)
    return Rows(known, np.frombuffer(payload, bool, offset=at))
