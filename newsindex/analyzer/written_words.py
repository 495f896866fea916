"""Cuts a chunk of text into written words, and brings a written word to its normal and its folded form.

A *sigle* is an abbreviation of capitals, with dots or without: ``O.N.U.``, ``ONU``.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from unidecode import unidecode

from .characters import APOSTROPHES, ASTRAL_CHARACTERS, GROUP_SPACES, HASH, INVISIBLE

_NUMBER: Final = re.compile(
    rf"[0-9]{{1,3}}(?:[.{GROUP_SPACES}][0-9]{{3}})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?"
)
_GROUPED_NUMBER: Final = re.compile(rf"[0-9]{{1,3}}(?:[.{GROUP_SPACES}][0-9]{{3}})+(?:,[0-9]+)?")
_CLOCK_TIME: Final = re.compile(r"[0-2]?[0-9]:[0-5][0-9]")
_SIGLE: Final = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_PART: Final = re.compile(rf"(?:[^.,{GROUP_SPACES}{ASTRAL_CHARACTERS}]|(?=\w)[{ASTRAL_CHARACTERS}])+")
ELIDED_WORDS: Final = ("l", "d", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu")
"""The words that are elided before anything."""
ELIDED_LETTERS: Final = "nsmtcj"
"""The words of one letter that are elided before vowels alone."""
CONSONANTS: Final = "bcdfgjklmnpqrstvwxzç"
"""The letters before which no such word is elided; before an *h* it may be."""
_ELISION: Final = re.compile(
    rf"(?:(?:(?:{'|'.join(ELIDED_WORDS)})[{APOSTROPHES}]"
    rf"|(?!m[{APOSTROPHES}]h(?:am|an|id))[{ELIDED_LETTERS}][{APOSTROPHES}](?![{CONSONANTS}]))(?=.))*",
    re.IGNORECASE | re.DOTALL,
)
_HASHTAG_PART: Final = re.compile(r"^lul+|d+|u+(?!l)|u?l+")
"""A part of a hashtag, by the kinds of its characters: digits, upper case, and lower case or other."""
DIGITS: Final = frozenset("0123456789")
_IGNORED_SIGNS: Final = str.maketrans("", "", APOSTROPHES + INVISIBLE)


def written_words(chunk: str) -> Iterator[tuple[int, int]]:
    """The bounds of each written word in a chunk, with the elided word before it.

    A number with its separators, a clock time and a sigle with its dots are one word; elsewhere dots, commas,
    colons, spaces and emoji separate words. A hashtag gives its words, as its capitals and digits tell them,
    and then itself: ``#Grève``, ``Générale`` and ``#GrèveGénérale``. By the ``#`` their spellings differ from
    those of words.
    """
    if chunk[0] == HASH:
        yield from _hashtag_words(chunk)
        return
    if ":" in chunk and not _CLOCK_TIME.fullmatch(chunk, elision(chunk)):
        start = 0
        for part in chunk.split(":"):
            for first, last in written_words(part):
                yield start + first, start + last
            start += len(part) + 1
        return
    if not chunk.isalpha() and ":" not in chunk:
        bare = elision(chunk)
        if not (_NUMBER.fullmatch(chunk, bare) or _SIGLE.fullmatch(chunk, bare)):
            yield from (part.span() for part in _PART.finditer(chunk))
            return
    yield 0, len(chunk)


def _hashtag_words(hashtag: str) -> Iterator[tuple[int, int]]:
    """The bounds of the words of a chunk that begins with ``#``."""
    if hashtag[1:].isalnum():
        kinds = "".join("d" if sign.isdigit() else "u" if sign.isupper() else "l" for sign in hashtag[1:])
        ends = [1 + part.end() for part in _HASHTAG_PART.finditer(kinds)]
        if len(ends) > 1:
            yield from itertools.pairwise((0, *ends))
            yield 0, len(hashtag)
            return
    for start, end in written_words(hashtag[1:]):
        yield start + 1, end + 1


def elision(word: str) -> int:
    """The number of characters of the elided words that a written word begins with: 2 for ``l'avocat``.

    ``l'``, ``d'`` and ``qu'`` with its compounds are elided before anything; ``n' s' m' t' c' j'`` only
    before a vowel, an *h* or a digit, so that ``N'Golo``, ``M'Bappé`` and ``M'hamed`` stay whole.
    """
    match = _ELISION.match(word)
    return match.end() if match else 0


def normalize(word: str) -> str:
    """The word in composed, compatible Unicode (NFKC), without signs that only join letters or are invisible.

    ``O.N.U`` gives ``ONU``, ``8.913`` and ``8 913`` give ``8913``, ``1.5`` gives ``1,5``,
    ``aujourd’hui`` gives ``aujourdhui``, and ``20:30`` gives ``20h30``.
    """
    if word.isascii() and word.isalpha():
        return word
    if ":" in word:
        return word.replace(":", "h")
    if word[0] in DIGITS and _NUMBER.fullmatch(word):
        if _GROUPED_NUMBER.fullmatch(word):
            return re.sub(rf"[.{GROUP_SPACES}]", "", word)
        return word.replace(".", ",")
    if word.isalpha():  # no signs to take out
        return unicodedata.normalize("NFKC", word)
    return unicodedata.normalize("NFKC", word.translate(_IGNORED_SIGNS)).replace(".", "")


class _PlainLetters(dict[int, str]):
    """The plain letters that Unidecode gives for each character, looked up once."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = str(unidecode(chr(code)))
        return plain


_PLAIN_LETTERS: Final = _PlainLetters()


def fold(word: str) -> str:
    """The lower-case word in plain letters by Unidecode: ``œuvre`` gives ``oeuvre``.

    Letters of other scripts are transliterated; a word that has no letter left gives ``""``. Of other
    characters than letters and digits only the comma of a decimal number is kept.
    """
    if word.isascii() and word.isalnum():
        return word
    if word[:1] in DIGITS and _NUMBER.fullmatch(word):
        return word
    folded = word.translate(_PLAIN_LETTERS).lower()
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
