"""How is a chunk of text cut into written words, and a written word brought to its plain form?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from unidecode import unidecode

from .characters import APOSTROPHES, ASTRAL_CHARACTERS, GROUP_SPACES, INVISIBLE

_NUMBER: Final = re.compile(
    rf"[0-9]{{1,3}}(?:[.{GROUP_SPACES}][0-9]{{3}})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?"
)
_GROUPED: Final = re.compile(rf"[0-9]{{1,3}}(?:[.{GROUP_SPACES}][0-9]{{3}})+(?:,[0-9]+)?")
_SIGLE: Final = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_PART: Final = re.compile(rf"(?:[^.,{GROUP_SPACES}{ASTRAL_CHARACTERS}]|(?=\w)[{ASTRAL_CHARACTERS}])+")
_ELISION: Final = re.compile(
    rf"(?:(?:(?:l|d|qu|jusqu|lorsqu|puisqu|quoiqu)[{APOSTROPHES}]"
    rf"|(?!m[{APOSTROPHES}]h(?:am|an|id))[nsmtcj][{APOSTROPHES}](?![bcdfgjklmnpqrstvwxzç]))(?=.))*",
    re.IGNORECASE | re.DOTALL,
)
DIGITS: Final = frozenset("0123456789")
_SIGNS: Final = str.maketrans("", "", APOSTROPHES + INVISIBLE)


def written_words(chunk: str) -> Iterator[tuple[int, int]]:
    """The bounds of each written word in a chunk, elided words not yet parted.

    A number with its separators and a sigle with its dots are one word; elsewhere dots, commas,
    spaces and emoji part words.
    """
    if not chunk.isalpha():
        bare = elision(chunk)
        if not (_NUMBER.fullmatch(chunk, bare) or _SIGLE.fullmatch(chunk, bare)):
            yield from (part.span() for part in _PART.finditer(chunk))
            return
    yield 0, len(chunk)


def elision(word: str) -> int:
    """How many characters at the start of a written word are an elided one: 2 for ``l'avocat``.

    ``l'``, ``d'`` and ``qu'`` with its family are elided before anything; ``n' s' m' t' c' j'`` only
    before a vowel, an *h* or a digit, so that ``N'Golo``, ``M'Bappé`` and ``M'hamed`` stay whole.
    """
    found = _ELISION.match(word)
    return found.end() if found else 0


def normalize(word: str) -> str:
    """The word in composed, compatible Unicode (NFKC), without signs that only join or hide.

    ``O.N.U`` gives ``ONU``, ``8.913`` and ``8 913`` give ``8913``, ``1.5`` gives ``1,5``, and
    ``aujourd’hui`` gives ``aujourdhui``.
    """
    if word[0] in DIGITS and _NUMBER.fullmatch(word):
        if _GROUPED.fullmatch(word):
            return re.sub(rf"[.{GROUP_SPACES}]", "", word)
        return word.replace(".", ",")
    if word.isascii() and word.isalpha():
        return word
    return unicodedata.normalize("NFKC", word.translate(_SIGNS)).replace(".", "")


class _Plain(dict[int, str]):
    """Unidecode's replacement of each character, looked up once."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = str(unidecode(chr(code)))
        return plain


_PLAIN: Final = _Plain()


def fold(word: str) -> str:
    """The lower-case word in plain letters by Unidecode: ``œuvre`` gives ``oeuvre``.

    Letters of other scripts are transliterated; what has no letter left gives ``""``. Only the
    comma of a decimal number is kept beside letters and digits.
    """
    if word.isascii() and word.isalnum():
        return word
    if word[:1] in DIGITS and _NUMBER.fullmatch(word):
        return word
    folded = word.translate(_PLAIN).lower()
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
