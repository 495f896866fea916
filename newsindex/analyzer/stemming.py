"""How do the inflections of a French word meet?

Words are stemmed by Snowball's French algorithm. Its suffixes need their accents (``sécurité`` gives
``sécur`` and ``securite`` ``securit``), and readers and headlines in capitals leave them out; so the
accents of the suffixes that matter are put back on the folded word first. A stem thus depends on the
folded word alone: with or without its accents, a word has the same one.
"""

from __future__ import annotations

import threading
from typing import Final

import Stemmer
from unidecode import unidecode

_SUFFIXES: Final = (
    ("ites", "ités"), ("ite", "ité"), ("ees", "ées"), ("ee", "ée"), ("erent", "èrent"),
    ("ieres", "ières"), ("iere", "ière"), ("eres", "ères"), ("ere", "ère"),
)  # fmt: skip
_BARE: Final = tuple(bare for bare, _ in _SUFFIXES)
_GRAVE: Final = frozenset(
    [
        "abces",
        "acces",
        "apres",
        "aupres",
        "congres",
        "cypres",
        "deces",
        "exces",
        "expres",
        "proces",
        "progres",
        "succes",
    ]
)
"""Words in -ès, which without the accent Snowball takes for plurals."""

_MENDED: Final = {
    **dict.fromkeys(("electoral", "electorale", "electorales", "electoraux"), "elect"),
    **dict.fromkeys(("yeux", "oeil"), "oeil"),
    **dict.fromkeys(("chatiment", "chatiments"), "chatiment"),
    "fes": "fes",
}
"""Folded words whose Snowball stem parts what a reader takes for one word, or joins two."""

_local = threading.local()  # a Stemmer keeps state while it works: one for each thread


def _snowball(word: str) -> str:
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = Stemmer.Stemmer("french", 0)
    stem: str = stemmer.stemWord(word)
    return stem


def restore_suffix(folded: str) -> str:
    """The folded word with the accents of its suffix put back, for Snowball to see."""
    if folded in _GRAVE:
        return folded[:-2] + "ès"
    if not folded.endswith(_BARE):
        return folded
    for bare, accented in _SUFFIXES:
        if folded.endswith(bare):
            return folded[: -len(bare)] + accented
    return folded


def stem(folded: str) -> str:
    """The term of a folded word (lower case, ASCII where Unidecode knows the letter)."""
    mended = _MENDED.get(folded)
    if mended is not None:
        return mended
    if len(folded) < 3 or folded[0].isdigit():
        return folded
    stemmed = _snowball(restore_suffix(folded))
    return stemmed if stemmed.isascii() else unidecode(stemmed)
