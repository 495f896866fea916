"""Patterns with ``*`` and ``?`` in the languages of the cluster, in which no other sign means anything."""

from __future__ import annotations

from typing import Final

from newsindex.backends.opensearch.layout import FORM_MARK

_IN_FORMS: Final = "[a-z0-9,]"
"""A sign of a folded form; the spellings without any other are forms themselves."""
_SIGNS: Final = {"*": f"{_IN_FORMS}*", "?": _IN_FORMS}


def form_pattern(pattern: str) -> str:
    """Returns the regular expression of the tokens of the spellings whose folded form matches a pattern."""
    return f"{literal_pattern(FORM_MARK)}?" + "".join(
        _SIGNS.get(sign) or literal_pattern(sign) for sign in pattern
    )


def literal_pattern(text: str) -> str:
    """Returns the regular expression of a text itself."""
    return "".join(character if character.isalnum() else f"\\{character}" for character in text)


def wildcard_of(pattern: str) -> str:
    """Returns a pattern as a wildcard query of the cluster takes it."""
    return pattern.replace("\\", "\\\\")
