"""Reads the cells of a workbook with calamine, as a program of its own: ``python workbook_process.py``.

calamine holds a sheet as a full rectangle. Two cells that lie far apart in a damaged or hostile file make it
ask for more memory than there is, which ends the process; this one may end so without harm. It takes the
bytes of the workbook from standard input and writes a line of JSON for each sheet, an object with its name,
and then for each of its rows, a list of the cells. A last line, ``{"end": true}``, says that all was read;
an object with ``error`` says why it was not.

The module imports nothing of newsindex, so that it starts at once.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any, Final

import python_calamine

MAX_MEMORY: Final = 3 << 30  # bytes of address space
MAX_SECONDS: Final = 120  # of the processor's time


def workbook_lines(content: bytes) -> Iterator[dict[str, Any] | list[Any]]:
    """The sheets of a workbook and their rows, without the blank rows at the end, as values of JSON.

    A date is an object with its ISO form. Sheets of charts and macros are left out.
    """
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        for metadata in workbook.sheets_metadata:
            if metadata.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            yield {"sheet": metadata.name}
            sheet = workbook.get_sheet_by_name(metadata.name)
            yield from _rows(sheet)
    yield {"end": True}


def _rows(sheet: python_calamine.CalamineSheet) -> Iterator[list[Any]]:
    """The rows of a sheet; a cell that is merged with those below it stands in each of their rows."""
    _, first_column = sheet.start or (0, 0)  # with which the rows begin; they begin with the first row
    last_rows = {
        (row, column - first_column): last_row
        for (row, column), (last_row, _) in sheet.merged_cell_ranges or ()
        if last_row > row and column >= first_column
    }
    columns = {column for _, column in last_rows}
    merged: dict[int, tuple[int, Any]] = {}
    for number, row in enumerate(sheet.iter_rows()):
        values = [_json_value(cell) for cell in row]
        for column in columns:
            if column >= len(values):
                continue
            if (number, column) in last_rows:
                merged[column] = last_rows[number, column], values[column]
            elif column in merged and number <= merged[column][0]:
                values[column] = merged[column][1]
        yield values


def _json_value(cell: object) -> Any:
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, timedelta):
        return str(cell)
    return cell if isinstance(cell, str | int | float) else None


def _limit_resources() -> None:
    """Bound memory and time where the system can: Linux both, macOS the time, Windows neither."""
    try:
        import resource  # not on Windows
    except ImportError:
        return
    for limit, value in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CPU, MAX_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(OSError, ValueError):  # a limit that the system does not take costs no other
            resource.setrlimit(limit, (value, value))


def main() -> None:
    """Read a workbook from standard input and write its lines."""
    content = sys.stdin.buffer.read()
    _limit_resources()
    output = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    with contextlib.suppress(BrokenPipeError):
        try:
            for line in workbook_lines(content):
                output.write(json.dumps(line, ensure_ascii=True) + "\n")
        except Exception as error:  # calamine may fail in any way on bytes that nobody foresaw
            output.write(json.dumps({"error": f"{type(error).__name__}: {error}"}) + "\n")
        output.flush()


if __name__ == "__main__":
    main()
