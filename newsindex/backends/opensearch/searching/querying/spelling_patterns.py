"""Regular expressions of Lucene that match spellings by their folded form, whatever their accents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Final

from newsindex.analyzer import fold

_ALPHABETS: Final = (range(0x80, 0x530), range(0x1E00, 0x2000))  # Latin, Greek and Cyrillic letters
_SIGNS: Final = {"*": ".*", "?": "."}
_MAX_JOINED: Final = 4  # letters into which one letter is folded


def spelling_pattern(pattern: str) -> str:
    """Returns the regular expression of the spellings whose folded form matches a pattern with ``*`` and
    ``?``."""
    parts: list[str] = []
    place = 0
    while place < len(pattern):
        end = _end_of_group(pattern, place)
        readings = list(_readings(pattern[place:end]))
        parts.append(readings[0] if len(readings) == 1 else f"({'|'.join(readings)})")
        place = end
    return "".join(parts)


def literal_pattern(text: str) -> str:
    """Returns the regular expression of a text itself."""
    return "".join(character if character.isalnum() else f"\\{character}" for character in text)


def wildcard_of(pattern: str) -> str:
    """Returns a pattern with ``*`` and ``?`` as a wildcard query of the cluster takes it."""
    return pattern.replace("\\", "\\\\")


def _joined(pattern: str, place: int) -> Iterator[str]:
    """The letters from a place on into which one letter may have been folded."""
    for length in range(2, _MAX_JOINED + 1):
        joined = pattern[place : place + length]
        if len(joined) == length and joined in _letters_by_form():
            yield joined


def _end_of_group(pattern: str, place: int) -> int:
    """The end of the letters from a place on that one letter, or several that overlap, may stand for."""
    end = place + 1
    while place < end:
        end = max([end, *(place + len(joined) for joined in _joined(pattern, place))])
        place += 1
    return end


def _readings(group: str) -> Iterator[str]:
    """The expressions of the ways in which letters may have been folded into a few."""
    if not group:
        yield ""
        return
    for part in (group[0], *_joined(group, 0)):
        for following in _readings(group[len(part) :]):
            yield (_letter(part) if len(part) == 1 else _letter_class(part)) + following


def _letter(letter: str) -> str:
    if letter in _SIGNS:
        return _SIGNS[letter]
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
