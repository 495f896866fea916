"""How are stored articles kept small, and given back one at a time?

Each article is one Zstandard frame, compressed with a dictionary trained on its segment where that is
large enough to gain by it: a page of hits then costs ten small decompressions.
"""

from __future__ import annotations

import json
import struct
import threading
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import zstandard

_LENGTHS: Final = struct.Struct("<II")
_LEVEL: Final = 3
_DICTIONARY_SIZE: Final = 112 << 10
_DICTIONARY_FROM: Final = 2000  # articles; fewer do not pay for a dictionary
_SAMPLES: Final = 1000


class StoredText(NamedTuple):
    """What is stored of a document: its two texts, and the rest by name."""

    headline: str
    body: str
    rest: Mapping[str, Any]


def pack(text: StoredText) -> bytes:
    """One stored document as bytes, not yet compressed."""
    rest = json.dumps(text.rest, ensure_ascii=False, separators=(",", ":")).encode()
    headline = text.headline.encode()
    return b"".join((_LENGTHS.pack(len(rest), len(headline)), rest, headline, text.body.encode()))


def unpack(packed: bytes) -> StoredText:
    """The inverse of :func:`pack`."""
    rest, headline = _LENGTHS.unpack_from(packed)
    at = _LENGTHS.size + rest
    return StoredText(
        packed[at : at + headline].decode(),
        packed[at + headline :].decode(),
        json.loads(packed[_LENGTHS.size : at]),
    )


def headline_of(packed: bytes) -> str:
    """The headline of a packed document, the rest of it left unread."""
    rest, headline = _LENGTHS.unpack_from(packed)
    at = _LENGTHS.size + rest
    return packed[at : at + headline].decode()


def sampled(count: int) -> range:
    """Which of so many documents to train a dictionary on; none where it would not pay."""
    return range(0, count if count >= _DICTIONARY_FROM else 0, max(1, count // _SAMPLES))


def train(samples: Sequence[bytes]) -> bytes:
    """A compression dictionary for documents like these, packed; empty without samples."""
    if not samples:
        return b""
    try:
        return bytes(zstandard.train_dictionary(_DICTIONARY_SIZE, list(samples)).as_bytes())
    except zstandard.ZstdError:  # samples too small or too alike to learn from
        return b""


def compress(packed: Sequence[bytes], dictionary: bytes, workers: int = 1) -> list[bytes]:
    """Each packed document as a Zstandard frame, by so many threads at once."""
    trained = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    compressor = zstandard.ZstdCompressor(level=_LEVEL, dict_data=trained)
    if workers > 1 and len(packed) >= _DICTIONARY_FROM:
        frames = compressor.multi_compress_to_buffer(list(packed), threads=workers)
        return [frames[i].tobytes() for i in range(len(packed))]
    return [compressor.compress(document) for document in packed]


class TextDecompressor:
    """Gives packed documents back; any number of threads may share one."""

    def __init__(self, dictionary: bytes) -> None:
        self._dictionary = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._local = threading.local()

    def decompress(self, frame: bytes | memoryview) -> bytes:
        decompressor = getattr(self._local, "decompressor", None)
        if decompressor is None:
            decompressor = zstandard.ZstdDecompressor(dict_data=self._dictionary)
            self._local.decompressor = decompressor
        return bytes(decompressor.decompress(frame))
