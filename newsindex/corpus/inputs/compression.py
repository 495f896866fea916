"""Unpacks single files: gzip, bzip2, xz and Zstandard, a piece at a time and in bounded memory."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, cast

import zstandard

from newsindex.errors import CorpusError

from .bounded_reading import BUFFER, ratio_error

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MAX_WINDOW: Final = 1 << 27  # bytes of unpacked text that Zstandard and xz may refer back to
_XZ_MEMORY: Final = _MAX_WINDOW + (1 << 24)
_ZSTANDARD_PIECE: Final = 1 << 10  # bytes, which unpack to 32 MB at most
_SKIPPABLE_FRAMES: Final = tuple(bytes([first]) + b"\x2a\x4d\x18" for first in range(0x50, 0x60))
_GZIP_MAGIC: Final = b"\x1f\x8b"

_REFUSED: Final = (
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"Rar!\x1a\x07", "a rar archive"),
    (0, b"\x04\x22\x4d\x18", "an lz4 file"),
    (0, b"LZIP\x01", "an lzip file"),
    (0, b"\x1f\x9d", "a file of compress (.Z)"),
    (0, b"MSCF\0\0\0\0", "a cabinet (.cab)"),
    (0, b"StuffIt (c)", "a StuffIt archive (.sit)"),
    (10, b"rLau", "a StuffIt archive (.sit)"),
    (0, b"StuffIt!", "a StuffIt archive (.sitx)"),
    (0, b"(This file must be converted with BinHex", "a file of BinHex (.hqx)"),
    (0, b"\x60\xea", "an ARJ archive"),
    (0, b"xar!\0", "a xar archive"),
    *((0, b"begin %d " % mode, "a file of uuencode") for mode in (600, 640, 644, 660, 664, 666, 755, 777)),
)


def refused_packing(head: bytes) -> CorpusError | None:
    """The error for a packing that is not read, by the first bytes of a file; None for other content."""
    kind = next((kind for place, magic, kind in _REFUSED if head.startswith(magic, place)), None)
    return CorpusError(f"this is {kind}, which newsindex does not unpack: unpack it first") if kind else None


class _Frame(Protocol):
    """A decompressor for one frame of a packed file, as bz2 and lzma have them."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """At most ``max_length`` unpacked bytes of this data and of earlier data."""


class _ZstandardFrame:
    """The decompressor of a frame of Zstandard, which is given its data in small pieces."""

    def __init__(self) -> None:
        self._frame = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).decompressobj()
        self._packed = io.BytesIO()
        self._unpacked = io.BytesIO()
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """Whether the frame has ended and all of it was given."""
        return bool(self._frame.eof) and self._unpacked.tell() == len(self._unpacked.getbuffer())

    @property
    def unused_data(self) -> bytes:
        """The bytes after the frame."""
        return bytes(self._frame.unused_data) + self._packed.read()

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """At most ``max_length`` unpacked bytes of this data and of earlier data."""
        if data:
            self._packed = io.BytesIO(self._packed.read() + data)
        unpacked = self._unpacked.read(max_length)
        while not (unpacked or self._frame.eof) and (piece := self._packed.read(_ZSTANDARD_PIECE)):
            self._unpacked = io.BytesIO(self._frame.decompress(piece))
            unpacked = self._unpacked.read(max_length)
        self.needs_input = not unpacked
        return unpacked


class _Frames:
    """The unpacked bytes of the frames of a file, one after another; padding of zeros may follow each."""

    def __init__(self, packed: _CountedBytes, magic: tuple[bytes, ...], begin: Callable[[], _Frame]) -> None:
        self._packed = packed
        self._magic = magic
        self._begin = begin
        self._frame = begin()

    def read1(self, size: int) -> bytes:
        """The next bytes, at most ``size``; none at the end. Raises EOFError for a frame cut short."""
        while True:
            if self._frame.eof and not self._begin_next():
                return b""
            data = self._packed.read(BUFFER) if self._frame.needs_input else b""
            if not data and self._frame.needs_input:
                raise EOFError("it ends in the middle")
            if unpacked := self._frame.decompress(data, size):
                return unpacked

    def _begin_next(self) -> bool:
        rest = self._frame.unused_data.lstrip(b"\0")
        while not rest and (data := self._packed.read(BUFFER)):
            rest = data.lstrip(b"\0")
        if not rest:
            return False
        rest += self._packed.read(max(len(magic) for magic in self._magic))
        if not rest.startswith(self._magic):
            raise OSError("something else follows its end")
        self._packed.put_back(rest)
        self._frame = self._begin()
        return True


class _CountedBytes:
    """The packed bytes of a file, which are counted as they are read."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._put_back = b""
        self.count = 0

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most ``size``; none at the end."""
        if self._put_back:
            data, self._put_back = self._put_back, b""
            return data
        data = self._stream.read1(size)
        self.count += len(data)
        return data

    def put_back(self, data: bytes) -> None:
        """Lets bytes be read again."""
        self._put_back = data


class _Packing(NamedTuple):
    """A way of packing: its name, the first bytes of its files, and what begins a frame (None for gzip)."""

    name: str
    magic: tuple[bytes, ...]
    begin: Callable[[], _Frame] | None


_PACKINGS: Final = (
    _Packing("gzip", (_GZIP_MAGIC,), None),
    _Packing("bzip2", (b"BZh",), bz2.BZ2Decompressor),
    _Packing(
        "xz", (b"\xfd7zXZ\0",), lambda: lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
    ),
    _Packing("Zstandard", (b"\x28\xb5\x2f\xfd", *_SKIPPABLE_FRAMES), _ZstandardFrame),
)
_BZIP2_BLOCKS: Final = (b"1AY&SY", b"\x17rE8P\x90")  # of a file with text, and of an empty one


def _packing_of(head: bytes) -> _Packing | None:
    packing = next((packing for packing in _PACKINGS if head.startswith(packing.magic)), None)
    if packing and packing.name == "bzip2" and not head[4:].startswith(_BZIP2_BLOCKS):
        return None  # a text may begin with these three letters
    return packing


def is_packed(head: bytes) -> bool:
    """Whether bytes begin a file that :class:`UnpackedStream` unpacks."""
    return _packing_of(head) is not None


class UnpackedStream(io.RawIOBase):
    """A packed file unpacked; damage raises CorpusError after all that could be read.

    So does a file that unpacks to far more than text does. ``first_member`` is the beginning of the first
    member of a gzip, at most BUFFER bytes, and None for other packings.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        head = stream.peek()
        packing = _packing_of(head) or _PACKINGS[0]
        self.first_member = None if packing.begin else _first_member(head)
        self._name = packing.name
        self._packed = _CountedBytes(stream)
        self._file: _Frames | gzip.GzipFile = (
            _Frames(self._packed, packing.magic, packing.begin)
            if packing.begin
            else gzip.GzipFile(fileobj=cast(Any, self._packed))
        )
        self._unpacked = 0
        self._damage: CorpusError | None = None

    def readable(self) -> bool:
        """Always true, as :class:`io.RawIOBase` wants it said."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fills a buffer with unpacked bytes; returns how many there were, 0 at the end."""
        room = memoryview(buffer)
        filled = 0
        while filled < len(room) and (data := self._piece(len(room) - filled)):
            room[filled : filled + len(data)] = data
            filled += len(data)
        self._unpacked += filled
        self._damage = self._damage or ratio_error(self._unpacked, self._packed.count)
        if self._damage and not filled:
            raise self._damage
        return filled

    def _piece(self, size: int) -> bytes:
        if self._damage:
            return b""
        try:
            return self._file.read1(size)
        except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, zstandard.ZstdError) as error:
            self._damage = CorpusError(f"the {self._name} file is damaged or cut short: {error}")
        except CorpusError as damage:  # of a packing around this one
            self._damage = damage
        return b""


def _first_member(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, BUFFER)
    except zlib.error:
        return b""
