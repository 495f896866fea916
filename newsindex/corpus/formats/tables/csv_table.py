"""Reads CSV with a header row that names the columns, and any usual delimiter.

Lines above the header row, as a title, and rows with a total are counted as passed over.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final, NamedTuple

from newsindex.corpus.fields.field_names import field_of, has_text_field
from newsindex.corpus.fields.mojibake import mended
from newsindex.corpus.formats.detection import FileHead
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.summary import LINE_ABOVE_TABLE, TOTAL_OF_TABLE
from newsindex.encoding.export import CSV_HEADER
from newsindex.errors import CorpusError
from newsindex.wording import counted

from .csv_rows import DELIMITER_LINE, read_rows
from .header_row import MAX_ROWS_ABOVE, header_index, known_field_count, no_known_column, record_of
from .joined_columns import JoinedColumns, joined_columns
from .total_rows import is_total_row

_DELIMITERS: Final = ",;\t|"
_COLUMN_NAME: Final = re.compile(r"[\w .'’°:()/-]*[\w)]")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


class TableStart(NamedTuple):
    """Where a table begins in a text: its delimiter, and the blank and other lines above its header row."""

    delimiter: str
    blank_lines: int
    title_lines: int


def read_table(content: FormatInput) -> FormatItems:
    """The article of each row. Raises CorpusError where no column is a headline or a body."""
    head = content.head()
    start = find_table(head, content.fields)
    if start.title_lines:
        content.pass_over(LINE_ABOVE_TABLE, start.title_lines)
    is_export = content.stream.peek().startswith(CSV_HEADER)  # whose cells come back as they were
    header: list[str] = []
    joined: JoinedColumns | None = None
    follows_broken = False  # then a row that is too short may be the rest of the broken one
    for line, row in read_rows(content.stream, start.delimiter, start.blank_lines + start.title_lines):
        if isinstance(row, CorpusError):
            follows_broken = True
            yield CorpusError(f"this row is not CSV: {row.reason}", line=line)
            continue
        if not header:
            header = _header(row, content)
            if not is_export:
                rows = _first_rows(head, start)
                joined = joined_columns(header, content.fields, rows, month_first=content.month_first)
            # The columns have the day first then, and those of an export always have.
            content = replace(content, month_first=False)
            continue
        if any(map(str.strip, row[len(header) :])) or (follows_broken and len(row) < len(header)):
            yield CorpusError(
                f"this row has {counted(len(row), 'cell')} and the header {len(header)}", line=line
            )
        elif not is_export and is_total_row(row):
            content.pass_over(TOTAL_OF_TABLE)
        elif [cell.strip() for cell in row] != header:  # concatenated files have it again
            follows_broken = False
            cells = row if is_export else [cell.replace("\0", " ") for cell in row]  # of a damaged cell
            record = record_of(header, cells)
            if joined:
                joined.join(record)
            yield from content.items(record, line=line)


def _first_rows(head: str, start: TableStart) -> list[list[str]]:
    """The rows in the first characters of a file, as far as they are CSV."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        lines = _LINE_END.split(head)[start.blank_lines + start.title_lines + 1 :]
        rows.extend(csv.reader(lines, delimiter=start.delimiter))
    return rows


def find_table(text: str, fields: Mapping[str, str] | None = None) -> TableStart:
    """Where the table in the first characters of a file begins.

    The delimiter is the one that a first line of Excel declares, or that gives most known names.
    """
    lines = _LINE_END.split(text)
    filled = [index for index, line in enumerate(lines) if line.strip()][:MAX_ROWS_ABOVE]
    declared = DELIMITER_LINE.fullmatch(lines[filled[0]]) if filled else None
    if declared:
        del filled[0]
    if not filled:
        return TableStart(_DELIMITERS[0], 0, 0)
    delimiters = declared[1] if declared else _DELIMITERS
    starts = [_start(lines, filled, delimiter, fields) for delimiter in delimiters]
    _, _, start = max(starts, key=lambda start: start[:2])
    return start


def _start(
    lines: list[str], filled: list[int], delimiter: str, fields: Mapping[str, str] | None
) -> tuple[int, int, TableStart]:
    """How many fields the header row names with a delimiter, how often it has it, and where it is."""
    rows = [_cells(lines[index], delimiter) for index in filled]
    number = header_index(rows, fields) or 0
    index = filled[number]
    start = TableStart(delimiter, index - number, number)
    return known_field_count(rows[number], fields), lines[index].count(delimiter), start


def is_table(head: FileHead) -> bool:
    """Whether most cells of a line are names of known fields, and the line below it is a row."""
    start = find_table(head.text)
    lines = _LINE_END.split(head.text)[start.blank_lines + start.title_lines :]
    if DELIMITER_LINE.fullmatch(lines[0]):
        del lines[0]
    first, second = [*filter(str.strip, lines), "", ""][:2]
    cells = _cells(first, start.delimiter)
    return (
        len(cells) > 1
        and _count_names(cells) * 2 > len(cells)
        and has_text_field(filter(_COLUMN_NAME.fullmatch, cells))
        and (not second or start.delimiter in second or second.startswith('"'))
    )


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip(' "\r') for cell in line.split(delimiter)]


def _count_names(cells: list[str]) -> int:
    """How many cells are names of known fields; "texte…" is prose."""
    return sum(bool(_COLUMN_NAME.fullmatch(cell)) and field_of(cell) is not None for cell in cells)


def _header(row: list[str], content: FormatInput) -> list[str]:
    header = [mended(name.strip()) for name in row]
    content.meet_columns(header)
    if not has_text_field(header, content.fields):
        raise no_known_column(header)
    return header
