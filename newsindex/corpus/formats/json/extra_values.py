"""Keeps what no field takes of a record's inner objects and lists, as short texts with dotted names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

_MAX_VALUES: Final = 100  # of all inner objects and lists of a record
_MAX_DEPTH: Final = 4
_MAX_CHARACTERS: Final = 1000  # of one value


def extra_values(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """The texts and numbers in an inner object or list by their places, within bounds.

    Those of several objects in a list stand together, with commas between them.
    """
    texts: dict[str, list[str]] = {}
    for place, text in islice(_values(name, value, _MAX_DEPTH), _MAX_VALUES):
        texts.setdefault(place, []).append(text)
    for place, several in texts.items():
        yield place, ", ".join(several)[:_MAX_CHARACTERS]


def _values(name: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items() if depth else ():
            yield from _values(f"{name}.{key}"[:_MAX_CHARACTERS], inner, depth - 1)
    elif isinstance(value, list):
        for item in value if depth else ():
            yield from _values(name, item, depth - 1)
    elif text := _plain(value):
        yield name, text[:_MAX_CHARACTERS]


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and value.bit_length() > _MAX_CHARACTERS:
        return ""  # too long to be written
    return str(value) if isinstance(value, int | float) else ""
