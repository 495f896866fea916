"""What is the singular of a French word, in one form for both genders, and which words follow no rule?

Folded words, without accents. Only what Snowball's algorithm gets wrong in words that newspapers use.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final


def listed(listing: str) -> list[str]:
    """The words of a listing."""
    return listing.split()


def _each(value: str, words: str) -> Iterable[tuple[str, str]]:
    return ((word, value) for word in listed(words))


_SAME: Final = frozenset(
    listed("""
    abces abus acces alors apres avis bras confus corps cours dans deces dessous dessus divers epars exces
    fils gris gros hamas hors lors mars mors nous obtus pays pervers plus poids pres puis revers sans sens
    sous tres travers univers vers vous camus gras clos enclos eclos forclos reclus diffus intrus perclus
    refus surplus abstrus exquis tapis paris tunis souris marquis news gens clovis louis denis alexis boris
    elvis iris
""")
)
"""Words whose final *s* belongs to them, where taking it off would make them another word, or part them
from their feminine in -se."""

_SINGULAR: Final = dict(
    [
        ("travaux", "travail"), ("vitraux", "vitrail"), ("coraux", "corail"), ("emaux", "email"),
        ("baux", "bail"), ("maux", "mal"), ("ideaux", "ideal"), ("cieux", "ciel"), ("yeux", "oeil"),
        ("materiaux", "materiau"), ("tuyaux", "tuyau"), ("joyaux", "joyau"), ("noyaux", "noyau"),
        ("boyaux", "boyau"), ("messieurs", "monsieur"), ("mesdames", "madame"),
        ("mesdemoiselles", "mademoiselle"),
        *((word, word[:-1]) for word in listed("""
            lieux milieux jeux enjeux feux adieux dieux voeux aveux cheveux neveux essieux epieux desaveux
            moyeux choux poux lois rois emplois tournois convois parois octrois effrois beffrois desarrois
            essais quais balais vrais gais
        """)),
        ("ans", "an"), ("nes", "ne"), ("nus", "nu"), ("tous", "tout"),
    ]
)  # fmt: skip
_KEEPS_S: Final = ("ss", "ais", "ois", "pris", "mis", "cis", "assis")
_SHORTEST_AUX: Final = 4  # taux and faux are no plurals
_VERBS_IN_ONS: Final = ("erons", "erions", "irons", "issons")  # Snowball knows them with their s
_NOUNS_IN_ONS: Final = frozenset(
    listed("""
    vignerons biberons bucherons ailerons pucerons chaperons forgerons environs moucherons napperons
    herissons polissons saucissons nourrissons mousserons percherons
""")
)
_LOSES_S: Final = frozenset(listed("amis ennemis fourmis soucis raccourcis"))
_FEMININE_IN_E: Final = ("pris", "mis", "cis", "quis", "assis", "gris")
_FEMININE_IN_IVE: Final = ("if", "euf", "bref")
_FEMININE_IN_SE: Final = frozenset(listed("divers pervers clos"))

_ONE_GENDER: Final = dict(
    [
        *_each("nouveau", "nouvelle nouvel"), *_each("beau", "belle bel"), *_each("vieux", "vieille vieil"),
        ("folle", "fou"), ("jumelle", "jumeau"), ("blanche", "blanc"), ("seche", "sec"),
        ("grecque", "grec"), ("turque", "turc"), ("publique", "public"), ("longue", "long"),
        ("grosse", "gros"),
        ("basse", "bas"), ("grasse", "gras"), ("epaisse", "epais"), ("rousse", "roux"), ("douce", "doux"),
        ("fausse", "faux"), ("fraiche", "frais"), ("favorite", "favori"), ("cette", "cet"), ("toute", "tout"),
        ("legere", "leger"), ("conseillere", "conseiller"), ("mensongere", "mensonger"),
        ("boulangere", "boulanger"),
        ("bergere", "berger"), ("messagere", "messager"), ("menagere", "menager"), ("bouchere", "boucher"),
        ("entiere", "entier"), ("fiere", "fier"),
        ("chere", "cher"), ("amere", "amer"),
        *((word + "e", word) for word in listed("""
            fort haut vert noir seul pur lent vrai bleu gai laid brun egal oral sain vain mort plat ami nu
            indu fin gris brut aine rond
        """)),
        *((word + word[-1] + "e", word) for word in listed("""
            bon tel quel reel nul net sot las chat lion gentil sien mien tien paysan muet
        """)),
        ("franche", "franc"), ("benigne", "benin"), ("maligne", "malin"), ("laquelle", "lequel"),
        ("lesquel", "lequel"), ("lesquelle", "lequel"), ("aigue", "aigu"), ("nee", "ne"),
        ("jalouse", "jaloux"), ("molle", "mou"), ("pieuse", "pieux"), ("laique", "laic"),
        *((word + "e", word) for word in listed("""
            joli nazi ennemi demi inoui hardi cheri emirati qatari bahreini
        """)),
    ]
)  # fmt: skip
_FEMININE_ENDINGS: Final = (("trice", "teur"), ("drice", "deur"), ("euse", "eur"), ("eure", "eur"))
_NOT_FEMININE: Final = frozenset(listed("matrice cicatrice creuse tueuse"))

# Nouns and adjectives in -it and -ait, which Snowball takes for verbs.
_FEMININE_IN_TE: Final = frozenset(
    listed("""
    petit credit discredit conflit delit profit habit recit inedit debit edit deficit transit depit repit
    prurit conscrit subit tacit granit bandit exit brexit cockpit summit maudit reddit spirit souhait
    portrait parfait distrait bienfait forfait mefait imparfait autoportrait insatisfait lait
