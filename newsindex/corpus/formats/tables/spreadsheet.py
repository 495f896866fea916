"""Reads the sheets of a workbook of Excel or LibreOffice: xlsx, xlsm, xlsb, xls and ods (extra: tables)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, islice
from typing import Any, Final

from newsindex.corpus.fields.field_names import field_of, fields_by_column
from newsindex.corpus.fields.publication import date_of_serial_number
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.inputs.bounded_reading import read_whole
from newsindex.corpus.summary import LINE_ABOVE_TABLE, TOTAL_OF_TABLE
from newsindex.errors import CorpusError

from .header_row import MAX_ROWS_ABOVE, header_index, no_known_column, record_of
from .joined_columns import joined_columns
from .total_rows import is_total_row
from .workbook_detection import is_encrypted
from .workbook_lines import workbook_lines

_MAX_SHEETS: Final = 10_000

Row = list[Any]


def read(content: FormatInput) -> FormatItems:
    """The article of each row of each sheet.

    A sheet without a column that is known as headline or body is passed over, and where there is no other
    sheet it is an error that lists its columns.
    """
    raw, damage = read_whole(content.stream)
    if is_encrypted(raw):
        raise CorpusError("the workbook is protected by a password: save it without one")
    yield from items_of_sheets(_sheets(raw), content)
    if damage:
        yield damage


def items_of_sheets(
    sheets: Iterable[tuple[str, Iterator[tuple[int, Row]]]], content: FormatInput
) -> FormatItems:
    """The article of each row of sheets, each of which has a name and rows with their numbers."""
    unknown: list[CorpusError] = []
    has_table = False
    for name, rows in sheets:
        header, items = _table(name, rows, content)
        if items is not None:
            has_table = True
            yield from items
        elif any(header):
            content.pass_over("sheet without a known column")
            unknown.append(no_known_column(header))
    if unknown and not has_table:
        yield unknown[0]


def _sheets(raw: bytes) -> Iterator[tuple[str, Iterator[tuple[int, Row]]]]:
    """Each sheet with its rows that are not blank, and their numbers from 1."""
    lines = workbook_lines(raw)
    line = next(lines, None)
    for _ in range(_MAX_SHEETS):
        if not isinstance(line, dict):
            return
        rows = _SheetRows(lines)
        yield line["sheet"], rows
        for _row in rows:
            pass  # a reader may leave rows
        line = rows.following


class _SheetRows(Iterator[tuple[int, Row]]):
    """The rows of one sheet; ``following`` is the line of the next sheet once they are all read."""

    def __init__(self, lines: Iterator[Any]) -> None:
        self._lines = lines
        self._number = 0
        self.following: dict[str, Any] | None = None

    def __next__(self) -> tuple[int, Row]:
        while self.following is None:
            line = next(self._lines)
            if isinstance(line, dict):
                self.following = line
                break
            self._number += 1
            row = [_cell(value) for value in line]
            if any(cell is not None for cell in row):
                return self._number, row
        raise StopIteration


def _cell(value: Any) -> Any:
    """A cell as a record has it: None for a blank one, and whole numbers without a decimal point."""
    if isinstance(value, dict):
        return _date(value["date"])
    if isinstance(value, str):
        return value.replace("_x000D_", "").replace("\\0", " ") if value.strip() else None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _date(text: str) -> date:
    return date.fromisoformat(text) if len(text) == len("2026-01-02") else datetime.fromisoformat(text)


def _table(
    name: str, rows: Iterator[tuple[int, Row]], content: FormatInput
) -> tuple[list[str], FormatItems | None]:
    """The header row of a sheet and the items of the rows below it; None where no row is a header row."""
    first = list(islice(rows, MAX_ROWS_ABOVE))
    texts = [[_as_text(cell) for cell in row] for _, row in first]
    index = header_index(texts, content.fields)
    if index is None:
        return (max(texts, key=lambda cells: len(list(filter(None, cells)))) if texts else []), None
    if index:
        content.pass_over(LINE_ABOVE_TABLE, index)
    header = texts[index]
    content.meet_columns(header)
    return header, _items(name, header, first[index + 1 :], rows, content)


def _items(
    name: str,
    header: list[str],
    first: list[tuple[int, Row]],
    others: Iterator[tuple[int, Row]],
    content: FormatInput,
) -> FormatItems:
    by_column = fields_by_column(content.fields)
    dates = [column for column in header if (by_column.get(column) or field_of(column)) == "published"]
    rows = [row for _, row in first]
    joined = joined_columns(header, content.fields, rows, month_first=content.month_first)
    content = replace(content, month_first=False)  # the columns have the day first then
    for number, row in chain(first, others):
        if [_as_text(cell) for cell in row] == header:  # sheets that were pasted together have it again
            continue
        if is_total_row(row):
            content.pass_over(TOTAL_OF_TABLE)
            continue
        record = record_of(header, row)
        for column in dates:
            record[column] = _day_of_serial_number(record.get(column))
        joined.join(record)
        yield from content.items(record, place=f"sheet {name}, row {number}")


def _as_text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _day_of_serial_number(value: object) -> object:
    """The day, or the minute where there is a fraction, of a number of Excel; any other value as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return date_of_serial_number(value) or value
