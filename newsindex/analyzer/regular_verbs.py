"""The infinitives of French regular verbs, for the forms whose suffix is that of a noun too.

Words are folded, without accents. The third person in *-ent* looks like many nouns, so those nouns are
listed, and the other words are verbs; the first person in *-ons* looks like a plural, so the verbs are
listed.
"""

from __future__ import annotations

from typing import Final

from .inflections import listed

_MIN_ENT_LETTERS: Final = 5  # of a verb's third person in -ent

_NOUNS_IN_ENT: Final = frozenset(
    listed("""
    absent abstinent accent accident adherent adjacent adolescent affluent afferent agent ambient ambivalent
    antecedent apparent ardent argent arpent astringent auvent avent belligerent brent client coefficient
    coherent competent concurrent confident confluent congruent conscient consequent content contingent
    continent convalescent convergent copresident corpulent couvent crescent current decent deferent
    deficient deliquescent dent detergent different diligent dissident divergent dolent effervescent
    efficient eloquent emergent eminent entregent equivalent escient evanescent event evident excedent
    excellent exigent expedient fervent flamboient florent fluorescent frequent gent grandiloquent
    hexavalent immanent imminent impatient impertinent impotent imprudent impudent incandescent incident
    incoherent incompetent inconscient inconsequent inconvenient indecent independent indifferent indigent
    indolent indulgent influent ingredient inherent innocent insolent insurgent intelligent intermittent
    latent laurent lorient luminescent malcontent mecontent millicent munificent negligent nogent obedient
    occident omnipotent omnipresent omniscient opulent orient parent paravent patent patient penitent
    permanent pertinent pestilent polyvalent precedent prescient present president prevalent prigent
    proeminent prudent purulent quotient reagent recent recipient recurrent referent regent relent resident
    resurgent reticent rodent sapient sergent serpent silent somnolent souvent strident student subconscient
    subsequent succulent talent tangent tashkent tencent torrent transcendent transparent trent trident
    truculent turbulent urgent vincent violent virulent
""")
)
"""Words in -ent, but not in -ment, that are not the third person of a verb."""
_VERBS_IN_MENT: Final = frozenset(
    listed("""
    estiment reclament affirment aiment confirment expriment forment dorment consomment calment entament
    transforment alarment sement assument resument fument filment surnomment clament allument proclament
    animent informent somment ferment enferment enflamment desarment suppriment renferment rament nomment
    abiment reaffirment arment priment impriment referment reforment deforment depriment repriment
    compriment oppriment denomment renomment presument consument rallument parfument acclament declament
    blament charment raniment reaniment riment escriment legitiment briment victiment parsement trament
    affament diffament gomment assomment choment exhument inhument programment endorment essaiment rythment
    crament chament germent trimballent
""")
)
_VERBS_IN_ISSENT: Final = frozenset(listed("glissent hissent tissent plissent ratissent metissent"))
_STEMS_IN_R: Final = frozenset(
    listed("""
    prefer differ refer confer transfer infer defer interfer consider oper cooper liber deliber gener
    regener degener ger diger inger sugger adher esper desesper prosper recuper reper moder toler acceler
    deceler alter exager aver incarcer exasper obtemper macer inser prolifer vocifer remuner enumer inciner
    persever reiter tempor tir retir attir etir respir inspir aspir expir conspir transpir admir desir
    dechir vir
""")
)
"""Stems of regular verbs whose imperfect looks like a conditional: considérait, retirait."""
_ENDINGS_AFTER_R: Final = ("aient", "erent", "ions", "ait", "ais", "ent", "iez", "ons", "ez")
_AMBIGUOUS_ENDINGS: Final = ("ent", "ons", "ez", "ait", "ais")
_VERBS_IN_AIENT: Final = frozenset(listed("paient essaient relaient effraient balaient deblaient egaient"))
_VERBS_IN_ONS: Final = frozenset(
    listed("""
    demandons pensons rappelons souhaitons travaillons appelons continuons restons proposons laissons
    arretons constatons essayons aimons respectons traversons parlons oublions assistons disposons preparons
    cherchons partageons regrettons donnons regardons refusons acceptons comptons arrivons commencons
    deplorons observons engageons condamnons passons portons notons estimons risquons utilisons payons
    exigeons invitons trouvons reclamons recherchons sauvons confirmons annoncons envoyons denoncons
    presentons rencontrons luttons assumons encourageons marchons imaginons exhortons remercions votons
    aidons appliquons traitons jouons protegeons saluons recommandons organisons adressons achetons
    examinons discutons interrogeons decidons gagnons creons deployons tirons rentrons jugeons dirigeons
    mobilisons contestons ignorons
""")
)
"""Verbs in the first person plural. Other words in -ons are nouns, except most of those in -geons."""
_NOUNS_IN_GEONS: Final = frozenset(listed("pigeons bourgeons plongeons sauvageons badigeons drageons"))


def regular_infinitive(word: str) -> str:
    """The infinitive of a regular verb, for forms whose suffix does not show it; any other word as it is.

    ``demandent`` gives ``demander``, ``emploient`` ``employer`` and ``consideraient`` ``considerer``.
    """
    if not word.endswith(_AMBIGUOUS_ENDINGS):
        return word
    for ending in _ENDINGS_AFTER_R:
        if word.endswith(ending) and word[: -len(ending)] in _STEMS_IN_R and word not in _NOUNS_IN_ENT:
            return word[: -len(ending)] + "er"
    if word in _VERBS_IN_ONS or (word.endswith("geons") and word not in _NOUNS_IN_GEONS):
        return word[:-3].removesuffix("e") + "er"
    if word in _VERBS_IN_AIENT:
        return word[:-4] + "yer"
    if len(word) < _MIN_ENT_LETTERS or not word.endswith("ent") or word in _NOUNS_IN_ENT:
        return word
    return _third_person(word)


def _third_person(word: str) -> str:
    """The infinitive of a verb for its third person in -ent; any other word as it is."""
    if word.endswith(("aient", "erent")):
        return word
    if word.endswith("ment") and word not in _VERBS_IN_MENT:
        return word
    if word.endswith("issent") and word[-7:-6] not in tuple("aeou") and word not in _VERBS_IN_ISSENT:
        return word  # a verb in -ir
    if word.endswith(("oient", "uient")):
        return word[:-4] + "yer"
    return word[:-3] + "er"
