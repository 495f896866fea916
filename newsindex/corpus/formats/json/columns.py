"""Makes records of tables in JSON: names of columns and rows, or a list of values for each column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from newsindex.corpus.fields.field_names import has_text_field

_HEADER_KEYS: Final = ("columns", "fields", "header", "headers")
_ROW_KEYS: Final = ("rows", "data", "values")


def table_records(value: Any, mapped: Mapping[str, str] | None) -> list[dict[str, Any]] | None:
    """The records of a table; None for what is no table with a column of texts.

    Known are an object with columns and rows, a list whose first row has the names, and an object with a
    list, or an object of row names, for each column.
    """
    if isinstance(value, dict):
        return _split(value, mapped) or _by_column(value, mapped)
    if isinstance(value, list) and [type(row) for row in value[:2]] == [list, list]:
        return _with_header(value[0], value[1:], mapped)
    return None


def _split(value: Mapping[str, Any], mapped: Mapping[str, str] | None) -> list[dict[str, Any]] | None:
    header = next((value[key] for key in _HEADER_KEYS if isinstance(value.get(key), list)), None)
    rows = next((value[key] for key in _ROW_KEYS if isinstance(value.get(key), list)), None)
    if not header or not rows or not isinstance(rows[0], list):
        return None
    names = [item.get("name") if isinstance(item, dict) else item for item in header]
    return _with_header(names, rows, mapped)


def _with_header(
    names: list[Any], rows: Iterable[Any], mapped: Mapping[str, str] | None
) -> list[dict[str, Any]] | None:
    if not all(isinstance(name, str) for name in names) or not has_text_field(names, mapped):
        return None
    return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]


def _by_column(value: Mapping[str, Any], mapped: Mapping[str, str] | None) -> list[dict[str, Any]] | None:
    columns = {name: column for name, column in value.items() if isinstance(column, list | dict)}
    if len(columns) < len(value) or not has_text_field(columns, mapped):
        return None
    kinds = {type(column) for column in columns.values()}
    sizes = {len(column) for column in columns.values()}
    if kinds == {list} and len(columns) > 1 and len(sizes) == 1 and min(sizes) > 1:
        if any(isinstance(cell, dict | list) for column in columns.values() for cell in column[:2]):
            return None
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    if kinds == {dict} and len(columns) > 1 and len({tuple(column) for column in columns.values()}) == 1:
        rows = next(iter(columns.values()))
        if not all(row.isdecimal() for row in rows):
            return None  # several languages of one text, or other wrappings of a value
        return [{name: column[row] for name, column in columns.items()} for row in rows]
    return None