""")
)

# Words in -ite that have no accent to put back, verbs among them.
_ITE: Final = listed("""
    cohabite ressuscite discredite precipite sollicite felicite facilite necessite rehabilite habilite
    maladroite satellite parasite composite explicite implicite inedite hypocrite insolite illicite dynamite
    maronite antisemite appendicite meningite hepatite encephalite revisite delimite illimite plebiscite
    decapite desherite ingurgite accredite premedite
""")

# Participles in -é whose folded form Snowball takes for a noun's suffix, without their accents.
_PARTICIPLES: Final = listed("""
    publie associe dissocie etudie oublie apprecie negocie beneficie remercie licencie initie remedie
    privilegie refugie reconcilie humilie convie varie dedie expedie rallie relie replie deplie multiplie
    supplie decrie contrarie salarie remanie approprie inapproprie incendie domicilie photographie expatrie
    rapatrie affilie spolie devie differencie repertorie inventorie revendique eradique diagnostique
    domestique sophistique inexplique depasse ramasse embarrasse debarrasse surpasse repasse tabasse
    pourchasse surclasse fracasse cadenasse recommence concurrence reference
""")

READ_AS: Final = {
    **{word: word for word in _ITE},
    **{word: word for word in listed("different referent coherent indifferent incoherent deferent")},
    **{word: word[:-1] + "é" for word in _PARTICIPLES},
}  # fmt: skip
"""How Snowball is to read words that the suffixes of stemming.py would mislead it on."""

ALONE: Final = dict(
    [
        *_each("elect", "electoral electorale"), *_each("retir", "retrait"), *_each("arme", "armer"),
        *_each("communiqu", "communication communique"), *_each("dure", "dur"),
        *_each("etranger", "etranger etrangere"), *_each("important", "important importante importance"),
        *_each("passager", "passager passagere"), *_each("complice", "complice complicite"),
        *_each("publicit", "publicite publicitaire"), *_each("courant", "courant courante"),
        *_each("positif", "positif positive"), *_each("relatif", "relatif relative"),
        *_each("collectif", "collectif collective"), *_each("exclusif", "exclusif exclusive exclusivite"),
        *_each("attentif", "attentif attentive"),
        *((word, word) for word in listed("""
            partie chatiment loyer foyer mars hamas pays petition amiante revers deces vers fils fraise
            audition cours gens news pendant devant durant maintenant partant montant restaurant parlement
            testament batiment sentiment appartement opera visa colonne colonie compagnie compagne maree
            voila genie collectivite dispositif objectif motif directive attention france louis denis alexis
            boris trait algerie tunisie amerique course gervais marais relais desir villa terrasse marie
        """)),
    ]
)  # fmt: skip
"""Singulars with a stem of their own: Snowball's parts what a reader takes for one word, or joins two."""

NOUNS_OF_THEIR_OWN: Final = frozenset(
    listed("depart environ orient design concert express droit trait train")
)
"""Nouns that Snowball takes for the stem of other words: ``depart`` of ``departement``."""

PARTICIPLES_IN_I: Final = frozenset(
    listed("""
    choisi fini saisi etabli subi averti franchi accueilli investi failli recueilli fourni peri grandi bondi
    rempli rencheri abouti elargi garanti envahi ralenti accompli muni atterri ravi affaibli durci defini
    retabli assorti nourri assoupli banni gueri trahi applaudi puni bati converti reflechi retenti
    reconverti brandi alourdi pourri poli rebondi meurtri raccourci enseveli blanchi terni surgi enrichi
    pati aneanti approfondi sevi resurgi faibli sali grossi beni refroidi aboli regi englouti assombri vomi
    retreci dessaisi ressurgi surencheri tari verdi degarni appauvri imparti vieilli gravi ourdi arrondi
    reinvesti assailli amoindri cueilli demoli garni etourdi rosi affranchi eclairci amorti adouci rajeuni
    embouti noirci agrandi maigri jailli predefini rafraichi flechi travesti rebati reussi demuni subverti
    perverti diverti assujetti anobli enlaidi moisi rugi gemi jauni
""")
)
"""Participles of verbs in -ir; another word in a consonant and -i is a noun or a name, and keeps it."""


def singular(word: str) -> str:
    """The word without the sign of the plural; most words in -s and some in -x."""
    if word[-1] not in "sx":
        return word
    known = _SINGULAR.get(word)
    if known is not None:
        return known
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux") and len(word) > _SHORTEST_AUX:
        return word[:-2] + "l"
    if word.endswith(_VERBS_IN_ONS) and word not in _NOUNS_IN_ONS:
        return word
    if len(word) < 4 or word[-1] == "x" or word in _SAME:
        return word
    if word.endswith(_KEEPS_S) and word not in _LOSES_S:
        return word
    return word[:-1]


def common_gender(word: str) -> str:
    """One form of a singular for both genders, where Snowball's rules do not bring the two together.

    Mostly the masculine; but ``précis``, ``petit`` and ``actif``, which Snowball would take for forms of
    verbs, are given as their feminine.
    """
    known = _ONE_GENDER.get(word)
    if known is not None:
        return known
    if word[-1] == "e":
        for feminine, ending in _FEMININE_ENDINGS:
            if word.endswith(feminine) and len(word) > len(feminine) + 1 and word not in _NOT_FEMININE:
                return word[: -len(feminine)] + ending
    elif word.endswith(_FEMININE_IN_IVE):
        return word[:-1] + "ve"
    elif word.endswith(_FEMININE_IN_E) or word in _FEMININE_IN_SE or word in _FEMININE_IN_TE:
        return word + "e"
    return word
