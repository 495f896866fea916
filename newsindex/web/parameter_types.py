"""The types of parameters: texts, numbers, choices and flags, one or several."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final

from newsindex.arguments import shown
from newsindex.errors import QueryError

from .parameters import Location, Parameter

_FLAGS: Final = {"true": True, "1": True, "on": True, "false": False, "0": False, "off": False}
_MAX_DIGITS: Final = 9
_MAX_DAYS: Final = 1_000_000


def text(
    name: str,
    description: str,
    max_length: int,
    argument: str = "",
    *,
    location: Location = "query",
    required: bool = False,
    default: str | None = None,
) -> Parameter:
    """Makes a parameter for a text of at most ``max_length`` characters."""

    def read(name: str, value: str) -> str:
        if len(value) > max_length:
            raise QueryError(
                f"{name} has {len(value):,} characters and the limit is {max_length:,}: shorten it",
                "too_long",
                name,
                len(value),
                max_length,
            )
        return value

    return Parameter(
        name=name,
        description=description,
        schema={"type": "string", "maxLength": max_length},
        read=read,
        argument=argument or name,
        location=location,
        required=required,
        default=default,
    )


def texts(name: str, description: str, max_length: int) -> Parameter:
    """Makes a repeatable parameter for texts of at most ``max_length`` characters each."""
    single = text(name, description, max_length)

    def read(name: str, value: str) -> Sequence[str]:
        return [single.read(name, value)]

    schema = {"type": "array", "items": single.schema}
    return Parameter(
        name=name, description=description, schema=schema, read=read, argument=name, repeatable=True
    )


def count(name: str, description: str, maximum: int, default: int) -> Parameter:
    """Makes a parameter for a whole number from 0 to ``maximum``."""

    def read(name: str, value: str) -> int:
        is_number = value.isascii() and value.isdigit() and len(value) <= _MAX_DIGITS
        if not (is_number and int(value) <= maximum):
            raise QueryError(
                f"{name} must be a whole number from 0 to {maximum:,}, not {shown(value)}",
                "no_count",
                name,
                maximum,
                value,
            )
        return int(value)

    schema = {"type": "integer", "minimum": 0, "maximum": maximum, "default": default}
    return Parameter(
        name=name, description=description, schema=schema, read=read, argument=name, default=default
    )


def days(name: str, description: str) -> Parameter:
    """Makes a parameter for a number of days above 0."""

    def read(name: str, value: str) -> float:
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not 0 < number <= _MAX_DAYS:
            raise QueryError(f"{name} must be a number of days up to {_MAX_DAYS:,}, not {shown(value)}")
        return number

    schema = {"type": "number", "exclusiveMinimum": 0, "maximum": _MAX_DAYS}
    return Parameter(name=name, description=description, schema=schema, read=read, argument=name)


def choice(name: str, description: str, names: Sequence[str], default: str | None = None) -> Parameter:
    """Makes a parameter for one of several names."""

    def read(name: str, value: str) -> str:
        return _checked(name, value, names)

    schema: dict[str, Any] = {"type": "string", "enum": list(names)}
    if default:
        schema["default"] = default
    return Parameter(
        name=name, description=description, schema=schema, read=read, argument=name, default=default
    )


def choices(
    name: str, description: str, names: Sequence[str], hint: Callable[[str], str] = lambda _: ""
) -> Parameter:
    """Makes a parameter for any number of several names: repeated, or one value with commas.

    ``hint`` gives what the refusal of another name says further.
    """

    def read(name: str, value: str) -> Sequence[str]:
        return [_checked(name, part, names, hint) for part in value.split(",")]

    schema = {"type": "array", "items": {"type": "string", "enum": list(names)}}
    return Parameter(
        name=name, description=description, schema=schema, read=read, argument=name, repeatable=True
    )


def flag(name: str, description: str, default: bool = False) -> Parameter:
    """Makes a parameter for true or false; ``default`` is the one of the Python function."""

    def read(name: str, value: str) -> bool:
        return _FLAGS[_checked(name, value, tuple(_FLAGS))]

    schema = {"type": "boolean", "default": default}
    return Parameter(name=name, description=description, schema=schema, read=read, argument=name)


def _checked(name: str, value: str, names: Sequence[str], hint: Callable[[str], str] = lambda _: "") -> str:
    if value not in names:
        known = ", ".join(names)
        message = f"{name} must be one of {known}, not {shown(value)}{hint(value)}"
        raise QueryError(message, "no_choice", name, known, value)
    return value
