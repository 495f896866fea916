"""Levels the text of a date: lower-case letters without accents, plain digits and signs, single spaces."""

from __future__ import annotations

import re
from typing import Final

from newsindex.dates.french_calendar import plain_letters

_INVISIBLE: Final = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
)
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"
_TATWEEL: Final = "\u0640"
_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys(_INVISIBLE + _TATWEEL + "\ufeff\ufffd"),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys("’‘ʼ`´′", "'"),
        **dict.fromkeys("∕⁄\\", "/"),
        **dict.fromkeys("،", ","),
        **{chr(zero + digit): str(digit) for zero in (0x660, 0x6F0) for digit in range(10)},
    }
)
_ARABIC_VARIANTS: Final = str.maketrans("ىة", "يه")
_TIME_MARK: Final = re.compile(r"(?<=\d)[t_](?=\d{1,2}[:h.-]\d\d)")
_FILE_NAME_CLOCK: Final = re.compile(
    r"(?<=\d{4}[-/.]\d\d[-/.]\d\d)[ -](\d\d)[-.](\d\d)(?:[-.](\d\d))?(?![\d-])", re.ASCII
)


def plain_date_text(text: str) -> str:
    """The text in lower case without accents and invisible signs, with ASCII digits, dashes and spaces.

    Arabic is levelled too: no hamza on a letter, no vowel signs, and one form of the letters that end words.
    """
    plain = plain_letters(text.translate(_SIGNS)).translate(_ARABIC_VARIANTS)
    plain = _TIME_MARK.sub(" ", " ".join(plain.split()))
    return _FILE_NAME_CLOCK.sub(lambda clock: " " + ":".join(filter(None, clock.groups())), plain)
