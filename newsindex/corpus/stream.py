"""How are the bytes of a file read within bounds, unpacked, and turned into text?"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from ..errors import CorpusError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_LINE: Final = 64 << 20  # bytes
MAX_DOCUMENT: Final = 256 << 20  # bytes, unpacked, of a file that is read whole
_GZIP: Final = b"\x1f\x8b"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL: Final = frozenset(range(32)) - {9, 10, 12, 13, 27}


class Readable(Protocol):
    """What can be read in pieces."""

    def read(self, size: int = -1, /) -> bytes: ...


class _Counting(io.RawIOBase):
    """A raw stream that tells how many bytes were read from it."""

    def __init__(self, raw: Readable, count: Callable[[int], object]) -> None:
        self._raw = raw
        self._count = count

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        room = memoryview(buffer)
        data = self._raw.read(len(room))
        room[: len(data)] = data
        self._count(len(data))
        return len(data)


def unpacked(raw: Readable, count: Callable[[int], object]) -> io.BufferedReader:
    """The content of a stream, gzip undone; ``count`` is called with the raw bytes taken."""
    stream = _buffered(_Counting(raw, count))
    return _buffered(_Gzip(stream)) if stream.peek(2)[:2] == _GZIP else stream


def _buffered(raw: io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(cast(Any, raw), 1 << 16)


class _Gzip(io.RawIOBase):
    """Gzip undone; damage becomes a CorpusError after all that could be read."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._file = gzip.GzipFile(fileobj=stream)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        room = memoryview(buffer)
        try:
            data = self._file.read1(len(room))
        except (OSError, EOFError, zlib.error) as error:
            raise CorpusError(f"the gzip file is damaged or cut short: {error}") from None
        room[: len(data)] = data
        return len(data)


def lines(stream: io.BufferedReader, skipped: Callable[[int], object]) -> Iterator[tuple[int, bytes]]:
    """Each line with its number from 1; ``skipped`` is called with that of a line over MAX_LINE."""
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            skipped(number)
        else:
            yield number, line


def read_document(stream: io.BufferedReader) -> bytes:
    """A whole file. Raises CorpusError where it is over MAX_DOCUMENT."""
    content = stream.read(MAX_DOCUMENT + 1)
    if len(content) > MAX_DOCUMENT:
        raise CorpusError(f"the file is larger than {MAX_DOCUMENT >> 20} MB unpacked: split it")
    return content


def encoding_of(content: bytes) -> str:
    """The encoding of a text by its first bytes: a mark, else UTF-8, else Windows-1252.

    Raises CorpusError for what is no text.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return "utf-8-sig" if name == "utf-8" else name
    if 0 in content or _controls(content) > len(content) // 50:
        raise CorpusError("this is not a text file")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(content)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _controls(content: bytes) -> int:
    return sum(byte in _CONTROL for byte in content[:4096])


def decode(content: bytes) -> str:
    """A whole text. Raises CorpusError for what is no text."""
    try:
        return content.decode(encoding_of(content), "strict")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
