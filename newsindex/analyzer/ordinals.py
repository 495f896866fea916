"""Ordinals and abbreviations that stand for one word in several written forms.

``2e``, ``2ème`` and ``2nd`` are one ordinal, and so are ``21e`` and ``XXIe``; ``St`` and ``Ste`` stand for
``Saint`` and ``Sainte``. All of this is decided by the folded word alone, as stems are.
"""

from __future__ import annotations

import re
from typing import Final

_SUFFIXES: Final = ("e", "eme", "ieme")
_ORDINAL: Final = re.compile(r"0*([0-9]+)(?:e|eme|ieme|er|re|ere|nd|nde|(?<=2)de)s?")
_TENS: Final = ("", "x", "xx", "xxx")
_UNITS: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_FRENCH_WORDS: Final = frozenset(["vie", "vies"])
"""Words that are no ordinals, though they look like one in lower case."""

_ABBREVIATED: Final = {"st": "saint", "sts": "saint", "ste": "saint", "stes": "saint"}


def _roman_ordinals() -> dict[str, str]:
    """The terms of the ordinals in Roman numerals up to the 39th: ``xxie`` is ``21e``."""
    ordinals = {"ier": "1e", "iere": "1e"}
    for number in range(2, 40):
        numeral = _TENS[number // 10] + _UNITS[number % 10]
        ordinals |= {f"{numeral}{suffix}": f"{number}e" for suffix in _SUFFIXES}
        ordinals |= {f"{numeral}{suffix}s": f"{number}e" for suffix in _SUFFIXES}
    return {word: term for word, term in ordinals.items() if word not in _FRENCH_WORDS}


TERMS: Final = _ABBREVIATED | _roman_ordinals()
"""The terms of abbreviated words and of ordinals in Roman numerals, by the folded word."""


ORDINAL_WORDS: Final = {
    "1e": ("premier",), "2e": ("deuxième", "second"), "3e": ("troisième",), "4e": ("quatrième",),
    "5e": ("cinquième",), "6e": ("sixième",), "7e": ("septième",), "8e": ("huitième",), "9e": ("neuvième",),
    "10e": ("dixième",), "11e": ("onzième",), "12e": ("douzième",), "13e": ("treizième",),
    "14e": ("quatorzième",), "15e": ("quinzième",), "16e": ("seizième",), "20e": ("vingtième",),
    "100e": ("centième",),
}  # fmt: skip
"""The words of frequent ordinals, by their terms. Their stems differ, so that queries look both up."""


def ordinal_term(folded: str) -> str:
    """The term of a folded word that begins with a digit: ``2e`` for ``2eme``, else the word itself."""
    if folded.isdigit():
        return folded
    match = _ORDINAL.fullmatch(folded)
    return f"{match[1]}e" if match else folded
