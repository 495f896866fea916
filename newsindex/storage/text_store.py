"""Packing and compression of stored articles, each of which can be decompressed alone.

Each article is one Zstandard frame, compressed with a dictionary trained on its segment where the segment is
large enough to gain by one: a page of ten hits then costs ten small decompressions.
"""

from __future__ import annotations

import json
import struct
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
import zstandard

from newsindex.compiled import compiled_kernel
from newsindex.compiled.writing_protocols import CompressionParameters
from newsindex.forks import cached_property

from .array_file import ArrayFile

_LENGTHS: Final = struct.Struct("<II")  # bytes of the rest and of the headline
_COMPRESSION_LEVEL: Final = 3
_DICTIONARY_SIZE: Final = 112 << 10  # bytes
_MIN_DICTIONARY_ARTICLES: Final = 2000  # a smaller segment would not save as much as a dictionary takes
_TRAINING_ARTICLES: Final = 4000  # that wait for the training while a segment is filled,
_TRAINING_BYTES: Final = 32 << 20  # or so many bytes of them, where articles are long
_DICTIONARY_SAMPLES: Final = 1000  # articles
_MIN_THREADED_BYTES: Final = 4 << 20  # below which threads do not compress sooner
_MAX_SAMPLE_SIZE: Final = 1 << 14  # bytes of one article
_COVER_SEGMENT_SIZE: Final = 64  # bytes: parameter k of Zstandard's COVER; measured, as the others, on news
_COVER_DMER_SIZE: Final = 8  # bytes: its parameter d
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class StoredText(NamedTuple):
    """The stored fields of a document: its headline, its body, and the other fields by name."""

    headline: str
    body: str
    rest: Mapping[str, Any]


def pack_text(text: StoredText) -> bytes:
    """One stored document as bytes, not yet compressed."""
    fields = [f'"{name}":{_ENCODER.encode(value)}' for name, value in text.rest.items()]  # texts are fast
    rest = f"{{{','.join(fields)}}}".encode()
    headline = text.headline.encode()
    return b"".join((_LENGTHS.pack(len(rest), len(headline)), rest, headline, text.body.encode()))


def unpack_text(packed: bytes) -> StoredText:
    """The inverse of :func:`pack_text`."""
    rest_size, headline_size = _LENGTHS.unpack_from(packed)
    start = _LENGTHS.size + rest_size
    return StoredText(
        packed[start : start + headline_size].decode(),
        packed[start + headline_size :].decode(),
        json.loads(packed[_LENGTHS.size : start]),
    )


def unpack_headline(packed: bytes) -> str:
    """The headline of a packed document, without decoding the rest."""
    rest_size, headline_size = _LENGTHS.unpack_from(packed)
    start = _LENGTHS.size + rest_size
    return packed[start : start + headline_size].decode()


def unpack_headline_and_body(packed: bytes) -> tuple[str, str]:
    """The headline and the body of a packed document, without decoding the rest."""
    rest_size, headline_size = _LENGTHS.unpack_from(packed)
    start = _LENGTHS.size + rest_size
    return packed[start : start + headline_size].decode(), packed[start + headline_size :].decode()


