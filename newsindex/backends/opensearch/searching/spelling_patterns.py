"""Regular expressions of Lucene that match spellings by their folded form, whatever their accents."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import Final

from newsindex.analyzer import fold

_ALPHABETS: Final = (range(0x80, 0x530), range(0x1E00, 0x2000))  # Latin, Greek and Cyrillic letters
_MAX_JOINED: Final = 4  # letters into which one letter is folded


def spelling_pattern(pattern: str) -> str:
    """Returns the regular expression of the spellings whose folded form matches a pattern with ``*`` and
    ``?``."""
    parts: list[str] = []
    place = 0
    while place < len(pattern):
        part, length = _part(pattern, place)
        parts.append(part)
        place += length
    return "".join(parts)


def literal_pattern(text: str) -> str:
    """Returns the regular expression of a text itself."""
    return "".join(character if character.isalnum() else f"\\{character}" for character in text)


def wildcard_of(pattern: str) -> str:
    """Returns a pattern with ``*`` and ``?`` as a wildcard query of the cluster takes it."""
    return pattern.replace("\\", "\\\\")


def _part(pattern: str, place: int) -> tuple[str, int]:
    """The expression of the pattern's letters at a place, and how many letters it takes."""
    letter = pattern[place]
    if letter == "*":
        return ".*", 1
    if letter == "?":
        return ".", 1
    for length in range(_MAX_JOINED, 1, -1):
        joined = pattern[place : place + length]
        if len(joined) == length and joined in _letters_by_form():
            apart = "".join(_letter(single) for single in joined)
            return f"({apart}|{_letter_class(joined)})", length
    return _letter(letter), 1


def _letter(letter: str) -> str:
    others = _letters_by_form().get(letter, "")
    return f"[{letter}{others}]" if others else literal_pattern(letter)


def _letter_class(form: str) -> str:
    return f"[{_letters_by_form()[form]}]"


@cache
def _letters_by_form() -> dict[str, str]:
    """The letters in lower case that are folded into one letter or a few, by these."""
    letters: dict[str, str] = {}
    for code in chain(*_ALPHABETS):
        letter = chr(code)
        if letter.isalpha() and letter == letter.lower():
            form = fold(letter)
            if form and form != letter:
                letters[form] = letters.get(form, "") + letter
    return letters
