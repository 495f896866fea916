"""Reads the files in a zip in place, one at a time, each as if it lay in a folder.

Nothing is unpacked to disk. Links, encrypted files and files that unpack to far more than text does are
refused. Some formats are zips themselves: :func:`zip_kind` tells them from zips of files.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, Any, Final, cast

from newsindex.errors import CorpusError

from .bounded_reading import BUFFER, MAX_DOCUMENT, MAX_MEMBERS, ratio_error, read_whole
from .passed_over import reason_to_pass_over

_WACZ_COMPANIONS: Final = re.compile(r"datapackage\.json|webarchive\.yaml|(?:pages|indexes)/.+")
_WACZ_ARCHIVE: Final = re.compile(r"archive/[^/]+\.warc(\.gz)?")
_FORMAT_BY_MEMBER: Final = {
    "xl/workbook.xml": "spreadsheet",
    "xl/workbook.bin": "spreadsheet",
    "word/document.xml": "docx",
    "META-INF/container.xml": "epub",
    "ppt/presentation.xml": "pptx",
    "Index/Document.iwa": "iwork",
    "index.apxl": "iwork",
    "AndroidManifest.xml": "java",
    "META-INF/MANIFEST.MF": "java",
}
_FORMAT_BY_MIMETYPE: Final = {  # what OpenDocument and EPUB have in their member "mimetype"
    b"application/vnd.oasis.opendocument.spreadsheet": "spreadsheet",
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/epub+zip": "epub",
}
_FORMAT_BY_ENDING: Final = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".ods"), "spreadsheet"),
    **{f".{format}": format for format in ("docx", "odt", "epub", "pptx", "odp")},
}
_MIMETYPE_MEMBER: Final = "mimetype"


def zip_kind(stream: io.BufferedReader, name: str) -> str | None:
    """The name of the format that a zip is a file of, by the names of its members; None for a zip of files.

    The stream has to be seekable (see :func:`seekable`), and is at its beginning again afterwards. Of a zip
    without a directory, as one that was cut short, the first bytes decide, and else the ending of its name.
    """
    start = stream.peek()
    by_ending = None
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            mimetype = archive.open(_MIMETYPE_MEMBER).read(100) if _MIMETYPE_MEMBER in names else b""
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, zlib.error):
        names = {name for name in _FORMAT_BY_MEMBER if name.encode() in start}
        mimetype = next((kind for kind in _FORMAT_BY_MIMETYPE if kind in start[:100]), b"")
        by_ending = _FORMAT_BY_ENDING.get(PurePosixPath(name).suffix.lower())
    stream.seek(0)
    by_member = (format for member, format in _FORMAT_BY_MEMBER.items() if member in names)
    return _FORMAT_BY_MIMETYPE.get(mimetype.strip()) or next(by_member, by_ending)


def zip_members(
    stream: io.BufferedReader, pass_over: Callable[[str], object]
) -> Iterator[tuple[str, ZipMember | CorpusError]]:
    """The name and content of each file of a zip, or the error that it has; of a WACZ only its WARC files.

    ``pass_over`` is called with the reason for each file that is no article. Raises CorpusError for what is
    no zip, or a damaged one.
    """
    try:
        with zipfile.ZipFile(seekable(stream)) as archive:
            listed = archive.infolist()
            if len(listed) > MAX_MEMBERS:
                raise CorpusError(f"there are more than {MAX_MEMBERS:,} files in this zip")
            names = {info.filename for info in listed}
            is_wacz = _is_wacz(names)
            for info in listed:
                if info.filename.endswith("/"):
                    continue
                if reason := _reason_to_pass_over(info.filename, names, is_wacz=is_wacz):
                    pass_over(reason)
                else:
                    yield from _member(archive, info)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise CorpusError(f"the zip file is damaged: {error}") from None


def _is_wacz(names: set[str]) -> bool:
    """Whether a zip is a WACZ: web archives with their description and lists of pages."""
    return all(any(map(pattern.fullmatch, names)) for pattern in (_WACZ_ARCHIVE, _WACZ_COMPANIONS))


def _reason_to_pass_over(name: str, names: set[str], *, is_wacz: bool) -> str | None:
    """Why a file of a zip is no article; None where it may be one."""
    if is_wacz:
        return None if _WACZ_ARCHIVE.fullmatch(name) else "index or page list of a WACZ"
    return reason_to_pass_over(PurePosixPath(name).parts, names)


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
    error = ratio_error(info.file_size, info.compress_size)
    return error.reason if error else None


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


def seekable(stream: io.BufferedReader) -> io.BufferedReader:
    """The stream itself, or its content in memory, within a bound: a zip's directory is at its end."""
    if stream.seekable():
        return stream
    content, damage = read_whole(stream, MAX_DOCUMENT)
    if damage:
        raise damage
    return io.BufferedReader(cast(Any, io.BytesIO(content)), BUFFER)
