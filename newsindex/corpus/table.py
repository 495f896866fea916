"""How is CSV read? With commas, semicolons or tabs, and a header row that names the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from ..errors import CorpusError
from . import stream
from .reading import Reading, Yielded
from .record import field_of, has_text

_DELIMITERS: Final = ",;\t"
_OPEN_QUOTE: Final = "a quotation mark is not closed"


def read_table(reading: Reading) -> Yielded:
    """The article of each row. Raises CorpusError where no column is a headline or a body."""
    if csv.field_size_limit() < stream.MAX_LINE:
        csv.field_size_limit(stream.MAX_LINE)  # of the whole process: csv has no other
    lines = _Lines(reading.stream)
    rows = csv.reader(lines, delimiter=delimiter_of(reading.head()))
    header: list[str] = []
    while True:
        first = lines.begin_row()
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield CorpusError(f"this row is not CSV: {error}", line=first)
            continue
        if not any(row):
            continue
        if lines.ended:  # csv asked for more, so the row is open
            yield CorpusError(f"this row is not CSV: {_OPEN_QUOTE}", line=first)
        elif not header:
            header = _header(row, reading)
        elif len(row) > len(header):
            yield CorpusError(f"this row has {len(row)} cells and the header {len(header)}", line=first)
        else:
            yield reading.article(dict(zip(header, row, strict=False)), first)


def delimiter_of(text: str) -> str:
    """What separates the cells of the first line of a text."""
    first = text.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def looks_like_table(text: str) -> bool:
    """Whether the first line of a text is a header row: most of its cells are fields that we know."""
    first = text.lstrip().partition("\n")[0]
    cells = [cell.strip(' "\r') for cell in first.split(delimiter_of(first))]
    known = sum(field_of(cell) is not None for cell in cells)
    return len(cells) > 1 and known * 2 > len(cells) and has_text(cells)


def _header(row: list[str], reading: Reading) -> list[str]:
    header = [name.strip() for name in row]
    if not has_text(header, reading.fields):
        raise CorpusError(
            f"no column of the header row is known as headline or body: {', '.join(header):.200}"
        )
    return header


class _TooLong(csv.Error):
    """A line or row beyond the bound; reading goes on after it."""


class _Lines(Iterator[str]):
    """Lines of text for csv, which keep account of the row that they belong to."""

    def __init__(self, content: io.BufferedReader) -> None:
        self._lines = stream.lines(content)
        self._number = 0
        self._row_size = 0
        self.ended = False

    def begin_row(self) -> int:
        """The number of the line that the next row begins with."""
        self._row_size = 0
        return self._number + 1

    def __next__(self) -> str:
        self._number, line = next(self._lines, (self._number, b""))
        if line == b"":
            self.ended = True
            raise StopIteration
        if line is None:
            raise _TooLong(stream.too_long())
        self._row_size += len(line)
        if self._row_size > stream.MAX_LINE:
            raise _TooLong(_OPEN_QUOTE)
        return stream.decoded(line)
