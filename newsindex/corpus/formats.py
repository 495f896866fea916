"""Which formats are there, and how is a file's format told?

Every reader takes a :class:`Reading` and yields articles, and errors in the place of what cannot become
one. A new format is one module and one line of READERS.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from ..article import Article
from ..errors import CorpusError
from .page import is_page, read_page
from .record import article_from
from .stream import MAX_LINE, decode, encoding_of, lines, read_document

Yielded = Iterator[Article | CorpusError]
_SNIFF: Final = 1 << 16
_JSON_START: Final = (b"{", b"[")
_TABLE_SUFFIXES: Final = (".csv", ".tsv")


@dataclass
class Reading:
    """A file being read: its unpacked content, and how records are to be understood."""

    stream: io.BufferedReader
    name: str
    fields: Mapping[str, str] | None
    source: str | None

    def head(self) -> bytes:
        """The first bytes, which stay to be read."""
        return self.stream.peek(_SNIFF)[:_SNIFF]

    def article(self, record: object, line: int | None = None) -> Article | CorpusError:
        """The article of a record, or the error that says why there is none."""
        if not isinstance(record, Mapping):
            return CorpusError(f"a record must be an object with fields, not {record!r:.60}", line=line)
        try:
            return article_from(record, fields=self.fields, source=self.source)
        except CorpusError as error:
            return CorpusError(error.reason, line=line)


def read_lines(reading: Reading) -> Yielded:
    """JSON Lines."""
    too_long: list[int] = []
    for number, line in lines(reading.stream, too_long.append):
        while too_long:
            yield _too_long(too_long.pop())
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield CorpusError(f"this line is not JSON: {_short(error)}", line=number)
            else:
                yield reading.article(record, number)
    while too_long:
        yield _too_long(too_long.pop())


def _too_long(number: int) -> CorpusError:
    return CorpusError(f"this line is longer than {MAX_LINE >> 20} MB", line=number)


def _short(error: BaseException) -> str:
    return f"{error}"[:100] if isinstance(error, ValueError) else "it is nested too deeply"


def read_json(reading: Reading) -> Yielded:
    """One JSON document: a list of records, one record, or an object with a list of records."""
    try:
        content = json.loads(read_document(reading.stream))
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"this is not JSON: {_short(error)}") from None
    yield from map(reading.article, _records(content))


def _records(content: Any) -> list[Any]:
    if isinstance(content, list):
        return content
    if isinstance(content, dict):
        listings = [
            value
            for value in content.values()
            if isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
        ]
        if len(listings) == 1 and not ({"headline", "title", "titre"} & content.keys()):
            return listings[0]
    return [content]


def read_table(reading: Reading) -> Yielded:
    """CSV with commas, semicolons or tabs, and a header row."""
    encoding = encoding_of(reading.head())
    text = io.TextIOWrapper(reading.stream, encoding, "replace", newline="")
    delimiter = _delimiter(reading.head().decode(encoding, "replace"))
    csv.field_size_limit(MAX_LINE)
    rows = csv.reader(text, delimiter=delimiter)
    header: list[str] | None = None
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield CorpusError(f"this row is not CSV: {error}", line=rows.line_num)
            continue
        if not any(row):
            continue
        if header is None:
            header = [name.strip().lstrip("\ufeff") for name in row]
        elif len(row) > len(header):
            yield CorpusError(
                f"this row has {len(row)} cells and the header {len(header)}", line=rows.line_num
            )
        else:
            yield reading.article(dict(zip(header, row, strict=False)), rows.line_num)


def _delimiter(head: str) -> str:
    first = head.splitlines()[0] if head else ""
    return max(",;\t", key=first.count)


def read_text(reading: Reading) -> Yielded:
    """A press page, or plain text: the first line is the headline, the rest the body."""
    text = decode(read_document(reading.stream))
    if is_page(text):
        yield from read_page(text, reading.source)
        return
    headline, _, body = text.lstrip("\ufeff").strip().partition("\n")
    try:
        yield Article(headline.strip(), body.strip(), source=reading.source)
    except CorpusError as error:
        yield error


def read_press_page(reading: Reading) -> Yielded:
    """A press page, whatever its signs."""
    yield from read_page(decode(read_document(reading.stream)), reading.source)


READERS: Final[dict[str, Callable[[Reading], Yielded]]] = {
    "page": read_press_page,
    "text": read_text,
    "jsonl": read_lines,
    "json": read_json,
    "csv": read_table,
}


def format_of(head: bytes, name: str) -> str:
    """The format of a file by its first bytes, with its name as a hint."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    if start[:1] in _JSON_START:
        return _json_kind(start, suffixes)
    if any(suffix in _TABLE_SUFFIXES for suffix in suffixes):
        return "csv"
    if any(suffix in (".jsonl", ".ndjson") for suffix in suffixes):
        return "jsonl"
    if not suffixes and _looks_like_table(start):
        return "csv"
    return "text"


def _json_kind(start: bytes, suffixes: list[str]) -> str:
    if any(suffix in (".jsonl", ".ndjson") for suffix in suffixes):
        return "jsonl"
    first, newline, _ = start.partition(b"\n")
    if not newline and len(start) >= _SNIFF // 2:  # one very long line
        return "json" if ".json" in suffixes or start[:1] == b"[" else "jsonl"
    try:
        record = json.loads(first)
    except (ValueError, RecursionError):
        return "json"
    return "jsonl" if isinstance(record, dict) and newline else "json"


def _looks_like_table(start: bytes) -> bool:
    """Whether the first line names a headline or a body among columns, as on standard input."""
    header = start.partition(b"\n")[0].decode("utf-8", "replace").lower()
    cells = {cell.strip('" \r') for cell in header.replace(";", ",").replace("\t", ",").split(",")}
    return len(cells) > 1 and bool(cells & {"headline", "title", "titre", "body", "text", "texte"})
