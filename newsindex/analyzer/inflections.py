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
    abces abstrus abus acces alexis alors apres avis boris bras camus castres clovis confus corps cours dans
    deces denis dessous dessus diffus divers elvis epars exces exquis fils gates gens gras gris gros hamas
    hors intrus iris limoges lors louis marquis mars metis mors news nous obtus ours paris pays perclus
    pervers plus poids pres reclus refus revers sans sens souris sous surplus tapis travers tres tunis
    univers vers vous
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
    vignerons biberons bucherons ailerons pucerons chaperons forgerons environs napperons herissons
    saucissons nourrissons mousserons percherons
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
            fort haut vert noir seul pur lent vrai bleu gai laid brun egal oral sain vain plat ami nu
            indu fin brut rond
        """)),
        *((word + word[-1] + "e", word) for word in listed("""
            bon tel quel reel nul net sot las chat lion gentil sien mien paysan muet
        """)),
        ("franche", "franc"), ("benigne", "benin"), ("maligne", "malin"), ("laquelle", "lequel"),
        ("lesquel", "lequel"), ("lesquelle", "lequel"), ("aigue", "aigu"), ("floue", "flou"),
        ("ourse", "ours"), ("nee", "ne"), ("jalouse", "jaloux"), ("molle", "mou"), ("pieuse", "pieux"),
        ("laique", "laic"),
        *((word + "e", word) for word in listed("""
            joli nazi neonazi infini impuni apprenti ennemi demi hardi cheri emirati qatari bahreini
        """)),
    ]
)  # fmt: skip
_MASCULINE_ENDINGS: Final = (("trice", "teur"), ("drice", "deur"), ("euse", "eur"), ("eure", "eur"))
_NOT_FEMININES: Final = frozenset(listed("matrice cicatrice tueuse"))

# Nouns and adjectives in -it and -ait, which Snowball takes for verbs; their feminine is in -te.
_WORDS_WITH_FEMININE_IN_TE: Final = frozenset(
    listed("""
    petit credit discredit conflit delit profit habit recit inedit debit edit deficit transit depit
    repit prurit conscrit subit granit bandit exit brexit cockpit summit reddit spirit souhait stupefait
    portrait bienfait forfait mefait imparfait autoportrait lait
""")
)

# Words in -ite that have no accent to put back, verbs among them.
_WORDS_IN_ITE: Final = listed("""
    discredite habilite maladroite satellite parasite composite explicite implicite inedite hypocrite
    insolite illicite dynamite maronite antisemite appendicite meningite hepatite encephalite illimite
    desherite premedite
""")

# Participles in -é whose folded form Snowball takes for a noun's suffix, without their accents.
_PARTICIPLES: Final = listed("""
    contrarie salarie inapproprie domicilie expatrie affilie sophistique inexplique surclasse reference
""")

SNOWBALL_INPUT: Final = {
    **{word: word for word in _WORDS_IN_ITE},
    **{word: word for word in listed("different referent coherent indifferent incoherent deferent")},
    **{word: word[:-1] + "é" for word in _PARTICIPLES},
}  # fmt: skip
"""The words that Snowball is given instead of those which the suffixes of stemming.py would spoil."""

FIXED_STEMS: Final = dict(
    [
        *_each("elect", "election electoral electorale"), *_each("durer", "dur"),
        *_each("mourir", "mort morte"), ("agee", "age"), ("epoux", "epouser"), ("retrait", "retirer"),
        *_each("etranger", "etranger etrangere"), ("importance", "important"), ("passager", "passager"),
        *_each("complice", "complice complicite"), *_each("publicit", "publicite publicitaire"),
        *_each("courant", "courant courante"), *_each("montant", "montant montante"),
        *_each("positif", "positif positive"), *_each("relatif", "relatif relative"),
        *_each("collectif", "collectif collective"), *_each("exclusif", "exclusif exclusive exclusivite"),
        *_each("attentif", "attentif attentive"), *_each("objectif", "objectif objective"),
        *((word, word) for word in listed("""
            partie chatiment loyer foyer mars hamas pays amiante deces vers fils fraise audition cours gens
            news pendant devant durant maintenant restaurant parlement testament batiment sentiment
            appartement opera visa colonne colonie compagnie compagne maree voila genie collectivite
            dispositif motif directive attention france louis denis alexis boris algerie tunisie amerique
            trait course gervais marais relais desir villa terrasse communication agissement
            marie armee variante
        """)),
    ]
)  # fmt: skip
"""The stems of singulars that Snowball would part from their own kind, or join with another word."""

NOUNS_LIKE_STEMS: Final = frozenset(listed("depart environ orient design express droit trait"))
"""Nouns that Snowball gives as the stem of other words too: ``depart`` as that of ``departement``."""


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
