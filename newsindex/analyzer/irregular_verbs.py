"""The infinitives of French verbs of the third group, by their forms.

Words are folded, without accents. The rows of ``irregular_stems`` have a stem for each kind of endings here.
A word that is first of all a noun (``entreprise``, ``cours``) is no form of a verb.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from .inflections import listed
from .irregular_stems import FAMILIES, FORMS, NOT_VERBS, VERBS
from .regular_verbs import regular_infinitive

_ENDINGS: Final = tuple(
    frozenset(endings.split(" "))
    for endings in (
        "ons ez ais ait ions iez aient ant ants ante antes",  # weak stem: prenons, prenait
        "e es ent",  # strong stem: prenne, prennent
        "a ai as ons ez ont ais ait ions iez aient",  # future stem: prendra, prendrait
        " s t",  # short stem: prend, vient
        " e s es",  # participle: prise
        "s t mes tes rent sse sses ssions ssiez ssent",  # simple past and its subjunctive: prit, prissent
    )
)
_STEM_KINDS: Final = len(_ENDINGS)
_ALL_ENDINGS: Final = frozenset(ending for endings in _ENDINGS for ending in endings if ending)
_SIZES_OF_ENDINGS: Final = {
    last: (0, *sorted({len(ending) for ending in _ALL_ENDINGS if ending[-1] == last}))
    for last in {ending[-1] for ending in _ALL_ENDINGS}
}
"""The numbers of letters of all endings that have the same last letter, and of none, ascending."""
_MIN_LETTERS_OF_STEM: Final = 2
_ENDINGS_OF_NOUNS: Final = ("mes", "tes")  # of the simple past, but also of reprimes and percutes
_PARTICIPLE: Final = 4  # the row of the participle
_FINAL_CONSONANTS: Final = "cdpt"  # of a short stem that is a word by itself: attend, met, vainc


def _stems() -> Iterator[tuple[str, int, str]]:
    """Each stem of a verb, the row of its endings in _ENDINGS, and the infinitive."""
    for line in VERBS.strip().splitlines():
        infinitive, *rest = line.split()
        for prefix in rest[:-_STEM_KINDS]:
            before = prefix.strip(".")
            for kind, stem in enumerate(rest[-_STEM_KINDS:]):
                yield before + stem, kind, before + infinitive
    for ends, beginnings in FAMILIES.items():
        infinitive, *stems = ends.split()
        for before in beginnings.split():
            for kind, stem in enumerate(stems):
                yield before + stem, kind, before + infinitive


def _tables() -> tuple[dict[str, str], dict[str, list[tuple[int, str]]]]:
    """The infinitive of each whole form, and the rows of endings and infinitives of each stem."""
    forms = {form: verb for verb, listing in FORMS.items() for form in listed(listing)}
    stems: dict[str, list[tuple[int, str]]] = {}
    for stem, kind, infinitive in _stems():
        forms.setdefault(infinitive, infinitive)
        if not stem.endswith("-"):
            stems.setdefault(stem, []).append((kind, infinitive))
    return forms, stems


_INFINITIVE_OF_FORM, _VERBS_OF_STEM = _tables()
_BEGINNINGS: Final = frozenset(form[:4] for form in (*_INFINITIVE_OF_FORM, *_VERBS_OF_STEM))
"""The first letters of all forms, at most four: most other words have none of these."""
_SHORT_BEGINNINGS: Final = frozenset(form for form in _BEGINNINGS if len(form) < 4)


@lru_cache(1 << 15)
def is_beginning(letters: str) -> bool:
    """Whether a verb of the third group may have these first four letters."""
    return letters in _BEGINNINGS or letters[:3] in _SHORT_BEGINNINGS or letters[:2] in _SHORT_BEGINNINGS


def irregular_infinitive(word: str) -> str | None:
    """The infinitive of the verb of the third group that a folded word is a form of, None of other words.

    ``prennent`` gives ``prendre``. Where the infinitive is a noun too, another form of the verb stands for
    it.
    """
    if not is_beginning(word[:4]):
        return None
    if word in NOT_VERBS:
        return None
    whole = _INFINITIVE_OF_FORM.get(word)
    if whole is not None:
        return whole
    if word.endswith(_ENDINGS_OF_NOUNS) and regular_infinitive(word):
        return None
    for size in _SIZES_OF_ENDINGS.get(word[-1], (0,)):
        cut = len(word) - size
        if cut < _MIN_LETTERS_OF_STEM:
            break
        for kind, verb in _VERBS_OF_STEM.get(word[:cut], ()):
            if word[cut:] in _ENDINGS[kind] and _is_form(word, cut, kind):
                return verb
    return None


def _is_form(word: str, cut: int, kind: int) -> bool:
    """Whether the stem before ``cut`` and the ending after it make a word.

    ``met`` and ``soumis`` are words; ``vien`` and ``miss`` are not.
    """
    if cut == len(word):
        return kind == _PARTICIPLE or word[-1] in _FINAL_CONSONANTS
    return not word.endswith("ss")
