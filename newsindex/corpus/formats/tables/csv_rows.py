"""Reads the rows of a CSV file so that a wrong quotation mark costs no more than its own row.

A quotation mark that is not closed, or is closed lines later by another row's, would swallow rows. A row
that does not end as CSV should is therefore read again as its first line alone. If that is no row either,
an error stands in its place, and reading goes on with the next line.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Final

from newsindex.corpus.inputs import bounded_reading
from newsindex.errors import CorpusError

DELIMITER_LINE: Final = re.compile(r'\s*"?sep=([,;\t|:^~#])"?\s*', re.I)  # Excel's own first line
_OPEN_QUOTE: Final = "a quotation mark is not closed, or stands in the middle of a cell"


def read_rows(
    content: io.BufferedReader, delimiter: str, lines_above: int = 0
) -> Iterator[tuple[int, list[str] | CorpusError]]:
    """Each row that is not blank with the number of its first line, or the error in its place.

    The first ``lines_above`` lines are no rows.
    """
    if csv.field_size_limit() < bounded_reading.MAX_LINE:
        csv.field_size_limit(bounded_reading.MAX_LINE)  # of the whole process: csv has no other
    lines = _RowLines(content, lines_above)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    width = 0  # of the header row
    while True:
        first_line = lines.begin_row()
        try:
            row = next(rows)
            if lines.has_several() and len(row) < width:
                raise csv.Error
        except StopIteration:
            return
        except csv.Error as error:
            line = lines.first_alone()
            reason = str(error) if isinstance(error, _TooLongError) else _OPEN_QUOTE
            yield first_line, _single_line_row(line, delimiter, width) or CorpusError(reason)
        else:
            if any(row) and (width or not DELIMITER_LINE.fullmatch(delimiter.join(row))):
                width = width or len(row)
                yield first_line, row


def _single_line_row(line: str, delimiter: str, width: int) -> list[str] | None:
    """The row of one line, with quotation marks inside its cells; None if it is open or of another width."""
    lines = iter([line, ""])  # csv asks for the second where the first is open
    try:
        row = next(csv.reader(lines, delimiter=delimiter))
    except csv.Error:  # a line end inside the line
        return None
    is_open = next(lines, None) is None
    return row if len(row) == width and not is_open else None


class _TooLongError(csv.Error):
    """A line or row beyond the bound."""


class _RowLines(Iterator[str]):
    """The lines of a file for csv, which keeps those of the row that is being read."""

    def __init__(self, content: io.BufferedReader, lines_above: int) -> None:
        self._lines = bounded_reading.read_lines(content)
        self._read_again: deque[bytes | None] = deque()
        self._row: list[bytes | None] = []
        self._row_size = 0
        self._first_line = 1 + sum(1 for _ in islice(self._lines, lines_above))

    def begin_row(self) -> int:
        """Begins a row; returns the number of its first line."""
        self._first_line += len(self._row)
        self._row = []
        self._row_size = 0
        return self._first_line

    def has_several(self) -> bool:
        """Whether the row has taken more than one line."""
        return len(self._row) > 1

    def first_alone(self) -> str:
        """The first line of the row; its other lines will be read again."""
        self._read_again.extendleft(reversed(self._row[1:]))
        del self._row[1:]
        return _first_line_text(self._row[0] or b"")

    def __next__(self) -> str:
        line = self._read_again.popleft() if self._read_again else next(self._lines)[1]
        self._row.append(line)
        if line is None:
            raise _TooLongError(bounded_reading.line_too_long())
        self._row_size += len(line)
        if self._row_size > bounded_reading.MAX_LINE:
            raise _TooLongError(_OPEN_QUOTE)
        return _first_line_text(line) if len(self._row) == 1 else bounded_reading.decode_text(line)


def _first_line_text(line: bytes) -> str:
    """The text of a row's first line, without the byte order mark that concatenated files have there."""
    return bounded_reading.decode_text(line).removeprefix("\ufeff")
