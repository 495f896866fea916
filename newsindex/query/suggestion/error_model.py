"""How likely is it that somebody who typed one word meant another?

Those who misspell French write what they hear (``farmacie``, ``acceuil``, ``tebboune`` with one b) or hit the
key beside. Such a word counts as nearer than its letters say; a more frequent word too.
"""

from __future__ import annotations

import math
import re
from typing import Final

_SOUNDS: Final = (
    (r"ph", "f"), (r"qu|ck|k|q", "c"), (r"sch|sh", "ch"), (r"gu(?=[eiy])", "g"), (r"ge(?=[aou])", "j"),
    (r"g(?=[eiy])", "j"), (r"sc(?=[eiy])|c(?=[eiy])|z", "s"), (r"x", "cs"), (r"w", "v"), (r"th", "t"),
    (r"rh", "r"), (r"ti(?=on)", "si"), (r"(?<!c)h", ""), (r"y", "i"), (r"eau|au", "o"),
    (r"oeu|euil|eui|ueil|eu|oe", "e"), (r"ai|ei|ee|ez\b|er\b|et\b", "e"),
    (r"[ae][mn](?![aeioumn])", "an"), (r"[mn](?=[bcdfgjlpqrstv])", "n"), (r"ou", "w"), (r"(.)\1+", r"\1"),
    (r"(?<=..)[estdxp]+\b", ""),
)  # fmt: skip
"""What is heard of some letters, one after another; compiled by re where they are first needed."""
_ROWS: Final = ("azertyuiop", "qsdfghjklm", "wxcvbn")

# What speaks for a word, in letters; measured on misspelt words of the news corpus.
_SAME_SOUND: Final = 0.3
_SAME_FIRST: Final = 0.2
_NEXT_KEY: Final = 0.2
_SLIP: Final = 0.45  # a letter left out, or two that changed places: a wrong one is one of twenty-five
_TENFOLD: Final = 0.35  # in ten times as many articles


def sound(folded: str) -> str:
    """Roughly how a word in plain letters sounds: the same for words that sound alike in French."""
    for pattern, heard in _SOUNDS:
        folded = re.sub(pattern, heard, folded)
    return folded


def _neighbours() -> frozenset[tuple[str, str]]:
    pairs = set()
    for row, keys in enumerate(_ROWS):
        for column, key in enumerate(keys):
            for other_row in _ROWS[row : row + 2]:
                for other in other_row[max(column - 1, 0) : column + 2]:
                    pairs |= {(key, other), (other, key)}
    return frozenset(pairs)


_NEIGHBOURS: Final = _neighbours()


def correction_cost(typed: str, word: str, distance: int, articles: int) -> float:
    """The letters between two words in plain letters, less what speaks for the second being meant."""
    unlike = distance - _TENFOLD * math.log10(articles)
    unlike -= _SAME_SOUND * (sound(typed) == sound(word))
    unlike -= _SAME_FIRST * (typed[0] == word[0])
    if distance == 1 and (len(word) > len(typed) or sorted(word) == sorted(typed)):
        unlike -= _SLIP
    elif distance == 1 and len(word) == len(typed):
        differing = next(pair for pair in zip(typed, word, strict=True) if pair[0] != pair[1])
        unlike -= _NEXT_KEY * (differing in _NEIGHBOURS)
    return unlike
