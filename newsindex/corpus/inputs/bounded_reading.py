"""Reads a stream of bytes line by line or whole, within bounds, and decodes text."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import Final

from newsindex.errors import CorpusError

MAX_LINE: Final = 64 << 20  # bytes
MAX_DOCUMENT: Final = 256 << 20  # bytes, unpacked, of a file that is read whole
BUFFER: Final = 1 << 16  # bytes read at a time; the format is detected from as many

MAX_MEMBERS: Final = 1_000_000  # files in an archive
_MAX_RATIO: Final = 200  # of unpacked to packed size; that of text is seldom over 20
_ANY_RATIO_SIZE: Final = 16 << 20  # bytes unpacked, up to which a file is read at any ratio

_NOT_UTF8: Final = re.compile("[\udc80-\udcff]+")  # bytes, as surrogateescape decodes them
_CONTROL_CHARACTERS: Final = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_MAX_CONTROL_SHARE: Final = 0.02  # of the first bytes of a text
_MAX_ZERO_SHARE: Final = 0.001  # of the bytes of a table
_CONTROL_SAMPLE: Final = 4096  # bytes


def read_lines(stream: io.BufferedReader) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number from 1, or None in the place of a line that is longer than MAX_LINE.

    Lines may end with a carriage return alone, even if only some of them do.
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


def line_too_long() -> str:
    """The error message for a line over MAX_LINE."""
    return f"this line is longer than {MAX_LINE >> 20} MB"


def read_whole(stream: io.BufferedReader, limit: int | None = None) -> tuple[bytes, CorpusError | None]:
    """The content of a stream, and the damage that cut it short if there was any.

    Raises CorpusError for a content over ``limit`` bytes, by default MAX_DOCUMENT.
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


def ratio_error(unpacked: int, packed: int) -> CorpusError | None:
    """The error of what unpacks to far more than text does, by its sizes in bytes; None for other sizes."""
    if unpacked > max(_ANY_RATIO_SIZE, _MAX_RATIO * packed):
        return CorpusError(f"this unpacks to more than {_MAX_RATIO} times its size")
    return None


def decode_text(content: bytes, *, is_cut: bool = False) -> str:
    """Text from UTF-8, else from Windows-1252; with ``is_cut`` the last character may be incomplete."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(content, not is_cut)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def decode_mixed(content: bytes) -> str:
    """Text from UTF-8 in which single bytes that are none are characters of Windows-1252."""
    text = content.decode(errors="surrogateescape")
    return _NOT_UTF8.sub(
        lambda run: run[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace"), text
    )


def is_binary(content: bytes, *, may_have_zeros: bool = False) -> bool:
    """Whether bytes are no text: one is zero, or many of the first are control characters.

    With ``may_have_zeros`` a zero in a thousand bytes counts for nothing: a damaged cell of a table has it.
    """
    zeros = content.count(0)
    if zeros > (1 + len(content) * _MAX_ZERO_SHARE if may_have_zeros else 0):
        return True
    start = content[:_CONTROL_SAMPLE]
    controls = len(start) - len(start.translate(None, _CONTROL_CHARACTERS)) - start.count(0)
    return controls > len(start) * _MAX_CONTROL_SHARE
