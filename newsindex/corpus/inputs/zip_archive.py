"""Reads the files in a zip in place, one at a time, each as if it lay in a folder.

Nothing is unpacked to disk. Links, encrypted files and files that unpack to far more than text does are
refused.
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

from .bounded_reading import MAX_DOCUMENT, read_whole
from .file_search import is_passed_over

_MAX_FILES: Final = 1_000_000
_MAX_RATIO: Final = 200  # of unpacked to packed size; that of text is seldom over 20
_ANY_RATIO_SIZE: Final = 16 << 20  # bytes unpacked, up to which a file is read at any ratio


def zip_members(stream: io.BufferedReader) -> Iterator[tuple[str, ZipMember | CorpusError]]:
    """The name and content of each file of a zip, or the error that it has.

    Raises CorpusError for what is no zip, or a damaged one.
    """
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


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[tuple[str, ZipMember | CorpusError]]:
    if reason := _refusal(info):
        yield info.filename, CorpusError(reason)
        return
    try:
        content = archive.open(info)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        yield info.filename, CorpusError(f"this cannot be read from the zip: {error}")
    else:
        with content:
            yield info.filename, ZipMember(content)


def _refusal(info: zipfile.ZipInfo) -> str | None:
    """The reason why a file of a zip is not read; None for a file that is."""
    if stat.S_ISLNK(info.external_attr >> 16):
        return "this is a link"
    if info.flag_bits & 1:
        return "this is encrypted: unpack it first"
    if info.file_size > max(_ANY_RATIO_SIZE, _MAX_RATIO * info.compress_size):
        return f"this unpacks to more than {_MAX_RATIO} times its size"
    return None


class ZipMember:
    """The bytes of a file in a zip; damage raises CorpusError."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most ``size``; none at the end."""
        try:
            return self._content.read(size)
        except (zipfile.BadZipFile, EOFError, zlib.error, OSError, ValueError) as error:
            raise CorpusError(f"this is damaged in the zip: {error}") from None


def _seekable(stream: io.BufferedReader) -> IO[bytes]:
    """The stream itself, or its content in memory, within a bound: a zip's directory is at its end."""
    if stream.seekable():
        return stream
    content, damage = read_whole(stream, MAX_DOCUMENT)
    if damage:
        raise damage
    return io.BytesIO(content)
