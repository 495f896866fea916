"""Tells by a column's values that it writes the month before the day, as tables from the United States do.

``3/12/2024`` is the third of December in French; where another row of its column has ``3/25/2024`` and none
has ``25/3/2024``, it is the twelfth of March.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_NUMERIC: Final = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?!\d)", re.ASCII)
_MONTHS: Final = 12


def is_month_first(values: Iterable[object]) -> bool:
    """Whether some values of a column are dates with the month first, and none has the day first."""
    is_sure = False
    for value in values:
        match = _NUMERIC.match(value) if isinstance(value, str) else None
        if match is None:
            continue
        first, second = int(match[1]), int(match[2])
        if first > _MONTHS:
            return False
        is_sure = is_sure or second > _MONTHS
    return is_sure


def day_first(value: object) -> object:
    """A value of such a column with the day before the month; any other value as it is."""
    if not isinstance(value, str):
        return value
    return _NUMERIC.sub(lambda match: f"{match[2]}/{match[1]}/{match[3]}", value, count=1)
