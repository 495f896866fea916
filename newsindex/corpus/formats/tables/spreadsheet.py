"""Reads the sheets of a workbook of Excel or LibreOffice: xlsx, xlsm, xlsb, xls and ods (extra: tables)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.inputs.bounded_reading import read_whole
from newsindex.errors import CorpusError

from .sheet_articles import Row, items_of_sheets
from .workbook_detection import is_encrypted
from .workbook_lines import workbook_lines

_MAX_SHEETS: Final = 10_000


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
