"""How do the inflections of a French word meet?

Words are stemmed by Snowball's French algorithm, which asks for two things that news does not give it.
Its suffixes need their accents (``sécurité`` gives ``sécur`` and ``securite`` ``securit``), and readers
and headlines in capitals leave them out: so the accents of the suffixes that matter are put back on
the folded word. And it parts ``loi`` from ``lois``, ``directeur`` from ``directrice`` and ``prend`` from
``pris``, and takes ``port`` and ``porte`` for one word: so it is given the singular, in one form for both
genders (see inflections.py), verbs of the third group are known by their stems (see verbs.py), and
short nouns are kept from longer words. A stem thus depends on the folded word alone: with or without its
accents, a word has the same one.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Container
from typing import Final

import Stemmer
from unidecode import unidecode

from .inflections import (
    ALONE,
    NOUNS_OF_THEIR_OWN,
    PARTICIPLES_IN_I,
    READ_AS,
    common_gender,
    singular,
)
from .verbs import infinitive, regular

_SUFFIXES: Final = (
    ("ite", "ité"), ("ee", "ée"), ("erent", "èrent"), ("iere", "ière"), ("ere", "ère"),
    ("oye", "oyé"), ("aye", "ayé"), ("uye", "uyé"), ("fie", "fié"),
)  # fmt: skip
_BARE: Final = tuple(bare for bare, _ in _SUFFIXES)
_ACTED: Final = re.compile(r"(.{2}[st]ion)n(?:e|es|er|ee|ees|ent|ait|aient|era|erait|eront)$")

_SHORT: Final = 4  # letters of a stem
_WHOLE: Final = 3  # letters of a word that is its own stem

_local = threading.local()  # a Stemmer keeps state while it works: one for each thread


def _snowball(word: str) -> str:
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = Stemmer.Stemmer("french", 0)
    stem: str = stemmer.stemWord(word)
    return stem


def _accented(word: str) -> str:
    """The folded word with the accents of its suffix put back, for Snowball to see."""
    known = READ_AS.get(word)
    if known is not None or not word.endswith(_BARE):
        return known or word
    for bare, accented in _SUFFIXES:
        if word.endswith(bare):
            return word[: -len(bare)] + accented
    return word


def stem(folded: str, protected: Container[str] = ()) -> str:
    """The term of a folded word (lower case, ASCII where Unidecode knows the letter); of the ``protected``
    ones the word itself."""
    if folded in protected or folded[0].isdigit():
        return folded
    verb = infinitive(folded)
    if verb is not None or len(folded) < 3:
        return verb or folded
    word = singular(regular(folded))
    alone = ALONE.get(word)
    if alone is not None:
        return alone
    if "ionn" in word:
        word = _ACTED.sub(r"\1", word)
    word = common_gender(word)
    if len(word) <= _WHOLE:
        return word
    if word[-1] == "i" and word[-2] not in "aeiou" and word not in PARTICIPLES_IN_I:
        return word
    if word.endswith(("iste", "isme")):  # an -iste is not what he is named after: social and socialiste
        return word[:-2] + "t"
    if word.endswith(("eur", "eux")) and len(word) > 5 and not word.endswith("ateur"):
        return word[:-1] + "r"  # -eur and -eux share the feminine -euse
    stemmed = _snowball(_accented(word))
    stemmed = stemmed if stemmed.isascii() else str(unidecode(stemmed))
    # What is left of a word may be a noun of its own: port of porte, mer of mère, depart of département.
    is_noun = len(stemmed) <= _SHORT or stemmed in NOUNS_OF_THEIR_OWN
    return stemmed + "e" if is_noun and len(stemmed) < len(word) else stemmed
