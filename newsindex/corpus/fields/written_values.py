"""Reads the list or object that a program wrote as text into one value, as Python and JSON write them."""

from __future__ import annotations

import ast
import json
import re
from contextlib import suppress
from typing import Final

_BRACKETS: Final = ("[", "{")
_MAX_CHARACTERS: Final = 2000
_UNKNOWN_ESCAPE: Final = re.compile(r"\\[^\\'\"abfnrtvxuUN0-7\n]")  # of which Python would warn
_BETWEEN_TEXTS: Final = re.compile(r"(?<=['\"])\s+(?=['\"])")  # of an array of numpy, which has no commas


def written_names(text: str) -> object:
    """The names in "['A. B.', 'C. D.']", or the object in "{'name': 'A. B.'}"; any other text as it is."""
    if not text.startswith(_BRACKETS) or len(text) > _MAX_CHARACTERS:
        return text
    values = _value(text)
    if isinstance(values, list):
        return [value for value in values if value] if all(map(_is_name, values)) else text
    return values if _is_name(values) else text


def _value(text: str) -> object:
    """The value that a text writes in JSON or in Python; None for any other text."""
    with suppress(ValueError, RecursionError):
        return json.loads(text)
    if _UNKNOWN_ESCAPE.search(text):
        return None
    with suppress(ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return ast.literal_eval(_BETWEEN_TEXTS.sub(", ", text))
    return None


def _is_name(value: object) -> bool:
    """Whether a value is a name, or an object that has one."""
    return isinstance(value, str) or (isinstance(value, dict) and isinstance(value.get("name"), str))
