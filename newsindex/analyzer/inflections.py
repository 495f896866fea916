"""The singulars of French words, in one form for both genders, and the words that no rule covers.

Words are folded, without accents. The tables hold only what Snowball's algorithm gets wrong in words that
newspapers use.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final


def listed(listing: str) -> list[str]:
    """The words of a text that lists them between spaces."""
    return listing.split()


def _each(value: str, words: str) -> Iterable[tuple[str, str]]:
    """Pairs of each listed word and the value that all of them have."""
    return ((word, value) for word in listed(words))


_FINAL_S_OF_ITS_OWN: Final = frozenset(
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

_IRREGULAR_SINGULARS: Final = dict(
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
_ENDINGS_KEEPING_S: Final = ("ss", "ais", "ois", "pris", "mis", "cis", "assis")
_MAX_LETTERS_OF_SINGULAR_IN_AUX: Final = 4  # taux and faux are no plurals
_VERB_ENDINGS_IN_ONS: Final = ("erons", "erions", "irons", "issons")  # Snowball needs their s
_NOUNS_IN_ONS: Final = frozenset(
    listed("""
    vignerons biberons bucherons ailerons pucerons chaperons forgerons environs moucherons napperons
    herissons polissons saucissons nourrissons mousserons percherons
""")
)
_PLURALS_IN_IS: Final = frozenset(listed("amis ennemis fourmis soucis raccourcis"))
_ENDINGS_WITH_FEMININE_IN_E: Final = ("pris", "mis", "cis", "quis", "assis", "gris")
_ENDINGS_WITH_FEMININE_IN_VE: Final = ("if", "euf", "bref")
_WORDS_WITH_FEMININE_IN_SE: Final = frozenset(listed("divers pervers clos"))

_COMMON_GENDER: Final = dict(
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
_MASCULINE_ENDINGS: Final = (("trice", "teur"), ("drice", "deur"), ("euse", "eur"), ("eure", "eur"))
_NOT_FEMININES: Final = frozenset(listed("matrice cicatrice creuse tueuse"))

# Nouns and adjectives in -it and -ait, which Snowball takes for verbs; their feminine is in -te.
_WORDS_WITH_FEMININE_IN_TE: Final = frozenset(
    listed("""
    petit credit discredit conflit delit profit habit recit inedit debit edit deficit transit depit repit
    prurit conscrit subit tacit granit bandit exit brexit cockpit summit maudit reddit spirit souhait
    portrait parfait distrait bienfait forfait mefait imparfait autoportrait insatisfait lait
""")
)

# Words in -ite that have no accent to put back, verbs among them.
_WORDS_IN_ITE: Final = listed("""
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

SNOWBALL_INPUT: Final = {
    **{word: word for word in _WORDS_IN_ITE},
    **{word: word for word in listed("different referent coherent indifferent incoherent deferent")},
    **{word: word[:-1] + "é" for word in _PARTICIPLES},
}  # fmt: skip
"""The words that Snowball is given instead of those which the suffixes of stemming.py would spoil."""

FIXED_STEMS: Final = dict(
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
"""The stems of singulars that Snowball would part from their own kind, or join with another word."""

NOUNS_LIKE_STEMS: Final = frozenset(listed("depart environ orient design concert express droit trait train"))
"""Nouns that Snowball gives as the stem of other words too: ``depart`` as that of ``departement``."""

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
"""Participles of verbs in -ir. Any other word in a consonant and -i is a noun or a name, and keeps its i."""


def singular(word: str) -> str:
    """The singular of a folded word: most words in -s and some in -x lose the sign of the plural."""
    if word[-1] not in "sx":
        return word
    known = _IRREGULAR_SINGULARS.get(word)
    if known is not None:
        return known
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux") and len(word) > _MAX_LETTERS_OF_SINGULAR_IN_AUX:
        return word[:-2] + "l"
    if word.endswith(_VERB_ENDINGS_IN_ONS) and word not in _NOUNS_IN_ONS:
        return word
    if len(word) < 4 or word[-1] == "x" or word in _FINAL_S_OF_ITS_OWN:
        return word
    if word.endswith(_ENDINGS_KEEPING_S) and word not in _PLURALS_IN_IS:
        return word
    return word[:-1]


def common_gender(word: str) -> str:
    """One form of a folded singular for both genders, where Snowball's rules do not bring the two together.

    The form is mostly the masculine; but ``précis``, ``petit`` and ``actif``, which Snowball would take for
    forms of verbs, are given as their feminine.
    """
    known = _COMMON_GENDER.get(word)
    if known is not None:
        return known
    if word[-1] == "e":
        for feminine, ending in _MASCULINE_ENDINGS:
            if word.endswith(feminine) and len(word) > len(feminine) + 1 and word not in _NOT_FEMININES:
                return word[: -len(feminine)] + ending
    elif word.endswith(_ENDINGS_WITH_FEMININE_IN_VE):
        return word[:-1] + "ve"
    elif (
        word.endswith(_ENDINGS_WITH_FEMININE_IN_E)
        or word in _WORDS_WITH_FEMININE_IN_SE
        or word in _WORDS_WITH_FEMININE_IN_TE
    ):
        return word + "e"
    return word
