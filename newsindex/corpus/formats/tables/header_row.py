"""Finds the header row of a table, which may stand below a title and blank lines, and names its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from newsindex.corpus.fields.field_names import fields_by_column, known_fields
from newsindex.errors import CorpusError

MAX_ROWS_ABOVE: Final = 30  # of a table, among which its header row is looked for
_MIN_FIELDS_BELOW: Final = 2  # of a header row that is not the first row


def known_field_count(cells: Sequence[str], fields: Mapping[str, str] | None = None) -> int:
    """How many fields of Article the cells of a row name; 0 unless one is the headline or the body."""
    known = known_fields(filter(None, cells), fields) - {None}
    return 0 if known.isdisjoint(("headline", "body")) else len(known)


def header_index(rows: Iterable[Sequence[str]], fields: Mapping[str, str] | None = None) -> int | None:
    """The index of the row that names most fields, the first of equals; None where none is a header row.

    A row with a column that the user maps is the header row before all others.

    A row below the first is one only if it names several fields, for a word such as "texte" may as well be
    a value.
    """
    best, best_count = None, 0
    is_first = True
    for index, row in enumerate(rows):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if _is_mapped(cells, fields):
            return index
        count = known_field_count(cells, fields)
        if count > best_count and (is_first or count >= _MIN_FIELDS_BELOW):
            best, best_count = index, count
        is_first = False
    return best


def _is_mapped(cells: Iterable[str], fields: Mapping[str, str] | None) -> bool:
    by_column = fields_by_column(fields)
    return any(cell in by_column for cell in cells)


def no_known_column(names: Iterable[str]) -> CorpusError:
    """The error of a table in which no column is a headline or a body; it says what can be done."""
    listed = ", ".join(name for name in names if name)
    return CorpusError(
        f"no column is known as headline or body: {listed:.300}: "
        "name the column with --map headline=COLUMN or --map body=COLUMN"
    )


def record_of(header: Sequence[str], row: Sequence[object]) -> dict[str, object]:
    """The cells of a row by name; of columns with one name the first that has a value keeps it."""
    record: dict[str, object] = {}
    for number, (name, cell) in enumerate(zip(header, row, strict=False), 1):
        is_blank = cell is None or (isinstance(cell, str) and not cell.strip())
        if name and not _has_value(record.get(name)):
            record[name] = cell
        elif not is_blank:
            record[f"{name or 'column'} {number}"] = cell
    return record


def _has_value(cell: object) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None
