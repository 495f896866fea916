"""Reads the files in a tar one after another as it comes, each as if it lay in a folder.

Nothing is unpacked to disk and nothing is kept of a file that was read, so that a tar of any size is read in
bounded memory, from a packed stream too. Links, devices, sparse files and names that lead out of the archive
are refused.
"""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, Any, Final, cast

from newsindex.errors import CorpusError
from newsindex.optional import library_failure

from .bounded_reading import BUFFER, MAX_MEMBERS
from .passed_over import reason_to_pass_over

_MAX_HEADER: Final = 1 << 20  # bytes before a file, with its long name and its extended attributes
_END_MARK: Final = bytes(tarfile.BLOCKSIZE)
_ABSOLUTE_NAME: Final = re.compile(r"/|[A-Za-z]:/")


def is_tar(head: bytes) -> bool:
    """Whether bytes begin a tar: the checksum of its first header is right."""
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def tar_members(
    stream: io.BufferedReader, pass_over: Callable[[str], object]
) -> Iterator[tuple[str, TarMember | CorpusError]]:
    """The name and content of each file of a tar, or the error that it has.

    A content can be read until the next is asked for. ``pass_over`` is called with the reason for each file
    that is no article. Raises CorpusError for damage.
    """
    file = _ForwardFile(stream)
    archive = _next_step(lambda: file.header(lambda: tarfile.TarFile(fileobj=cast(Any, file))))
    count = 0
    names: set[str] = set()  # of the files so far: the page that a folder belongs to mostly comes first
    while info := _next_step(lambda: file.header(archive.next)):
        archive.members.clear()  # else the list grows with the archive
        archive.pax_headers.clear()
        count += 1
        if count > MAX_MEMBERS:
            raise CorpusError(f"there are more than {MAX_MEMBERS:,} files in this tar")
        parts = PurePosixPath(info.name).parts
        if reason := _refusal(info):
            yield info.name, CorpusError(reason)
        elif not info.isdir():
            names.add(info.name)
            if unwanted := reason_to_pass_over(parts, names):
                pass_over(unwanted)
            elif content := archive.extractfile(info):
                yield info.name, TarMember(content)
    file.check_end()


def _next_step(step: Callable[[], Any]) -> Any:
    """What the library gives; its failure is a CorpusError, whatever it is, for bytes that nobody foresaw."""
    try:
        return step()
    except CorpusError:
        raise
    except Exception as error:
        raise CorpusError(f"the tar file is damaged: {library_failure(error)}") from error


def _refusal(info: tarfile.TarInfo) -> str | None:
    """The reason why a file of a tar is not read; None for a file or a folder that is."""
    name = info.name.replace("\\", "/")
    if _ABSOLUTE_NAME.match(name) or ".." in name.split("/"):
        return "its name leads out of the archive: it was not read"
    if info.issym() or info.islnk():
        return "this is a link"
    if not (info.isreg() or info.isdir()):
        return "this is not a regular file"
    return "this is a sparse file: it was not read" if info.issparse() else None


class TarMember:
    """The bytes of a file in a tar; damage raises CorpusError."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most ``size``; none at the end."""
        data: bytes = _next_step(lambda: self._content.read(size))
        return data


class _ForwardFile:
    """A stream of which the library reads headers and content, going forward only."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._place = 0
        self._last_block = b""
        self._header_left: int | None = None  # bytes, while a header is read

    def header(self, step: Callable[[], Any]) -> Any:
        """What a step of the library gives that reads the header of a file, however many pieces it reads."""
        self._header_left = _MAX_HEADER
        try:
            return step()
        finally:
            self._header_left = None

    def tell(self) -> int:
        """The number of bytes that were read."""
        return self._place

    def seek(self, place: int) -> int:
        """Goes forward to a place; raises ValueError for one that lies behind."""
        if place < self._place:
            raise ValueError("a header leads back")
        while self._place < place and self._take(min(BUFFER, place - self._place)):
            pass
        return self._place

    def read(self, size: int) -> bytes:
        """The next bytes, at most ``size``; fewer at the end only."""
        if not 0 <= size <= _MAX_HEADER:
            raise ValueError("a header is too long")
        if self._header_left is not None:
            self._header_left -= size
            if self._header_left < 0:
                raise ValueError("a header is too long")
        return self._take(size)

    def _take(self, size: int) -> bytes:
        self._last_block = data = self._stream.read(size)
        self._place += len(data)
        return data

    def check_end(self) -> None:
        """Raises CorpusError unless the archive ends with blocks of zeros and nothing follows them."""
        if not self._last_block:
            raise CorpusError("the tar file is cut short: it has no end mark")
        if self._last_block != _END_MARK:
            raise CorpusError("the tar file is damaged: what follows its last file is no header")
        while data := self.read(BUFFER):
            if data.count(0) < len(data):
                raise CorpusError("the tar file is damaged: something else follows its end")
