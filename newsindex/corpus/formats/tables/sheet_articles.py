"""Turns the rows of sheets into articles: finds the header row, and passes over what is no article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from newsindex.corpus.fields.field_names import field_of, fields_by_column
from newsindex.corpus.fields.publication import date_of_serial_number
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.summary import LINE_ABOVE_TABLE, TOTAL_OF_TABLE
from newsindex.errors import CorpusError

from .header_row import MAX_ROWS_ABOVE, header_index, no_known_column, record_of
from .joined_columns import joined_columns
from .total_rows import is_total_row

Row = list[Any]


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
