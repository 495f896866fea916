"""The terms of French words: their stems, which are the same for all inflections of a word.

A form of a verb has the infinitive as its term (``irregular_verbs``, ``regular_verbs``), and so has a noun of
action: ``augmente``, ``augmentations`` and ``augmenter`` are one term (``derivations``). Any other word is
brought to the singular, in one form for both genders (``inflections``), and stemmed by Snowball's French
algorithm, with help in two ways:

- Its suffixes need their accents (``sécurité`` gives ``sécur`` and ``securite`` ``securit``), which readers
  and headlines in capitals leave out. So the accents of the suffixes that matter are put back on the folded
  word.
- It takes ``port`` and ``porte`` for one word, and ``direct`` and ``direction``. So short stems are kept from
  those of longer words, and other suffixes than it should remove stay.

Words that no table knows are stemmed by the same rules. A stem depends on the folded word alone: a word has
the same one with its accents and without.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Container
from typing import Final

import Stemmer
from unidecode import unidecode

from . import irregular_verbs, regular_verbs
from .derivations import NOUNS_OF_METTRE, PARTICIPIAL_NOUNS, verb_of_noun
from .inflections import (
    FIXED_STEMS,
    NOUNS_LIKE_STEMS,
    SNOWBALL_INPUT,
    common_gender,
    singular,
)
from .irregular_verbs import irregular_infinitive
from .ordinals import TERMS, ordinal_term
from .regular_verbs import guessed_infinitive, infinitive_in_er, may_be_compound, regular_infinitive

_ACCENTED_SUFFIXES: Final = (
    ("ite", "ité"), ("ee", "ée"), ("erent", "èrent"), ("iere", "ière"), ("ere", "ère"),
    ("oye", "oyé"), ("aye", "ayé"), ("uye", "uyé"), ("fie", "fié"),
)  # fmt: skip
_BARE_SUFFIXES: Final = tuple(bare for bare, _ in _ACCENTED_SUFFIXES)
_TERMS: Final = TERMS | PARTICIPIAL_NOUNS
_FIXED_STEMS: Final = FIXED_STEMS | NOUNS_OF_METTRE
_INFINITIVE_ENDINGS: Final = ("r", "re")
_PARTICIPLE_ENDINGS: Final = ("ants", "ante", "antes")

_MAX_LETTERS_OF_SHORT_STEM: Final = 4
_MAX_LETTERS_UNSTEMMED: Final = 3
_MIN_LETTERS_OF_INFLECTED: Final = 3


class _Stemmer(threading.local):
    """Snowball's algorithm for French; a Stemmer keeps state while it works, so each thread has its own."""

    def __init__(self) -> None:
        self.stem: Callable[[str], str] = Stemmer.Stemmer("french", 0).stemWord


_stemmer: Final = _Stemmer()


def _snowball(word: str) -> str:
    """The stem of a word by Snowball's French algorithm."""
    return _stemmer.stem(word)


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
    known = _TERMS.get(folded)
    if known is not None:
        return known
    if len(folded) < _MIN_LETTERS_OF_INFLECTED:
        return irregular_infinitive(folded) or folded
    number = singular(folded)
    beginning = folded[:4]
    irregular = irregular_infinitive(folded) if irregular_verbs.is_beginning(beginning) else None
    known = irregular or _FIXED_STEMS.get(number)
    if known is not None:
        return known
    is_like_verb = (
        regular_verbs.is_beginning(beginning)
        or may_be_compound(folded)
        or regular_verbs.is_beginning(number[:4])
    )
    if is_like_verb or folded.endswith(_PARTICIPLE_ENDINGS):
        verb = _regular_infinitive(folded)
        if verb is not None:
            return verb
    return _stem_of_noun(folded, number, is_like_verb)


def _regular_infinitive(word: str) -> str | None:
    """The infinitive of a regular verb, for its participle in -ant also in the feminine and the plural."""
    if word.endswith(_PARTICIPLE_ENDINGS):
        masculine = word.removesuffix("s").removesuffix("e")
        verb = irregular_infinitive(masculine) or regular_infinitive(masculine)
        if verb is not None:
            return verb
    return regular_infinitive(word)


def _stem_of_noun(folded: str, number: str, is_like_verb: bool) -> str:
    """The term of a word that is no form of a known verb.

    ``number`` is its singular, and ``is_like_verb`` says whether it begins like a listed verb.
    """
    guessed = guessed_infinitive(folded)
    if guessed != folded:
        number = singular(guessed)
    word = common_gender(number)
    if len(word) <= _MAX_LETTERS_UNSTEMMED:
        return word
    if number.endswith(_INFINITIVE_ENDINGS) and irregular_infinitive(number) == number:
        return number  # sourires
    return (is_like_verb and _verb_of_noun(folded, number, word)) or _stem_by_suffix(word)


def _verb_of_noun(folded: str, number: str, word: str) -> str | None:
    """The infinitive that a noun or an adjective goes with, else None.

    ``actif`` goes with ``activer``, of which ``active`` is a form; ``changement`` is of ``changer``. But
    ``habit`` does not go with ``habiter``.
    """
    is_feminine_of_noun_in_t = number[-1] == "t" and word == number + "e"
    verb = None if word == folded or is_feminine_of_noun_in_t else regular_infinitive(word)
    return verb or verb_of_noun(word)


def _stem_by_suffix(word: str) -> str:
    """The stem of a noun or an adjective in the singular."""
    last = word[-1]
    if last == "n" and word.endswith("ion") and not word.endswith("ation"):
        return word  # direction is not direct
    if last == "i" and word[-2] not in "aeiou":
        return word  # a noun or a name: Hakimi is not Hakim
    if last == "e" and word.endswith(("iste", "isme")):  # socialiste and socialisme are one term
        return word[:-2] + "t"
    if last in "rx" and word.endswith(("eur", "eux")) and len(word) > 5 and not word.endswith("ateur"):
        return word[:-1] + "r"  # words in -eur and in -eux have the same feminine, in -euse
    stemmed = _snowball(_accented(word))
    stemmed = stemmed if stemmed.isascii() else str(unidecode(stemmed))
    if stemmed.endswith("er") and infinitive_in_er(stemmed[:-2]):
        return word  # générateur is not of gêner, nor garderie of garder
    # The stem of a word may be another noun: port of porte, mer of mère, depart of département.
    is_other_noun = len(stemmed) <= _MAX_LETTERS_OF_SHORT_STEM or stemmed in NOUNS_LIKE_STEMS
    return stemmed + "e" if is_other_noun and len(stemmed) < len(word) else stemmed
