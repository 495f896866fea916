"""Reads dates that have the month before the day, as tables from the United States do.

``3/12/2024`` is the third of December in French. It is the twelfth of March where the user says so, and in a
table where another row of its column has ``3/25/2024`` and none has ``25/3/2024``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from .field_names import SOURCE_OR_DATE, field_of, fields_by_column

_NUMERIC: Final = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)", re.ASCII)
_MONTHS: Final = 12


def is_month_first(values: Iterable[object]) -> bool:
    """Whether some values of a column are dates with the month first, and none has the day first."""
    is_sure = False
    for value in values:
        match = _NUMERIC.match(value) if isinstance(value, str) else None
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if first > _MONTHS:
            return False
        is_sure = is_sure or second > _MONTHS
    return is_sure


def with_day_first(record: Mapping[str, object], fields: Mapping[str, str] | None) -> dict[str, object]:
    """A record whose dates have the month first, with the day before the month; see :func:`day_first`."""
    by_column = fields_by_column(fields)
    return {
        name: day_first(value) if may_be_date(name, by_column) else value for name, value in record.items()
    }


def may_be_date(name: object, by_column: Mapping[str, str]) -> bool:
    """Whether what a record has under a name may be its date of publication."""
    if not isinstance(name, str):
        return False
    field = by_column.get(name)
    return (field or field_of(name)) == "published" or (not field and name.lower() == SOURCE_OR_DATE)


def day_first(value: object) -> object:
    """A date with the month first with the day before the month; any other value as it is.

    So is a date that is on no calendar, which an error shows as it is written.
    """
    if not isinstance(value, str):
        return value
    return _NUMERIC.sub(_turned, value, count=1)


def _turned(numeric: re.Match[str]) -> str:
    year = int(numeric[4])
    try:
        date(year if year >= 100 else 2000 + year, int(numeric[1]), int(numeric[3]))
    except ValueError:
        return numeric[0]
    return f"{numeric[3]}/{numeric[1]}/{numeric[4]}"
