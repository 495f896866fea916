"""Unpacks the bytes of a file: gzip, byte order marks and encodings are undone, a piece at a time.

Whatever the file, the readers of formats get bytes in UTF-8 or Windows-1252.
"""

from __future__ import annotations

import codecs
import gzip
import io
import json
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from newsindex.errors import CorpusError

from .bounded_reading import BUFFER, is_binary
from .text_encoding import unusual_encoding

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_GZIP_MAGIC: Final = b"\x1f\x8b"
_ZIP_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")  # of a zip with files, and of an empty one
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Readable(Protocol):
    """A stream that can be read in pieces."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most ``size``; none at the end."""


def open_content(
    raw: Readable, count: Callable[[int], object], damaged_beginnings: tuple[bytes, ...]
) -> io.BufferedReader:
    """The unpacked content of a binary stream; ``count`` is called with the number of raw bytes taken.

    Content that begins with one of ``damaged_beginnings``, after white space, may hold zeros and control
    characters. Other content that does is no text, and raises CorpusError at once. Damage of the packing
    raises CorpusError where reading comes to it.
    """
    stream = _buffered(_CountedStream(raw, count))
    if stream.peek()[:2] == _GZIP_MAGIC:
        stream = _buffered(GzipStream(stream))
    head = stream.peek()
    if head.startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))
    elif encoding := _wide_encoding(head):
        stream = _buffered(_RecodedStream(stream, encoding))
    elif not head.lstrip().startswith((*damaged_beginnings, *_ZIP_MAGIC)):
        if is_binary(head, may_have_zeros=True):
            raise CorpusError("this is not a text file")
        if encoding := unusual_encoding(head):
            stream = _buffered(_RecodedStream(stream, encoding, errors="replace"))
    return stream


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32: by its mark, or for JSON and markup by the zeros in their first characters."""
    for mark, name in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return name
    if 0 in head[:4]:
        guess = json.detect_encoding(head)
        if head.decode(guess, "ignore").startswith(("{", "[", "<")):
            return guess
    return None


def is_zip(head: bytes) -> bool:
    """Whether bytes begin a zip, which may be empty."""
    return head.startswith(_ZIP_MAGIC)


def _buffered(raw: io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(cast(Any, raw), BUFFER)


class _CountedStream(io.RawIOBase):
    """A raw stream that tells how many bytes were read from it."""

    def __init__(self, raw: Readable, count: Callable[[int], object]) -> None:
        self._raw = raw
        self._count = count

    def readable(self) -> bool:
        """Always true, as :class:`io.RawIOBase` wants it said."""
        return True

    def seekable(self) -> bool:
        """Whether the raw stream can be read at any place."""
        return bool(getattr(self._raw, "seekable", lambda: False)())

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place in the raw stream; returns the new place."""
        return int(cast(Any, self._raw).seek(offset, whence))

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill a buffer; returns the number of bytes, 0 at the end."""
        room = memoryview(buffer)
        data = self._raw.read(len(room))
        room[: len(data)] = data
        self._count(len(data))
        return len(data)


class GzipStream(io.RawIOBase):
    """A gzip unpacked; damage raises CorpusError after all that could be read.

    ``first_member`` is the beginning of the first of the gzip's members, at most BUFFER bytes.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self.first_member = _first_member(stream.peek())
        self._file = gzip.GzipFile(fileobj=stream)
        self._damage: CorpusError | None = None

    def readable(self) -> bool:
        """Always true, as :class:`io.RawIOBase` wants it said."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill a buffer with unpacked bytes; returns how many there were, 0 at the end."""
        room = memoryview(buffer)
        filled = 0
        while filled < len(room) and (data := self._piece(len(room) - filled)):
            room[filled : filled + len(data)] = data
            filled += len(data)
        if self._damage and not filled:
            raise self._damage
        return filled

    def _piece(self, size: int) -> bytes:
        if self._damage:
            return b""
        try:
            return self._file.read1(size)
        except (OSError, EOFError, zlib.error) as error:
            self._damage = CorpusError(f"the gzip file is damaged or cut short: {error}")
            return b""


def _first_member(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, BUFFER)
    except zlib.error:
        return b""


class _RecodedStream(io.RawIOBase):
    """A stream in another encoding as UTF-8."""

    def __init__(self, stream: io.BufferedReader, encoding: str, errors: str = "strict") -> None:
        self._stream = stream
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)(errors)
        self._pending = b""

    def readable(self) -> bool:
        """Always true, as :class:`io.RawIOBase` wants it said."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill a buffer with UTF-8; returns the number of bytes, 0 at the end."""
        room = memoryview(buffer)
        ended = False
        while not (self._pending or ended):
            data = self._stream.read(BUFFER)
            ended = not data
            self._pending = self._decode(data, final=ended).encode()
        piece, self._pending = self._pending[: len(room)], self._pending[len(room) :]
        room[: len(piece)] = piece
        return len(piece)

    def _decode(self, data: bytes, *, final: bool) -> str:
        try:
            return self._decoder.decode(data, final)
        except UnicodeDecodeError as error:
            raise CorpusError(f"this is not valid {self._encoding.upper()}: {error.reason}") from None
