"""How are the bytes of a file unpacked and told from what is no text, within bounds?

Whatever the file, readers get UTF-8 or Windows-1252 bytes: gzip, byte order marks, UTF-16 and UTF-32
are undone here, a piece at a time.
"""

from __future__ import annotations

import codecs
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from newsindex.encoding.export import CSV_HEADER
from newsindex.errors import CorpusError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_LINE: Final = 64 << 20  # bytes
MAX_DOCUMENT: Final = 256 << 20  # bytes, unpacked, of a file that is read whole
BUFFER: Final = 1 << 16  # bytes; as many are looked at to tell a format
_GZIP: Final = b"\x1f\x8b"
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# JSON, markup and exports, where damage, even zeros, must not cost the rest; and formats of bytes
_MARKED: Final = (b"{", b"[", b"<", CSV_HEADER, b"WARC/", b"PK\x03\x04", b"PK\x05\x06", b"PAR1")
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_MOST_CONTROLS: Final = 0.02  # of the first bytes of a text


class Readable(Protocol):
    """What can be read in pieces."""

    def read(self, size: int = -1, /) -> bytes: ...


def opened(raw: Readable, count: Callable[[int], object]) -> io.BufferedReader:
    """The text of a binary stream, unpacked; ``count`` is called with the raw bytes taken.

    Raises CorpusError for what is no text, at once, and for damage, where reading comes to it.
    """
    stream = _buffered(_Counted(raw, count))
    if stream.peek()[:2] == _GZIP:
        stream = _buffered(_Unzipped(stream))
    head = stream.peek()
    if head.startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))
    elif encoding := _wide_encoding(head):
        stream = _buffered(_Recoded(stream, encoding))
    elif not head.lstrip().startswith(_MARKED) and is_binary(head):
        raise CorpusError("this is not a text file")
    return stream


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32: by its mark, or for JSON and markup by where zeros of its first characters stand."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if 0 in head[:4]:
        guess = json.detect_encoding(head)
        if head.decode(guess, "ignore").startswith(("{", "[", "<")):
            return guess
    return None


def is_zip(head: bytes) -> bool:
    """Whether bytes begin a zip, which may be empty."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_binary(content: bytes) -> bool:
    """Whether bytes are no text: there is a zero, or they begin with many control characters."""
    start = content[:4096]
    controls = len(start) - len(start.translate(None, _CONTROL))
    return 0 in content or controls > len(start) * _MOST_CONTROLS


def _buffered(raw: io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(cast(Any, raw), BUFFER)


class _Counted(io.RawIOBase):
    """A raw stream that tells how many bytes were read from it."""

    def __init__(self, raw: Readable, count: Callable[[int], object]) -> None:
        self._raw = raw
        self._count = count

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(getattr(self._raw, "seekable", lambda: False)())

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return int(cast(Any, self._raw).seek(offset, whence))

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        room = memoryview(buffer)
        data = self._raw.read(len(room))
        room[: len(data)] = data
        self._count(len(data))
        return len(data)


class _Unzipped(io.RawIOBase):
    """Gzip undone; damage becomes a CorpusError after all that could be read."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.first_member = _begun(stream.peek())  # of the first of its parts, what is at hand of it
        self._file = gzip.GzipFile(fileobj=stream)
        self._damage: CorpusError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
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


def _begun(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, BUFFER)
    except zlib.error:
        return b""


class _Recoded(io.RawIOBase):
    """UTF-16 or UTF-32 as UTF-8."""

    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        self._stream = stream
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        room = memoryview(buffer)
        ended = False
        while not (self._waiting or ended):
            data = self._stream.read(BUFFER)
            ended = not data
            self._waiting = self._decoded(data, final=ended).encode()
        piece, self._waiting = self._waiting[: len(room)], self._waiting[len(room) :]
        room[: len(piece)] = piece
        return len(piece)

    def _decoded(self, data: bytes, *, final: bool) -> str:
        try:
            return self._decoder.decode(data, final)
        except UnicodeDecodeError as error:
            raise CorpusError(f"this is not valid {self._encoding.upper()}: {error.reason}") from None


def lines(stream: io.BufferedReader) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number from 1; None in the place of one that is longer than MAX_LINE.

    Lines may end with a carriage return alone, even some of them only.
    """
    number = 0
    while line := stream.readline(MAX_LINE):
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            number += 1
            yield number, None
            continue
        for part in line.splitlines(keepends=True) if b"\r" in line[:-2] else (line,):
            number += 1
            yield number, part


def too_long() -> str:
    """What is said of a line over MAX_LINE."""
    return f"this line is longer than {MAX_LINE >> 20} MB"


def whole(stream: io.BufferedReader, limit: int | None = None) -> tuple[bytes, CorpusError | None]:
    """The content of a stream, and the damage that cut it short if there was any.

    Raises CorpusError where it is over ``limit`` bytes, or MAX_DOCUMENT.
    """
    limit = limit or MAX_DOCUMENT
    content = bytearray()
    try:
        while piece := stream.read1(BUFFER):
            content += piece
            if len(content) > limit:
                break
    except CorpusError as damage:
        return bytes(content), damage
    if len(content) > limit:
        raise CorpusError(f"the file is larger than {limit >> 20} MB unpacked: split it")
    return bytes(content), None


def decoded(content: bytes, *, cut: bool = False) -> str:
    """Text from UTF-8, else from Windows-1252; ``cut`` where its last character may be cut short."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(content, not cut)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
