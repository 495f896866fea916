"""Reads the pages of a web archive (WARC), one after another, as they were captured (extra: warc).

A record that cannot be read costs no other. After a record that does not end where its header says, reading
goes on with the next record. An archive that is cut short is read as far as it goes.
"""

from __future__ import annotations

import io
import logging
import re
from datetime import date
from typing import Any, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed

from newsindex.article import Article
from newsindex.corpus.error_places import with_place
from newsindex.corpus.html.html_tree import MAX_PAGE
from newsindex.corpus.inputs.compression import UnpackedStream
from newsindex.dates.publication_dates import parse_date
from newsindex.errors import CorpusError
from newsindex.wording import counted

from .format_input import FormatInput, FormatItems
from .web_page import page_articles

_RECORD_TYPES: Final = ("response", "resource", "conversion")
_PAGE_TYPES: Final = ("text/html", "application/xhtml+xml")
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w:.-]+)", re.I)
_NEXT_RECORD: Final = re.compile(rb"\r\n\r\nWARC/\d")
_MAX_HEADER: Final = 1 << 16  # bytes of one line
_READ_SIZE: Final = 1 << 20  # bytes asked of warcio, which may give fewer of a longer line

# warcio logs each address that it changes; a program that sets up no logging would print that.
logging.getLogger("warcio").addHandler(logging.NullHandler())


class _SoundBytes:
    """A stream that ends where it is damaged, after all that could be read; ``damage`` keeps the error."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.damage: CorpusError | None = None

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size``; none at the end, and none after damage."""
        try:
            return b"" if self.damage else self._stream.read1(size)
        except CorpusError as damage:
            self.damage = damage
            return b""


class _BoundedLines(DecompressingBufferedReader):  # type: ignore[misc]  # warcio has no types
    """The archive's bytes, whose lines of headers are bounded."""

    def readline(self, length: int | None = None) -> bytes:
        """The next line, or ``length`` bytes of it; raises ArchiveLoadFailed for a line over the bound."""
        line: bytes = super().readline(min(length or _READ_SIZE, _READ_SIZE))
        if len(line) > _MAX_HEADER and not line.endswith(b"\n"):
            raise ArchiveLoadFailed(f"a line of headers is longer than {_MAX_HEADER >> 10} KB")
        return line


class _Records(ArchiveIterator):  # type: ignore[misc]
    """The records of an archive.

    ``misplaced`` counts the places where something stands between two records, at which warcio itself would
    print a message and give up.
    """

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self.reader = _BoundedLines(self.fh)
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


def read(content: FormatInput) -> FormatItems:
    """The article of each record that is a page, and errors for the damage of the archive."""
    stream = _SoundBytes(content.stream)
    records = _Records(stream)
    try:
        for number, record in enumerate(records, 1):
            for item in _page(record, content):
                yield item if isinstance(item, Article) else with_place(item, record=f"record {number}")
    except ArchiveLoadFailed as error:
        yield CorpusError(f"the archive is damaged: {str(error).strip().splitlines()[0]:.200}")
    if stream.damage:
        yield stream.damage
    if records.misplaced:
        misplaced = counted(
            records.misplaced, "record does not end where it says", "records do not end where they say"
        )
        yield CorpusError(f"the archive is damaged: {misplaced}")
    raw = content.stream.raw
    if isinstance(raw, UnpackedStream) and _NEXT_RECORD.search(raw.first_member or b""):
        yield CorpusError("the archive is damaged: it is one gzip, and not one for each record; it was read")


def _page(record: Any, content: FormatInput) -> FormatItems:
    """The article of a record that is a page; a page of another kind is counted."""
    http = record.http_headers
    content_type = (http.get_header("Content-Type") if http else record.content_type) or ""
    status = http.get_statuscode() if http else "200"
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    is_page = record.rec_type in _RECORD_TYPES and content_type.lower().startswith(_PAGE_TYPES)
    if not is_page or not status.startswith("2"):
        return
    page = record.content_stream().read(MAX_PAGE + 1)
    if len(page) > MAX_PAGE:
        yield CorpusError(f"the page is larger than {MAX_PAGE >> 20} MB")
        return
    charset = _CHARSET.search(content_type)
    yield from page_articles(
        page,
        source=content.source,
        charset=charset[1] if charset else None,
        address=address if address.startswith(("http://", "https://")) else None,
        captured=_capture_date(record.rec_headers.get_header("WARC-Date")),
        pass_over=content.pass_over,
    )


def _capture_date(text: str | None) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
