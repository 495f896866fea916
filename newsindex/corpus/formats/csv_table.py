"""How is CSV read? With a header row that names the columns, and any usual delimiter.

A quotation mark that is not closed, or closed lines later by another row's, would swallow rows. So a row
that does not end as CSV should is read again as its first line alone; if that is no row either, it is
reported, and reading goes on with the next line.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from typing import Final

from newsindex.corpus.fields.records import field_of, has_text
from newsindex.corpus.inputs import byte_stream as stream
from newsindex.errors import CorpusError

from .format_input import FormatInput, Yielded

_DELIMITERS: Final = ",;\t|"
_DECLARED: Final = re.compile(r'\s*"?sep=([,;\t|:^~#])"?\s*', re.I)  # Excel's own first line
_NAME: Final = re.compile(r"[\w .-]*\w")
_OPEN_QUOTE: Final = "a quotation mark is not closed, or stands in the middle of a cell"


def read_table(reading: FormatInput) -> Yielded:
    """The article of each row. Raises CorpusError where no column is a headline or a body."""
    if csv.field_size_limit() < stream.MAX_LINE:
        csv.field_size_limit(stream.MAX_LINE)  # of the whole process: csv has no other
    header: list[str] = []
    broken = False  # whether the row before was: then what follows may be the rest of it
    for first, row in _rows(_Lines(reading.stream), delimiter_of(reading.head())):
        if isinstance(row, CorpusError):
            broken = True
            yield CorpusError(f"this row is not CSV: {row.reason}", line=first)
        elif not header:
            header = _header(row, reading)
        elif len(row) > len(header) or (broken and len(row) < len(header)):
            yield CorpusError(f"this row has {len(row)} cells and the header {len(header)}", line=first)
        elif [cell.strip() for cell in row] != header:  # as it is where files were put together
            broken = False
            yield reading.article(_record(header, row), first)


def delimiter_of(text: str) -> str:
    """What separates cells: what the first line declares, else what cuts it into names that are known."""
    first = _first_line(text)
    if declared := _DECLARED.fullmatch(first):
        return declared[1]
    return max(_DELIMITERS, key=lambda delimiter: (_names_in(first, delimiter), first.count(delimiter)))


def looks_like_table(text: str) -> bool:
    """Whether the first line is a header row, most of its cells fields that we know, and the next a row."""
    first, second, third = [*filter(str.strip, text.splitlines()), "", "", ""][:3]
    if _DECLARED.fullmatch(first):
        first, second = second, third
    delimiter = delimiter_of(first)
    cells = _cells(first, delimiter)
    return (
        len(cells) > 1
        and _names_in(first, delimiter) * 2 > len(cells)
        and has_text(filter(_NAME.fullmatch, cells))
        and (not second or delimiter in second or second.startswith('"'))
    )


def _first_line(text: str) -> str:
    return next(iter(text.lstrip().splitlines()), "")


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip(' "\r') for cell in line.split(delimiter)]


def _names_in(line: str, delimiter: str) -> int:
    """How many cells are names of fields; "texte…" is prose."""
    cells = _cells(line, delimiter)
    return sum(bool(_NAME.fullmatch(cell)) and field_of(cell) is not None for cell in cells)


def _header(row: list[str], reading: FormatInput) -> list[str]:
    header = [name.strip() for name in row]
    if not has_text(header, reading.fields):
        raise CorpusError(
            f"no column of the header row is known as headline or body: {', '.join(header):.200}"
        )
    return header


def _record(header: list[str], row: list[str]) -> dict[str, str]:
    """The cells by name; of columns with one name the first that has a value keeps it."""
    record: dict[str, str] = {}
    for number, (name, cell) in enumerate(zip(header, row, strict=False), 1):
        if not record.get(name, "").strip():
            record[name] = cell
        elif cell.strip():
            record[f"{name} {number}"] = cell
    return record


class _TooLong(csv.Error):
    """A line or row beyond the bound."""


class _Lines(Iterator[str]):
    """Lines of text for csv, which keep those of the row that is being read."""

    def __init__(self, content: io.BufferedReader) -> None:
        self._lines = stream.lines(content)
        self._waiting: deque[bytes | None] = deque()  # read, and to be read again
        self._row: list[bytes | None] = []
        self._row_size = 0
        self._rows_begin = 1

    def begin_row(self) -> int:
        """The number of the line that the next row begins with."""
        self._rows_begin += len(self._row)
        self._row = []
        self._row_size = 0
        return self._rows_begin

    def many(self) -> bool:
        """Whether the row has taken more than one line."""
        return len(self._row) > 1

    def only_first(self) -> str:
        """The first line of the row; its others are to be read again."""
        self._waiting.extendleft(reversed(self._row[1:]))
        del self._row[1:]
        return _text(self._row[0] or b"")

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._lines)[1]
        self._row.append(line)
        if line is None:
            raise _TooLong(stream.too_long())
        self._row_size += len(line)
        if self._row_size > stream.MAX_LINE:
            raise _TooLong(_OPEN_QUOTE)
        return _text(line) if len(self._row) == 1 else stream.decoded(line)


def _text(line: bytes) -> str:
    return stream.decoded(line).removeprefix("\ufeff")


def _rows(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str] | CorpusError]]:
    """Each row that is not blank with the number of its first line, or what is wrong with it."""
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    width = 0  # of the header row
    while True:
        first = lines.begin_row()
        try:
            row = next(rows)
            if lines.many() and len(row) < width:
                raise csv.Error
        except StopIteration:
            return
        except csv.Error as error:
            line = lines.only_first()
            reason = str(error) if isinstance(error, _TooLong) else _OPEN_QUOTE
            yield first, _alone(line, delimiter, width) or CorpusError(reason)
        else:
            if any(row) and (width or not _DECLARED.fullmatch(delimiter.join(row))):
                width = width or len(row)
                yield first, row


def _alone(line: str, delimiter: str, width: int) -> list[str] | None:
    """A line as a row with quotation marks inside its cells; None if it is open or has not its width."""
    asked = iter([line, ""])  # csv asks for the second where the first is open
    try:
        row = next(csv.reader(asked, delimiter=delimiter))
    except csv.Error:  # a line end inside the line
        return None
    is_open = next(asked, None) is None
    return row if len(row) == width and not is_open else None
