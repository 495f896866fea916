"""Reads dates that are one number: a compact stamp, or the seconds or milliseconds since 1970."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Final

from .written_days import day_in_figures

_STAMP: Final = re.compile(
    r"((?:1[5-9]|20|21)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(?:(\d\d)(\d{3})?)?)?", re.ASCII
)
_DAY_FIRST: Final = re.compile(r"(\d\d)(\d\d)((?:1[5-9]|20)\d\d)", re.ASCII)
_EPOCH: Final = re.compile(r"-?(?:\d{9,13}|\d{16}|\d{19})(?:\.\d+)?", re.ASCII)
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_UNITS: Final = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3))
"""From which number on it counts nanoseconds, microseconds or milliseconds, and how many are a second.

1e11 seconds are the year 5138, 1e11 milliseconds are 1973.
"""
_MIN_SECONDS: Final = (
    1e8  # in 1973; a smaller number is a year, or the serial number of a day in a spreadsheet
)


def is_number(text: str) -> bool:
    """Whether a text is one number."""
    return _NUMBER.fullmatch(text) is not None


def date_of_number(number: float | str) -> date:
    """The date that a number, or its figures, stands for. Raises ValueError for any other number."""
    if isinstance(number, float) and number != number:
        raise ValueError
    digits = number if isinstance(number, str) else _digits(number)
    stamp = _stamp(digits.removesuffix(".0"))
    if stamp is not None:
        return stamp
    if not _EPOCH.fullmatch(digits):
        raise ValueError
    return _moment(float(digits))


def _digits(number: float) -> str:
    """The figures of a number. Raises ValueError for one that is beyond all dates."""
    if abs(number) >= 1e19:
        raise ValueError
    return str(number) if isinstance(number, int) else f"{number:.6f}".rstrip("0").removesuffix(".")


def _stamp(digits: str) -> date | None:
    """The day or moment whose figures stand in a row; None where they are none.

    Raises ValueError for eight figures that are no day: nothing else has as many.
    """
    if match := _STAMP.fullmatch(digits):
        year, month, day, hour, minute, second, thousandths = (int(part or 0) for part in match.groups())
        with suppress(ValueError):
            if match[4] is None:
                return date(year, month, day)
            return datetime(year, month, day, hour, minute, second, 1000 * thousandths)
    if match := _DAY_FIRST.fullmatch(digits):
        return day_in_figures(int(match[1]), int(match[2]), match[3])
    if len(digits) == len("20260102"):
        raise ValueError
    return None


def _moment(number: float) -> datetime:
    if abs(number) < _MIN_SECONDS:
        raise ValueError
    divisor = next((divisor for least, divisor in _UNITS if abs(number) >= least), 1.0)
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number / divisor)
    except OverflowError:
        raise ValueError from None
