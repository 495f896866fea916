"""Opens the bytes of a file: packing, byte order marks and encodings are undone, a piece at a time.

Whatever the file, the readers of formats get bytes in UTF-8 or Windows-1252.
"""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from newsindex.errors import CorpusError

from .binary_content import not_a_text
from .bounded_reading import BUFFER, is_binary
from .compression import UnpackedStream, is_packed, refused_packing
from .tar_archive import is_tar
from .text_encoding import unmarked_utf_16, unusual_encoding

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MAX_PACKINGS: Final = 2  # around one file
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
    raw: Readable,
    count: Callable[[int], object],
    damaged_beginnings: tuple[bytes, ...],
    refuse: Callable[[bytes], object] = bytes,
    name: str = "",
) -> io.BufferedReader:
    """The unpacked content of a binary stream; ``count`` is called with the number of raw bytes taken.

    Content that begins with one of ``damaged_beginnings``, after white space, may hold zeros and control
    characters. Other content that does is no text, and raises CorpusError at once; ``refuse`` is called
    with the first bytes before that, and may raise an error that says more. ``name`` is the name of the file,
    whose ending the error names. Damage of the packing raises CorpusError where reading comes to it.
    """
    stream = _buffered(_CountedStream(raw, count))
    is_unpacked = is_packed(stream.peek())
    for _ in range(_MAX_PACKINGS):
        if is_packed(stream.peek()):
            stream = _buffered(UnpackedStream(stream))
    head = stream.peek()
    if is_packed(head):
        raise CorpusError(f"this is packed more than {_MAX_PACKINGS} times: unpack it first")
    if refusal := refused_packing(head):
        raise refusal
    refuse(head)
    if head.startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))
    elif encoding := _wide_encoding(head):
        stream = _buffered(_RecodedStream(stream, encoding))
        refuse(stream.peek())
    elif not (is_tar(head) or head.lstrip().startswith((*damaged_beginnings, *_ZIP_MAGIC))):
        if is_binary(head, may_have_zeros=True):
            if (wide := unmarked_utf_16(head)) is None:
                raise not_a_text(name, is_unpacked=is_unpacked)
            stream = _buffered(_RecodedStream(stream, wide))
            refuse(stream.peek())
        elif encoding := unusual_encoding(head):
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
        """Goes to a place in the raw stream; returns the new place."""
        return int(cast(Any, self._raw).seek(offset, whence))

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fills a buffer; returns the number of bytes, 0 at the end."""
        room = memoryview(buffer)
        data = self._raw.read(len(room))
        room[: len(data)] = data
        self._count(len(data))
        return len(data)


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
        """Fills a buffer with UTF-8; returns the number of bytes, 0 at the end."""
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
