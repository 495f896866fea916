"""The infinitives of French regular verbs, by their forms.

Words are folded, without accents. The forms of a verb that ``regular_infinitives`` lists are all known. Of
other verbs those forms are guessed whose suffix is that of a noun too: the third person in *-ent* looks like
many nouns, so those nouns are listed, and the other words are verbs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from .inflections import listed
from .regular_infinitives import STEMS_IN_ER, STEMS_IN_IR

_ENDINGS_IN_ER: Final = frozenset(
    listed("""
    e es ent er ez ons ions iez ait ais aient ant a as ai ames ates erent asse asses assent assions assiez
    era eras erai erez erons eront erait erais eraient erions eriez ee ees
""")
)
_ENDINGS_IN_IR: Final = frozenset(
    listed("""
    i is it ie ies ir ira iras irai irez irons iront irait irais iraient irions iriez issons issez issent
    issait issais issaient issions issiez issant isse isses imes ites irent
""")
)
_ALL_ENDINGS: Final = _ENDINGS_IN_ER | _ENDINGS_IN_IR
_SIZES_OF_ENDINGS: Final = {
    last: sorted({len(ending) for ending in _ALL_ENDINGS if ending[-1] == last})
    for last in {ending[-1] for ending in _ALL_ENDINGS}
}
"""The numbers of letters of all endings that have the same last letter, ascending."""
_MIN_LETTERS_OF_STEM: Final = 2
_MIN_LETTERS_BEFORE_A: Final = 3  # in the simple past: posa
_DOUBLED: Final = frozenset(
    listed("""
    appell rappell jett projett renouvell epell ficell ruissell chancell morcell ensorcell amoncell
    etincell dentell feuillett etiquett
""")
)
"""Stems that double their consonant before a mute e."""
_PREFIXES: Final = ("re", "de")
_MIN_LETTERS_AFTER_PREFIX: Final = 4

_NOT_FORMS: Final = frozenset(
    listed("""
    aiguillons bataillons bouchons bouffons brouillons bruni calais castres ceinturons chaussons cochons
    communions coupons dictons doublons etalons feta feuilletons filons fusee fusees gates gaza gazons
    glacons greffons grillons grognons guetta guidons jetons jura jurons lava limoges lions lisa maria marie
    marquez mata melons minerai napperons nourrissons paria paris perimes pietons pistons plantons plongeons
    pompons prima primates puma rama rata ratons rayons rebellions regimes rejetons reussites reveillons
    rodez tamise tata tate unites violons
""")
)
"""Words that are first of all nouns or names, though a regular verb has a form of the same letters."""

_NOUNS_IN_ENT: Final = frozenset(
    listed("""
    absent abstinent accent accident adherent adjacent adolescent affluent agent ambient ambivalent
    antecedent apparent ardent argent arpent astringent auvent avent brent client coefficient competent
    concurrent confident confluent congruent conscient consequent content continent contingent convalescent
    convergent copresident corpulent couvent current decent deferent deficient deliquescent detergent
    different diligent dissident divergent dolent effervescent efficient eloquent emergent eminent entregent
    equivalent escient evanescent event evident excedent excellent exigent expedient fervent flamboient
    florent fluorescent frequent grandiloquent hexavalent immanent imminent impatient impertinent impotent
    imprudent impudent incandescent incident incompetent inconscient inconsequent inconvenient indecent
    independent indigent indolent indulgent influent ingredient innocent insolent insurgent intelligent
    intermittent jacent latent laurent lorient luminescent malcontent mecontent munificent negligent nogent
    occident omnipotent omnipresent omniscient opulent orient paravent parent patent patient penitent
    permanent pertinent polyvalent precedent prescient present president prigent proeminent prudent purulent
    quotient recent recipient recurrent referent regent relent resident resilient resurgent reticent rodent
    sergent serpent silent somnolent souvent strident student subconscient subsequent succulent talent
    tangent tencent torrent transcendent transparent trent trident truculent turbulent urgent vincent
    violent virulent
