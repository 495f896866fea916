"""Which characters make a written word of French news, and which only join two parts of one?

A *chunk* is the longest run that may be one word as a reader sees it: letters and digits, with the
few signs that stand inside words (``aujourd'hui``, ``O.N.U``, ``1,65``, ``8 913``). It is found by a
regular expression here, and by array operations over UTF-16 code units in the indexer; both follow
the classes and the joining rules of this page, and a property test holds them equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

APOSTROPHES: Final = "'’ʼ‘＇"
MODIFIER_APOSTROPHE: Final = "ʼ"
GROUP_SPACES: Final = " \u00a0\u202f\u2009"
INVISIBLE: Final = "\u00ad\u200c\u200d\u2060\ufeff"
"""Soft hyphen, joiners and the like: inside a word they are not there at all."""

# Combining marks of the scripts that names in French news are written in.
_MARKS: Final = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2),
    (0x05C4, 0x05C5), (0x05C7, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670),
    (0x06D6, 0x06DC), (0x06DF, 0x06E4), (0x06E7, 0x06E8), (0x06EA, 0x06ED), (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
)  # fmt: skip
ASTRAL_CHARACTERS: Final = "\U00010000-\U0010ffff"
"""Letters of rare scripts, and emoji: the latter part words."""

OTHER, LETTER, DIGIT, ASTRAL, APOSTROPHE, DOT, COMMA, SPACE = range(8)
"""The class of a UTF-16 code unit; LETTER, DIGIT and ASTRAL are *word* units."""

_marks = "".join(f"{chr(low)}-{chr(high)}" for low, high in _MARKS)
_letter = rf"[^\W0-9{ASTRAL_CHARACTERS}]|[{_marks}{INVISIBLE}]"
_word = rf"[\w{_marks}{INVISIBLE}{ASTRAL_CHARACTERS}]"
_group_space = rf"(?<=[0-9])(?<![0-9]{{4}})[{GROUP_SPACES}](?=[0-9]{{3}}(?!{_word}))"
_joiner = (
    rf"(?:[{APOSTROPHES}](?={_word})"
    r"|(?<=[0-9])[.,](?=[0-9])"
    rf"|\.(?={_letter})(?:(?<=^(?:{_letter})\.)|(?<=(?!{_word})[\s\S](?:{_letter})\.))"
    rf"|{_group_space})"
)
_CHUNK: Final = re.compile(rf"{_word}+(?:{_joiner}{_word}+)*")

_GROUP_SPACE: Final = re.compile(_group_space)


def chunks(text: str) -> Iterator[re.Match[str]]:
    """The chunks of a text, in order; see the module."""
    # Letters to regular expressions, not to readers.
    return _CHUNK.finditer(text.replace("_", " ").replace(MODIFIER_APOSTROPHE, "'"))


def join_numbers(text: str) -> str:
    """The text without the spaces inside its numbers: ``8 913`` is one word, ``8913``."""
    return _GROUP_SPACE.sub("", text)


def code_unit_classes() -> NDArray[np.uint8]:
    """The class of each of the 65,536 UTF-16 code units, shape (65536,)."""
    alphanumeric = map(str.isalnum, map(chr, range(0x10000)))
    classes = np.fromiter(alphanumeric, np.uint8, 0x10000)  # OTHER or LETTER
    for low, high in _MARKS:
        classes[low : high + 1] = LETTER
    for signs, kind in (
        (INVISIBLE, LETTER), ("0123456789", DIGIT), (APOSTROPHES, APOSTROPHE),
        (".", DOT), (",", COMMA), (GROUP_SPACES, SPACE),
    ):  # fmt: skip
        classes[[ord(sign) for sign in signs]] = kind
    classes[0xD800:0xE000] = ASTRAL
    return classes
