"""The characters that make up words in French news, and the chunks of text that they form.

A *chunk* is the longest run that may be one word as a reader sees it: letters and digits, with the few signs
that stand inside words (``aujourd'hui``, ``O.N.U``, ``1,65``, ``8 913``, ``20:30``) or before one (``#CAN``).
Chunks are found by a regular expression here, and by array operations over UTF-16 code units in the indexer.
Both follow the classes and the joining rules of this module, and a property test holds them equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

APOSTROPHES: Final = "'’ʼ‘＇"
MODIFIER_APOSTROPHE: Final = "ʼ"
HASH: Final = "#"
"""The sign before a hashtag, which belongs to its chunk."""
GROUP_SPACES: Final = " \u00a0\u202f\u2009"
INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""The soft hyphen, the zero-width space, joiners and the like, which count for nothing inside a word."""

# Combining marks of the scripts that names in French news are written in.
_MARKS: Final = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2),
    (0x05C4, 0x05C5), (0x05C7, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670),
    (0x06D6, 0x06DC), (0x06DF, 0x06E4), (0x06E7, 0x06E8), (0x06EA, 0x06ED), (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
)  # fmt: skip
ASTRAL_CHARACTERS: Final = "\U00010000-\U0010ffff"
"""The characters beyond 16 bits: letters of rare scripts, and emoji, which separate words."""

OTHER, LETTER, DIGIT, ASTRAL, APOSTROPHE, DOT, COMMA, COLON, SPACE = range(9)
"""The classes of UTF-16 code units; those of LETTER, DIGIT and ASTRAL are units of words."""

_MARK_RANGES = "".join(f"{chr(low)}-{chr(high)}" for low, high in _MARKS)
_LETTER = rf"[^\W0-9{ASTRAL_CHARACTERS}]|[{_MARK_RANGES}{INVISIBLE}]"
_WORD_CHARACTER = rf"[\w{_MARK_RANGES}{INVISIBLE}{ASTRAL_CHARACTERS}]"
_GROUP_SPACE_PATTERN = rf"(?<=[0-9])(?<![0-9]{{4}})[{GROUP_SPACES}](?=[0-9]{{3}}(?!{_WORD_CHARACTER}))"
_JOINER = (
    rf"(?:[{APOSTROPHES}](?={_WORD_CHARACTER})"
    r"|(?<=[0-9])[.,:](?=[0-9])"
    rf"|\.(?={_LETTER})(?:(?<=^(?:{_LETTER})\.)|(?<=(?!{_WORD_CHARACTER})[\s\S](?:{_LETTER})\.))"
    rf"|{_GROUP_SPACE_PATTERN})"
)
_CHUNK: Final = re.compile(rf"{HASH}?{_WORD_CHARACTER}+(?:{_JOINER}{_WORD_CHARACTER}+)*")

_GROUP_SPACE: Final = re.compile(_GROUP_SPACE_PATTERN)
SOFT_HYPHEN: Final = "\u00ad"
HYPHENS: Final = "-\u2010\u00ad¬"
"""The signs that stand at the end of a line within a word."""
_WORD_GOES_ON: Final = re.compile(
    r"(?!(?:je|tu|ils?|elles?|on|nous|vous|t|ce|ci|là|la|les?|y|en|moi|toi|lui|leur|même|mêmes)(?!\w))[^\W\d_A-ZÀ-Þ]"
)
"""The rest of a word after a line end, which is no pronoun of an inverted verb."""


def chunks(text: str) -> Iterator[re.Match[str]]:
    """The chunks of a text in order, as matches in the text with its false letters replaced."""
    return _CHUNK.finditer(without_false_letters(join_hyphenated_lines(text)))


def _hyphenated_lines(text: str) -> Iterator[tuple[int, int]]:
    """The bounds of each hyphen and the line end after it within a word that two lines share.

    Such a word goes on in lower case, from a small letter before the hyphen; ``est-il`` is two words.
    """
    for hyphen in HYPHENS:
        if hyphen not in text:
            continue
        for line_end in ("\n", "\r\n"):
            start = text.find(hyphen + line_end)
            while start >= 0:
                end = start + len(hyphen + line_end)
                if text[start - 1 : start].islower() and _WORD_GOES_ON.match(text, end):
                    yield start, end
                start = text.find(hyphen + line_end, end)


def join_hyphenated_lines(text: str) -> str:
    """The text with invisible signs for the hyphen and the line end inside each word that two lines share.

    The text keeps its length.
    """
    parts: list[str] = []
    copied = 0
    for start, end in sorted(_hyphenated_lines(text)):
        parts += (text[copied:start], SOFT_HYPHEN * (end - start))
        copied = end
    return "".join((*parts, text[copied:])) if parts else text


def without_false_letters(text: str) -> str:
    """The text with a space and an apostrophe for two signs that ``re`` or Unicode take for letters."""
    return text.replace("_", " ").replace(MODIFIER_APOSTROPHE, "’")


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
        (".", DOT), (",", COMMA), (":", COLON), (GROUP_SPACES, SPACE),
    ):  # fmt: skip
        classes[[ord(sign) for sign in signs]] = kind
    classes[0xD800:0xE000] = ASTRAL
    return classes
