"""How are the files in a zip read? In place, one at a time, each as if it lay in a folder.

Nothing is unpacked to disk, links are not followed, and what unpacks to far more than it should is left.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Final

from newsindex.errors import CorpusError

from .byte_stream import MAX_DOCUMENT, whole
from .file_search import is_passed_over

_MAX_FILES: Final = 1_000_000
_MAX_RATIO: Final = 200  # unpacked to packed; text is seldom over 20
_SMALL: Final = 16 << 20  # bytes unpacked, which are read at any ratio


def members(stream: io.BufferedReader) -> Iterator[tuple[str, Member | CorpusError]]:
    """The name and content of each file of a zip, or what is wrong with it; raises CorpusError for no zip."""
    try:
        with zipfile.ZipFile(_seekable(stream)) as archive:
            listed = archive.infolist()
            if len(listed) > _MAX_FILES:
                raise CorpusError(f"there are more than {_MAX_FILES:,} files in this zip")
            for info in listed:
                if not (info.is_dir() or any(map(is_passed_over, PurePosixPath(info.filename).parts))):
                    yield from _member(archive, info)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise CorpusError(f"the zip file is damaged: {error}") from None


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[tuple[str, Member | CorpusError]]:
    if reason := _why_not(info):
        yield info.filename, CorpusError(reason)
        return
    try:
        content = archive.open(info)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        yield info.filename, CorpusError(f"this cannot be read from the zip: {error}")
    else:
        with content:
            yield info.filename, Member(content)


def _why_not(info: zipfile.ZipInfo) -> str | None:
    if stat.S_ISLNK(info.external_attr >> 16):
        return "this is a link"
    if info.flag_bits & 1:
        return "this is encrypted: unpack it first"
    if info.file_size > max(_SMALL, _MAX_RATIO * info.compress_size):
        return f"this unpacks to more than {_MAX_RATIO} times its size"
    return None


class Member:
    """A file of a zip, whose damage is a CorpusError."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._content.read(size)
        except (zipfile.BadZipFile, EOFError, zlib.error, OSError, ValueError) as error:
            raise CorpusError(f"this is damaged in the zip: {error}") from None


def _seekable(stream: io.BufferedReader) -> IO[bytes]:
    """The stream itself, or what it holds, within a bound: the list of a zip's files is at its end."""
    if stream.seekable():
        return stream
    content, damage = whole(stream, MAX_DOCUMENT)
    if damage:
        raise damage
    return io.BytesIO(content)
