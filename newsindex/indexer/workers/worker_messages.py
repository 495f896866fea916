"""The messages between a worker process and its parent.

A message is the lengths of its two parts, a JSON object (the head), and bytes (the payload). It travels
over a pipe, and nothing in it is executed.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from typing import IO, Any, Final

import numpy as np

from newsindex.indexer.building.segment_builder import BatchColumns
from newsindex.storage.array_file import Array
from newsindex.storage.segment_writer import Columns

_LENGTHS: Final = struct.Struct("<QQ")
_COLUMN_DTYPES: Final = (("published", "<i4"), ("id_hash", "<u8"), ("content_hash", "<u8"))


def send(stream: IO[bytes], head: Mapping[str, Any], payload: bytes = b"") -> None:
    """Sends a message; raises BrokenPipeError where the other side is gone."""
    encoded = json.dumps(head).encode()
    for part in (_LENGTHS.pack(len(encoded), len(payload)) + encoded, payload):
        rest = memoryview(part)
        while rest:  # an unbuffered pipe takes a part at a time
            rest = rest[stream.write(rest) :]
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Receives the next message; None where the other side is gone."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head, payload = (stream.read(length) for length in _LENGTHS.unpack(lengths))
    return json.loads(head), payload


def scan_message(packed: Sequence[bytes]) -> tuple[dict[str, Any], bytes]:
    """The request to scan packed articles."""
    return {"do": "scan", "sizes": [len(article) for article in packed]}, b"".join(packed)


def read_packed_articles(head: Mapping[str, Any], payload: bytes) -> list[bytes]:
    """The inverse of :func:`scan_message`."""
    ends = np.cumsum(head["sizes"]).tolist()
    return [payload[end - size : end] for size, end in zip(head["sizes"], ends, strict=True)]


def build_message(path: str, batch: BatchColumns) -> tuple[dict[str, Any], bytes]:
    """The request to build a segment from what was scanned."""
    head = {
        "do": "build",
        "path": path,
        "documents": len(batch.columns.published),
        "labels": batch.columns.labels,
    }
    columns = [getattr(batch.columns, name).astype(dtype).tobytes() for name, dtype in _COLUMN_DTYPES]
    return head, b"".join((*columns, batch.kept.tobytes()))


def read_batch_columns(head: Mapping[str, Any], payload: bytes) -> BatchColumns:
    """The columns in a message of :func:`build_message`."""
    offset, columns = 0, dict[str, Array]()
    for name, dtype in _COLUMN_DTYPES:
        columns[name] = np.frombuffer(payload, dtype, head["documents"], offset)
        offset += columns[name].nbytes
    unknown_lengths = np.zeros(0, np.uint32)  # the builder that scanned the texts fills them in
    known = Columns(
        headline_length=unknown_lengths, body_length=unknown_lengths, labels=head["labels"], **columns
    )
    return BatchColumns(known, np.frombuffer(payload, bool, offset=offset))
