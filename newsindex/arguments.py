"""Is an argument what its function takes?

The wrong Python type is a mistake of the calling program, and raises TypeError with one sentence; a value
of the right type that makes no sense raises QueryError. What a record holds is data: there both are
CorpusError.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable
from datetime import date
from os import PathLike
from reprlib import Repr
from typing import Any, Final

from .errors import QueryError

PathName = str | PathLike[str]

_LONGEST_WAIT: Final = 1e6  # seconds; SQLite counts milliseconds in 32 bits
_REPR: Final = Repr()  # of a bounded depth, unlike repr(), which a deeply nested value breaks
_REPR.maxstring = _REPR.maxother = 60


def shown(value: object) -> str:
    """A value as an error message shows it: short, whatever it is."""
    try:
        return _REPR.repr(value)[:80]
    except ValueError:  # an integer that Python refuses to write
        return f"this {type(value).__name__}"


def is_unicode(text: str) -> bool:
    """Whether a text can be written as UTF-8: it has no lone surrogate."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def text(name: str, value: object) -> str:
    """A text as it is. Raises TypeError."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text, not {shown(value)}")
    return value


def optional_text(name: str, value: object) -> str | None:
    """A text, which must be valid Unicode, or None. Raises TypeError, QueryError."""
    if value is not None and not is_unicode(text(name, value)):
        raise QueryError(f"{name} is not valid Unicode (a lone surrogate)")
    return None if value is None else text(name, value)


def texts(name: str, value: object) -> tuple[str, ...]:
    """Several texts; one alone counts as one of them. Raises TypeError."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, Iterable):
        raise TypeError(f"{name} must be names, as in ['source'], not {shown(value)}")
    return tuple(text(name, item) for item in value)


def when(name: str, value: object) -> str | date | None:
    """A date, as a date or in writing, or None. Raises TypeError."""
    if value is None or isinstance(value, str | date):
        return value
    raise TypeError(f"{name} must be a date or text such as '2026-01', not {shown(value)}")


def whole_number(name: str, value: Any) -> int:
    """An integer of any kind, but no truth value. Raises TypeError."""
    try:
        if not isinstance(value, bool):
            return operator.index(value)
    except TypeError:
        pass
    raise TypeError(f"{name} must be a whole number, not {shown(value)}")


def number(name: str, value: Any) -> float:
    """A finite number. Raises TypeError, QueryError."""
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        raise TypeError(f"{name} must be a number, not {shown(value)}")
    try:
        given = float(value)
    except OverflowError:
        given = math.inf
    if not math.isfinite(given):
        raise QueryError(f"{name} must be a finite number, not {shown(value)}")
    return given


def seconds(name: str, value: Any) -> float:
    """How long to wait, bounded. Raises TypeError, QueryError."""
    given = _LONGEST_WAIT if value == math.inf else number(name, value)
    if given < 0:
        raise QueryError(f"{name} must be 0 seconds or more, not {shown(value)}")
    return min(given, _LONGEST_WAIT)
