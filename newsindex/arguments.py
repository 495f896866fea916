"""Checks of the arguments of public functions, and how their errors show a value.

A value of the wrong Python type is a mistake of the calling program and raises TypeError with one sentence; a
value of the right type that makes no sense raises QueryError. The content of records is data and is checked
elsewhere: there both are CorpusError. Each function takes the name of the argument, for the error.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable
from os import PathLike
from reprlib import Repr
from typing import Any, Final

from .errors import QueryError

PathName = str | PathLike[str]

_MAX_TIMEOUT: Final = 1e6  # seconds; SQLite counts milliseconds in 32 bits
_REPR: Final = Repr()  # it has a bounded depth; repr() raises RecursionError for deeply nested values
_REPR.maxstring = _REPR.maxother = 60


def shown(value: object) -> str:
    """A value as an error message shows it, in at most 80 characters."""
    try:
        return _REPR.repr(value)[:80]
    except ValueError:  # an integer that Python refuses to write
        return f"this {type(value).__name__}"


def is_unicode(text: str) -> bool:
    """Whether a text can be encoded as UTF-8, that is, has no lone surrogate."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def text(name: str, value: object) -> str:
    """The argument if it is a text. Raises TypeError."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text, not {shown(value)}")
    return value


def optional_text(name: str, value: object) -> str | None:
    """The argument if it is None or a text in valid Unicode. Raises TypeError, QueryError."""
    if value is not None and not is_unicode(text(name, value)):
        raise QueryError(f"{name} is not valid Unicode (a lone surrogate)", "no_unicode", name)
    return None if value is None else text(name, value)


def texts(name: str, value: object) -> tuple[str, ...]:
    """The texts in an iterable; a text alone counts as an iterable of one. Raises TypeError."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, Iterable):
        raise TypeError(f"{name} must be names, as in ['source'], not {shown(value)}")
    return tuple(text(name, item) for item in value)


def truth(name: str, value: object) -> bool:
    """The argument if it is True or False. Raises TypeError."""
    if not isinstance(value, bool):
        raise TypeError(f"{name} must be True or False, not {shown(value)}")
    return value


def whole_number(name: str, value: Any) -> int:
    """The argument as an int; it may be an integer of any library, but no bool. Raises TypeError."""
    try:
        if not isinstance(value, bool):
            return operator.index(value)
    except TypeError:
        pass
    raise TypeError(f"{name} must be a whole number, not {shown(value)}")


def number(name: str, value: Any) -> float:
    """The argument as a finite float. Raises TypeError, QueryError."""
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
    """A timeout in seconds; infinity is allowed and becomes a million. Raises TypeError, QueryError."""
    given = _MAX_TIMEOUT if value == math.inf else number(name, value)
    if given < 0:
        raise QueryError(f"{name} must be 0 seconds or more, not {shown(value)}")
    return min(given, _MAX_TIMEOUT)
