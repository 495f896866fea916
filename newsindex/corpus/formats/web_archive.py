"""How are the pages of a web archive (WARC) read? One after another, as they were captured.

A record that cannot be read costs no other; what does not end where it says is passed over to the next
record; an archive that is cut short is read as far as it goes.
"""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed

from newsindex.corpus.html.html_tree import MAX_PAGE
from newsindex.dates.publication_dates import parse_date
from newsindex.errors import CorpusError

from .format_input import FormatInput, Yielded
from .web_page import page_articles

_KINDS: Final = ("response", "resource", "conversion")
_PAGES: Final = ("text/html", "application/xhtml+xml")
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w:.-]+)", re.I)
_NEXT_RECORD: Final = re.compile(rb"\r\n\r\nWARC/\d")
_MAX_HEADER: Final = 1 << 16  # bytes of one line
_ENOUGH: Final = 1 << 20  # bytes asked of warcio, which may give fewer of a longer line


class _Pieces:
    """A stream that ends where it is damaged, after all that could be read; it keeps what is wrong."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.damage: CorpusError | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return b"" if self.damage else self._stream.read1(size)
        except CorpusError as damage:
            self.damage = damage
            return b""


class _Lines(DecompressingBufferedReader):  # type: ignore[misc]  # warcio has no types
    """The archive's bytes, whose lines of headers are bounded."""

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or _ENOUGH, _ENOUGH))
        if len(line) > _MAX_HEADER and not line.endswith(b"\n"):
            raise ArchiveLoadFailed(f"a line of headers is longer than {_MAX_HEADER >> 10} KB")
        return line


class _Records(ArchiveIterator):  # type: ignore[misc]
    """The records of an archive; what stands between them is counted, where warcio prints it and gives up."""

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self.reader = _Lines(self.fh)
        self.misplaced = 0

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        size = 0
        is_misplaced = False
        while line := self.reader.readline():
            if line.startswith(b"WARC/"):
                return line, size
            if line.strip() and not is_misplaced:
                is_misplaced = True
                self.misplaced += 1
            size += len(line)
        return None, size


def read(reading: FormatInput) -> Yielded:
    """The article of each record that is a page, and what is wrong with the archive."""
    stream = _Pieces(reading.stream)
    records = _Records(stream)
    try:
        for number, record in enumerate(records, 1):
            for item in _page(record, reading.source):
                yield (
                    CorpusError(f"record {number}: {item.reason}") if isinstance(item, CorpusError) else item
                )
    except ArchiveLoadFailed as error:
        yield CorpusError(f"the archive is damaged: {str(error).strip().splitlines()[0]:.200}")
    if stream.damage:
        yield stream.damage
    if records.misplaced:
        yield CorpusError(f"the archive is damaged: {records.misplaced} records do not end where they say")
    first_member = getattr(reading.stream.raw, "first_member", b"")
    if _NEXT_RECORD.search(first_member):
        yield CorpusError("the archive is damaged: it is one gzip, and not one for each record; it was read")


def _page(record: Any, source: str | None) -> Yielded:
    """The article of a record that is a page."""
    http = record.http_headers
    kind = (http.get_header("Content-Type") if http else record.content_type) or ""
    status = http.get_statuscode() if http else "200"
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.rec_type not in _KINDS or not status.startswith("2") or not kind.lower().startswith(_PAGES):
        return
    content = record.content_stream().read(MAX_PAGE + 1)
    if len(content) > MAX_PAGE:
        yield CorpusError(f"the page is larger than {MAX_PAGE >> 20} MB")
        return
    charset = _CHARSET.search(kind)
    yield from page_articles(
        content,
        source=source,
        charset=charset[1] if charset else None,
        address=address if address.startswith(("http://", "https://")) else None,
        captured=_captured(record.rec_headers.get_header("WARC-Date")),
    )


def _captured(written: str | None) -> date | None:
    try:
        return parse_date(written)
    except ValueError:
        return None