""")
)
"""Words in -ent, but not in -ment, that are not the third person of a verb."""
_VERBS_IN_ISSENT: Final = frozenset(listed("plissent tapissent rapetissent"))


def _infinitives_in_er() -> dict[str, str]:
    """The infinitives of the listed verbs in -er, by all that may stand in front of an ending."""
    infinitives = {doubled: doubled[:-1] + "er" for doubled in _DOUBLED}
    infinitives |= {stem[:-1] + "i": stem + "er" for stem in STEMS_IN_ER if stem[-1] == "y"}  # emploie
    infinitives |= {stem + "e": stem + "er" for stem in STEMS_IN_ER if stem[-1] == "g"}  # mangeait
    return infinitives | {stem: stem + "er" for stem in STEMS_IN_ER}


_INFINITIVES_IN_ER: Final = _infinitives_in_er()
_BEGINNINGS: Final = frozenset(
    letters[:4]
    for before in (*_INFINITIVES_IN_ER, *STEMS_IN_IR)
    for letters in (before, before.replace("qu", "c"))  # explication is of expliquer
)
"""The first letters of all verbs, at most four: most other words have none of these."""
_SHORT_BEGINNINGS: Final = frozenset(before for before in _BEGINNINGS if len(before) < 4)


@lru_cache(1 << 15)
def is_beginning(letters: str) -> bool:
    """Whether a listed verb may have these first four letters, so that their word is worth looking up."""
    return letters in _BEGINNINGS or letters[:3] in _SHORT_BEGINNINGS or letters[:2] in _SHORT_BEGINNINGS


def may_be_compound(word: str) -> bool:
    """Whether a word begins like a compound of a listed verb."""
    return word[:2] in _PREFIXES and word[2:6] in _BEGINNINGS


def infinitive_in_er(before: str) -> str | None:
    """The infinitive of the listed verb in -er that has ``before`` in front of its ending, or None."""
    return _INFINITIVES_IN_ER.get(before)


def compound_infinitive(before: str) -> str | None:
    """The infinitive of a compound of a listed verb, as :func:`infinitive_in_er` gives it of a listed one."""
    if before[:2] not in _PREFIXES or len(before) < _MIN_LETTERS_AFTER_PREFIX + 2:
        return None
    verb = infinitive_in_er(before[2:])
    return verb and before[:2] + verb


def infinitive_in_ir(before: str) -> str | None:
    """The infinitive of the listed verb in -ir that has ``before`` in front of its ending, or None."""
    return before + "ir" if before in STEMS_IN_IR else None


def _is_noun(before: str, ending: str) -> bool:
    """Whether a word of the stem of a verb and one of its endings is a noun: *sections*, *usa*."""
    if ending == "ions":
        return before[-1] in "stx"  # a form of the verb too, but most are the plural of a noun
    return len(before) < _MIN_LETTERS_BEFORE_A and ending in ("a", "as", "ai")


def regular_infinitive(word: str) -> str | None:
    """The infinitive of the listed verb that a folded word is a form of, None of other words.

    ``demandent`` gives ``demander``, ``emploient`` ``employer`` and ``finissait`` ``finir``.
    """
    sizes = _SIZES_OF_ENDINGS.get(word[-1])
    if sizes is None or word in _NOT_FORMS or word in _NOUNS_IN_ENT:
        return None
    verb_in_ir = compound = None
    longest = len(word) - _MIN_LETTERS_OF_STEM
    for size in sizes:
        if size > longest:
            break
        ending = word[-size:]
        if ending not in _ALL_ENDINGS:
            continue
        before = word[:-size]
        if ending in _ENDINGS_IN_ER:
            verb = infinitive_in_er(before)
            if verb is not None and not _is_noun(before, ending):
                return verb
            if compound is None and not _is_noun(before, ending):
                compound = compound_infinitive(before)
        if (
            verb_in_ir is None
            and ending in _ENDINGS_IN_IR
            and before in STEMS_IN_IR
            and not _is_noun(before, ending)
        ):
            verb_in_ir = before + "ir"
    return verb_in_ir or compound


def guessed_infinitive(word: str) -> str:
    """The infinitive of a verb that is not listed, for forms in -ent; any other word as it is."""
    if len(word) < 5 or not word.endswith("ent") or word.endswith(("ment", "aient", "erent")):
        return word
    if word in _NOUNS_IN_ENT:
        return word
    if word.endswith("issent") and word not in _VERBS_IN_ISSENT:
        return word[:-5] + "r"
    if word.endswith(("oient", "uient")):
        return word[:-4] + "yer"
    return word[:-3] + "er"
