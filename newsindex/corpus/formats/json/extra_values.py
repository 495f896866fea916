"""Keeps what no field takes of a record's inner objects and lists, as short texts with dotted names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

_MAX_VALUES: Final = 60  # of all inner objects and lists of a record
_MAX_DEPTH: Final = 4
_MAX_ITEMS: Final = 50  # of a list
_MAX_CHARACTERS: Final = 1000  # of one value


def extra_values(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """The texts and numbers in an inner object or list by their places, within bounds."""
    return islice(_values(name, value, _MAX_DEPTH), _MAX_VALUES)


def _values(name: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in islice(value.items(), _MAX_VALUES) if depth else ():
            yield from _values(f"{name}.{key}"[:_MAX_CHARACTERS], inner, depth - 1)
    elif isinstance(value, list):
        texts = [text for item in value[:_MAX_ITEMS] if (text := _plain(item))]
        if texts:
            yield name, ", ".join(texts)[:_MAX_CHARACTERS]
        objects = [item for item in value[:_MAX_ITEMS] if isinstance(item, dict)]
        for number, inner in enumerate(objects if depth else (), 1):
            yield from _values(f"{name}.{number}", inner, depth - 1)
    elif text := _plain(value):
        yield name, text[:_MAX_CHARACTERS]


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and value.bit_length() > _MAX_CHARACTERS:
        return ""  # too long to be written
    return str(value) if isinstance(value, int | float) else ""
