"""The terms of French words: their stems, which are the same for all inflections of a word.

Words are stemmed by Snowball's French algorithm, which needs help with news in two ways:

- Its suffixes need their accents (``sécurité`` gives ``sécur`` and ``securite`` ``securit``), which readers
  and headlines in capitals leave out. So the accents of the suffixes that matter are put back on the folded
  word.
- It parts ``loi`` from ``lois``, ``directeur`` from ``directrice`` and ``prend`` from ``pris``, and takes
  ``port`` and ``porte`` for one word. So it is given the singular, in one form for both genders (see
  ``inflections``); verbs of the third group are known by their stems (see ``irregular_verbs``); and short
  nouns are kept from longer words.

A stem thus depends on the folded word alone: a word has the same one with its accents and without.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Container
from typing import Final

import Stemmer
from unidecode import unidecode

from .inflections import (
    FIXED_STEMS,
    NOUNS_LIKE_STEMS,
    PARTICIPLES_IN_I,
    SNOWBALL_INPUT,
    common_gender,
    singular,
)
from .irregular_verbs import irregular_infinitive
from .ordinals import TERMS, ordinal_term
from .regular_verbs import regular_infinitive

_ACCENTED_SUFFIXES: Final = (
    ("ite", "ité"), ("ee", "ée"), ("erent", "èrent"), ("iere", "ière"), ("ere", "ère"),
    ("oye", "oyé"), ("aye", "ayé"), ("uye", "uyé"), ("fie", "fié"),
)  # fmt: skip
_BARE_SUFFIXES: Final = tuple(bare for bare, _ in _ACCENTED_SUFFIXES)
_VERB_IN_IONNER: Final = re.compile(r"(.{2}[st]ion)n(?:e|es|er|ee|ees|ent|ait|aient|era|erait|eront)$")

_MAX_LETTERS_OF_SHORT_STEM: Final = 4
_MAX_LETTERS_UNSTEMMED: Final = 3

_local = threading.local()  # a Stemmer keeps state while it works: one for each thread


def _snowball(word: str) -> str:
    """The stem of a word by Snowball's French algorithm."""
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = Stemmer.Stemmer("french", 0)
    stem: str = stemmer.stemWord(word)
    return stem


def _accented(word: str) -> str:
    """The folded word with the accents of its suffix put back, for Snowball to see."""
    known = SNOWBALL_INPUT.get(word)
    if known is not None or not word.endswith(_BARE_SUFFIXES):
        return known or word
    for bare, accented in _ACCENTED_SUFFIXES:
        if word.endswith(bare):
            return word[: -len(bare)] + accented
    return word


def stem(folded: str, protected: Container[str] = ()) -> str:
    """The term of a folded word, which is in lower case, and ASCII where Unidecode knows the letter.

    A protected word is its own term.
    """
    if folded in protected:
        return folded
    if folded[0].isdigit():
        return ordinal_term(folded)
    known = TERMS.get(folded)
    if known is not None:
        return known
    verb = irregular_infinitive(folded)
    if verb is not None or len(folded) < 3:
        return verb or folded
    word = singular(regular_infinitive(folded))
    fixed = FIXED_STEMS.get(word)
    if fixed is not None:
        return fixed
    if "ionn" in word:
        word = _VERB_IN_IONNER.sub(r"\1", word)
    word = common_gender(word)
    if len(word) <= _MAX_LETTERS_UNSTEMMED:
        return word
    if word[-1] == "i" and word[-2] not in "aeiou" and word not in PARTICIPLES_IN_I:
        return word
    if word.endswith(("iste", "isme")):  # socialiste and socialisme are one term, and not that of social
        return word[:-2] + "t"
    if word.endswith(("eur", "eux")) and len(word) > 5 and not word.endswith("ateur"):
        return word[:-1] + "r"  # words in -eur and in -eux have the same feminine, in -euse
    stemmed = _snowball(_accented(word))
    stemmed = stemmed if stemmed.isascii() else str(unidecode(stemmed))
    # The stem of a word may be another noun: port of porte, mer of mère, depart of département.
    is_other_noun = len(stemmed) <= _MAX_LETTERS_OF_SHORT_STEM or stemmed in NOUNS_LIKE_STEMS
    return stemmed + "e" if is_other_noun and len(stemmed) < len(word) else stemmed
