"""The 8-bit codes that stand for characters while texts are scanned.

Each character of written French has a code, capitals the same as small letters; the codes are in ranges by
what the characters do in a chunk. The rarer letters share two codes, and a chunk that holds one of those is
looked up by its text.
"""

from __future__ import annotations

import unicodedata
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import characters, fold
from newsindex.analyzer.characters import code_unit_classes

# 0 is any other character that belongs to no word; then come those that may join two parts of a chunk
_APOSTROPHES: Final = range(1, 1 + len(characters.APOSTROPHES))
DOT: Final = _APOSTROPHES.stop
COMMA: Final = DOT + 1
COLON: Final = COMMA + 1
SPACES: Final = range(COLON + 1, COLON + 1 + len(characters.GROUP_SPACES))
HASH: Final = SPACES.stop
LINE_END: Final = HASH + 1
DIGITS: Final = range(LINE_END + 1, LINE_END + 11)
WORD: Final = DIGITS.start
"""Digits, letters and the halves of astral characters are from here on."""
_LETTERS: Final = range(DIGITS.stop, 254)
RARE: Final = _LETTERS.stop
"""The codes that several letters share are from here on."""
ASTRAL: Final = 255
"""Either half of a character beyond U+FFFF."""

_LATIN: Final = range(0x180)
_COMBINING: Final = "\u0300\u0301\u0302\u0308\u0327"  # accents that are characters of their own


def letter_codes() -> NDArray[np.uint8]:
    """The code of each of the 65,536 UTF-16 code units, shape (65536,)."""
    classes = code_unit_classes()
    codes = np.where(classes == characters.LETTER, np.uint8(RARE), np.uint8(0))
    codes[classes == characters.ASTRAL] = ASTRAL
    latin = [chr(unit) for unit in _LATIN if classes[unit] == characters.LETTER]
    small = [letter for letter in latin if letter.lower() == letter or len(letter.lower()) > 1]
    for signs, numbers in (
        (characters.APOSTROPHES, _APOSTROPHES),
        (".", range(DOT, DOT + 1)),
        (",", range(COMMA, COMMA + 1)),
        (":", range(COLON, COLON + 1)),
        (characters.GROUP_SPACES, SPACES),
        (characters.HASH, range(HASH, HASH + 1)),
        ("\n", range(LINE_END, LINE_END + 1)),
        ("0123456789", DIGITS),
        ([*small, *_COMBINING], _LETTERS),
    ):
        for sign, number in zip(signs, numbers, strict=False):
            codes[ord(sign)] = number
    for capital in set(latin) - set(small):  # the analysis folds case
        codes[ord(capital)] = codes[ord(capital.lower())]
    return codes


def plain_signs(codes: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """The small letter or the digit that each code stands for, as a code point, shape (256,).

    ``codes`` are those of the code units. A code has 0 where it needs the analyzer: its character is no
    letter or digit, or its normal form is not the small letter alone.
    """
    signs = np.zeros(256, np.uint32)
    for sign in map(chr, _LATIN):
        small = sign.lower()
        code = codes[ord(sign)]
        is_stable = unicodedata.normalize("NFKC", sign) == sign and len(small) == 1
        if WORD <= code < RARE and (sign.isalpha() or code in DIGITS) and is_stable and fold(small):
            signs[code] = ord(small)
    return signs