def choose_dictionary_samples(count: int) -> range:
    """Which of ``count`` documents train a dictionary; empty where one would not pay."""
    return range(0, count if count >= _MIN_DICTIONARY_ARTICLES else 0, max(1, count // _DICTIONARY_SAMPLES))


def train_dictionary(samples: Iterable[bytes]) -> bytes:
    """A Zstandard dictionary for documents like these packed ones; empty without samples."""
    starts: list[Any] = [sample[:_MAX_SAMPLE_SIZE] for sample in samples]
    if not starts:
        return b""
    try:
        trained = zstandard.train_dictionary(
            _DICTIONARY_SIZE, starts, k=_COVER_SEGMENT_SIZE, d=_COVER_DMER_SIZE
        )
        return bytes(trained.as_bytes())
    except zstandard.ZstdError:  # the samples are too small or too alike to learn from
        return b""


def compress_texts(packed: Sequence[bytes], dictionary: bytes, workers: int = 1) -> list[bytes]:
    """Each packed document as a Zstandard frame, compressed by ``workers`` threads."""
    return _make_compressor(dictionary)(packed, workers)


_Compress = Callable[[Sequence[bytes], int], list[bytes]]
"""Compresses packed documents, each to a frame, by so many threads."""


def _make_compressor(dictionary: bytes) -> _Compress:
    """A compressor with a dictionary, which may be empty: the kernel's, where it is in use."""
    kernel = compiled_kernel()
    if kernel is not None:
        return kernel.TextCompressor(dictionary, compression_parameters(dictionary)).compress
    trained = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    compressor = zstandard.ZstdCompressor(compression_params=_parameters(dictionary), dict_data=trained)
    return partial(_compress, compressor)


def _compress(compressor: zstandard.ZstdCompressor, packed: Sequence[bytes], workers: int) -> list[bytes]:
    if workers > 1 and sum(map(len, packed)) >= _MIN_THREADED_BYTES:
        frames = compressor.multi_compress_to_buffer(list(packed), threads=workers)
        return [frames[i].tobytes() for i in range(len(packed))]
    return [compressor.compress(document) for document in packed]


def _parameters(dictionary: bytes) -> zstandard.ZstdCompressionParameters:
    """Parameters as fast as level 3 that make texts of some kilobytes 2.5% smaller with a dictionary."""
    return zstandard.ZstdCompressionParameters.from_level(
        _COMPRESSION_LEVEL,
        dict_size=len(dictionary),
        strategy=zstandard.STRATEGY_DFAST,
        hash_log=17,
        chain_log=17,
        min_match=5,
        write_dict_id=False,
    )


def compression_parameters(dictionary: bytes) -> CompressionParameters:
    """The parameters with which texts are compressed with a dictionary, for the kernel."""
    chosen = _parameters(dictionary)
    return (
        chosen.window_log,
        chosen.hash_log,
        chosen.chain_log,
        chosen.search_log,
        chosen.min_match,
        chosen.target_length,
    )


class TextCompressor:
    """Compresses packed documents as they arrive, with a dictionary trained on the first of them."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []  # for the training of the dictionary
        self._waiting_bytes = 0
        self._dictionary = b""
        self._compress: _Compress | None = None
        self._frames: list[bytes] = []

    def add(self, packed: Sequence[bytes]) -> None:
        """Compresses documents, or keeps them until there are enough to train the dictionary."""
        if self._compress is not None:
            self._frames += self._compress(packed, 1)
            return
        self._waiting += packed
        self._waiting_bytes += sum(map(len, packed))
        if len(self._waiting) >= _TRAINING_ARTICLES or self._waiting_bytes >= _TRAINING_BYTES:
            self._compress_waiting()

    def _compress_waiting(self) -> None:
        samples = choose_dictionary_samples(len(self._waiting))
        self._dictionary = train_dictionary(self._waiting[i] for i in samples)
        self._compress = _make_compressor(self._dictionary)
        waiting, self._waiting = self._waiting, []
        self.add(waiting)

    def packed_text(self, number: int) -> bytes:
        """The packed document that was added as the given number, counted from 0."""
        if self._compress is None:
            return self._waiting[number]
        return TextDecompressor(self._dictionary).decompress(self._frames[number])

    def finish(self) -> tuple[list[bytes], bytes]:
        """The frames of all documents, and their dictionary."""
        if self._compress is None:
            self._compress_waiting()
        return self._frames, self._dictionary


class TextDecompressor:
    """Decompresses stored documents; any number of threads may share one."""

    def __init__(self, dictionary: bytes) -> None:
        self._dictionary = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._local = threading.local()  # a ZstdDecompressor must not be used by two threads at once

    def decompress(self, frame: bytes | memoryview) -> bytes:
        """The packed document of a Zstandard frame."""
        decompressor = getattr(self._local, "decompressor", None)
        if decompressor is None:
            decompressor = zstandard.ZstdDecompressor(dict_data=self._dictionary)
            self._local.decompressor = decompressor
        return bytes(decompressor.decompress(frame))


class TextsReader:
    """The stored documents of a segment; threads may share it."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file

    @cached_property
    def _decompressor(self) -> TextDecompressor:
        return TextDecompressor(self._file.array("text_dictionary").tobytes())

    @cached_property
    def _end(self) -> memoryview:  # a memoryview gives single numbers faster than an array does
        return np.asarray(self._file.array("text_frame_end"), np.uint64).data

    def packed_text(self, document: int) -> bytes:
        """The stored text of a document as pack_text made it."""
        bounds = self._end
        return self._decompressor.decompress(
            self._file.part("text_frame", bounds[document], bounds[document + 1]).data
        )
