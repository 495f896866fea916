"""The verbs that French nouns of action belong to: *augmenter* for *augmentation*.

Words are folded, without accents. Only nouns of action go with their verb: adjectives in *-able* and nouns
of those who act, in *-eur*, do not. A noun whose sense has moved away from its verb (``organisation``) is
listed, and stays by itself.
"""

from __future__ import annotations

from typing import Final

from .inflections import listed
from .regular_verbs import compound_infinitive, infinitive_in_er, infinitive_in_ir

_ENDINGS: Final = ("ation", "ement", "age", "ance")
_ENDING_OF_SECOND_GROUP: Final = "issement"
_MIN_LETTERS_OF_BARE_NOUN: Final = 5  # transport is of transporter, but port is not of porter

_OF_THEIR_OWN: Final = frozenset(
    listed("""
    acceptation accumulation administration affectation affirmation allegation appellation application
    appreciation association attestation captation circulation citation communication compensation
    complication concentration confrontation consideration constatation continuation datation decoration
    destination discrimination dotation elevation emanation embarcation evocation exploration figuration
    fixation fondation formation formulation generation habitation hesitation illustration imagination
    importation incitation indication indignation information inondation interpretation interrogation
    invitation limitation manipulation motivation notation obligation occupation operation organisation
    orientation passation plantation precipitation preoccupation presentation privation procuration
    prolongation protestation realisation reservation situation sollicitation variation

    action affection cession execution fonction impression infection mention mission notion occasion option
    passion pension portion pression question section transition version vision

    agissement amendement amusement applaudissement armement arrangement arrondissement attachement
    avancement avertissement campement chargement classement commandement commencement completement
    comportement croisement dechirement doublement echappement empechement encombrement encouragement
    engagement enregistrement entrainement equipement etablissement etonnement fondement franchissement
    gouvernement groupement habillement interessement jugement logement manquement ornement placement
    rangement reglement remerciement renoncement roulement signalement traitement tremblement versement
    virement

    accrochage affichage alliage barrage blocage branchage chantage collage comptage couchage decalage
    decrochage doublage echouage elevage emballage entourage equipage etalage garage guidage habillage
    lachage lavage levage marquage menage montage nettoyage otage passage pilotage placage pointage portage
    rattrapage reglage relevage reperage roulage sauvage serrage tapage tatouage tirage tournage usage
    virage visage visionnage

    allegeance confiance creance defiance esperance fiance ordonnance vacance vacation

    cassation ration recreation sommation tentation

    grillage

    abandon abord affront aliment apport appui balai canton chant command comment concert constat contact
    cumul debut decor desert dessin destin detail ecart eclair eclat entrain exploit flash frein handicap
    heurt impact plomb point projet rappel rapport reflet regret signal soupcon stock support teletravail
    train travers
""")
)
"""Nouns whose sense has moved away from their verb, or is so general that the verb says little of it."""
_NAMES: Final = frozenset(listed("connect cooper esper march press touch"))
"""Names and English words that are spelled like the stem of a verb."""
NOUNS_OF_METTRE: Final = {
    noun: noun.removesuffix("mission") + "mettre"
    for noun in listed("admission permission soumission transmission retransmission readmission")
}
"""The infinitives that nouns in -mission belong to."""
PARTICIPIAL_NOUNS: Final = {
    noun + ending: noun
    for noun in listed("commercant etudiant important migrant militant")
    for ending in ("", "s", "e", "es")
}
"""The masculine singulars of words in -ant that are first of all nouns or adjectives, and not participles of
their verb."""


def verb_of_noun(noun: str) -> str | None:
    """The infinitive that a noun of action in the singular belongs to, None of other words.

    ``augmentation``, ``changement``, ``partage`` and ``division`` are of ``augmenter``, ``changer``,
    ``partager`` and ``diviser``; ``appel`` and ``emploi`` are of ``appeler`` and ``employer``.
    """
    if noun in _OF_THEIR_OWN or noun in _NAMES:
        return None
    if noun.endswith(_ENDING_OF_SECOND_GROUP):
        return infinitive_in_ir(noun.removesuffix(_ENDING_OF_SECOND_GROUP))
    for ending in _ENDINGS:
        if noun.endswith(ending):
            before = noun.removesuffix(ending)
            hard = infinitive_in_er(before[:-1] + "qu") if before[-1:] == "c" else None  # explication
            in_at = infinitive_in_er(before + "at") if ending == "ation" else None  # constations
            return infinitive_in_er(before) or hard or in_at or compound_infinitive(before)
    if noun.endswith("ution") and (acting := infinitive_in_er(noun.removesuffix("tion"))):
        return acting  # diminution
    if noun.endswith(("sion", "tion")):
        acting = infinitive_in_er(noun.removesuffix("ion"))
        return acting or infinitive_in_er(noun + "n") or compound_infinitive(noun + "n")
    return _verb_of_bare_noun(noun)


def _verb_of_bare_noun(noun: str) -> str | None:
    """The infinitive that a noun without a suffix belongs to: ``conseiller`` for ``conseil``."""
    if len(noun) < _MIN_LETTERS_OF_BARE_NOUN:
        return None
    before_y = infinitive_in_er(noun[:-1] + "y") if noun[-1] == "i" else None
    return infinitive_in_er(noun) or infinitive_in_er(noun + noun[-1]) or before_y
