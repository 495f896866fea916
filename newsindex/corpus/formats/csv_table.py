"""Reads CSV with a header row that names the columns, and any usual delimiter."""

from __future__ import annotations

import re
from typing import Final

from newsindex.corpus.fields.field_names import field_of, has_text_field
from newsindex.errors import CorpusError

from .csv_rows import DELIMITER_LINE, read_rows
from .detection import FileHead
from .format_input import FormatInput, FormatItems

_DELIMITERS: Final = ",;\t|"
_COLUMN_NAME: Final = re.compile(r"[\w .-]*\w")


def read_table(content: FormatInput) -> FormatItems:
    """The article of each row. Raises CorpusError where no column is a headline or a body."""
    header: list[str] = []
    follows_broken = False  # then a row that is too short may be the rest of the broken one
    for line, row in read_rows(content.stream, delimiter_of(content.head())):
        if isinstance(row, CorpusError):
            follows_broken = True
            yield CorpusError(f"this row is not CSV: {row.reason}", line=line)
        elif not header:
            header = _header(row, content)
        elif len(row) > len(header) or (follows_broken and len(row) < len(header)):
            yield CorpusError(f"this row has {len(row)} cells and the header {len(header)}", line=line)
        elif [cell.strip() for cell in row] != header:  # concatenated files have it again
            follows_broken = False
            yield from content.items(_record(header, row), line=line)


def delimiter_of(text: str) -> str:
    """The delimiter of cells: the one that the first line declares, or that gives most known names."""
    first = next(iter(text.lstrip().splitlines()), "")
    if declared := DELIMITER_LINE.fullmatch(first):
        return declared[1]
    return max(_DELIMITERS, key=lambda delimiter: (_count_names(first, delimiter), first.count(delimiter)))


def is_table(head: FileHead) -> bool:
    """Whether most cells of a text's first line are names of known fields, and its next line is a row."""
    first, second, third = [*filter(str.strip, head.text.splitlines()), "", "", ""][:3]
    if DELIMITER_LINE.fullmatch(first):
        first, second = second, third
    delimiter = delimiter_of(first)
    cells = _cells(first, delimiter)
    return (
        len(cells) > 1
        and _count_names(first, delimiter) * 2 > len(cells)
        and has_text_field(filter(_COLUMN_NAME.fullmatch, cells))
        and (not second or delimiter in second or second.startswith('"'))
    )


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip(' "\r') for cell in line.split(delimiter)]


def _count_names(line: str, delimiter: str) -> int:
    """How many cells of a line are names of known fields; "texte…" is prose."""
    cells = _cells(line, delimiter)
    return sum(bool(_COLUMN_NAME.fullmatch(cell)) and field_of(cell) is not None for cell in cells)


def _header(row: list[str], content: FormatInput) -> list[str]:
    header = [name.strip() for name in row]
    if not has_text_field(header, content.fields):
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
