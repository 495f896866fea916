"""What is the singular of a French word, in one form for both genders, and which words follow no rule?

Folded words, without accents. Only what Snowball's algorithm gets wrong in words that newspapers use;
a plural that it takes back by itself (``journaux``) is not here.
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
    abces abus acces alors apres aupres autrefois avis bas bois bras bus confus congres corps cours cypres
    dans deces depens dessous dessus discours divers dos epars exces expres fils fois frais grass gris gros
    hamas hors jamais lors mais mars mauvais mois mors nous obtus pays pervers plus pois poids pres proces
    progres puis quelquefois revers sans secours sens soudes sous succes suspens texas toutefois tres
    travers trois univers vers vous camus gras las clos enclos eclos forclos parfois inclus reclus diffus
    intrus perclus refus surplus abstrus acquis exquis conquis requis tapis paris tunis souris marquis news
    gens clovis louis denis francis alexis boris elvis iris
""")
)
"""Words whose final *s* belongs to them, where taking it off would make them another word, or part them
from their feminine in -se."""

_SINGULAR: Final = dict(
    [
        ("travaux", "travail"), ("vitraux", "vitrail"), ("coraux", "corail"), ("emaux", "email"),
        ("baux", "bail"), ("maux", "mal"), ("ideaux", "ideal"), ("cieux", "ciel"), ("yeux", "oeil"),
        ("materiaux", "materiau"), ("tuyaux", "tuyau"), ("joyaux", "joyau"), ("noyaux", "noyau"),
        ("boyaux", "boyau"), ("messieurs", "monsieur"), ("mesdames", "madame"), ("oeils", "oeil"),
        *((word, word[:-1]) for word in listed("""
            lieux milieux jeux enjeux feux adieux dieux voeux aveux cheveux neveux essieux epieux desaveux
            moyeux bijoux genoux choux cailloux hiboux poux joujoux lois rois emplois tournois envois
            convois renvois parois octrois effrois beffrois desarrois delais essais quais balais vrais
            remblais deblais gais geais
        """)),
        ("ans", "an"), ("nes", "ne"), ("nus", "nu"), ("tous", "tout"), ("os", "os"),
    ]
)  # fmt: skip
_KEEPS_S: Final = ("ss", "ais", "ois", "pris", "mis", "cis", "assis")
_SHORTEST_AUX: Final = 4  # taux and faux are no plurals
_VERBS_IN_ONS: Final = ("erons", "erions", "irons", "issons")  # Snowball knows them with their s
_NOUNS_IN_ONS: Final = frozenset(
    listed("""
    vignerons eperons biberons bucherons ailerons pucerons chaperons forgerons environs avirons girons
    escadrons moucherons napperons fleurons herissons polissons saucissons unissons nourrissons mousserons
    percherons
""")
)
_LOSES_S: Final = frozenset(listed("amis ennemis fourmis demis soucis raccourcis"))
_FEMININE_IN_E: Final = ("pris", "mis", "cis", "quis", "assis", "gris")
_FEMININE_IN_IVE: Final = ("if", "euf", "bref")
_FEMININE_IN_SE: Final = frozenset(
    listed("divers pervers inclus reclus diffus intrus perclus confus obtus clos refus")
)

_ONE_GENDER: Final = dict(
    [
        *_each("nouveau", "nouvelle nouvel"), *_each("beau", "belle bel"), *_each("vieux", "vieille vieil"),
        ("folle", "fou"), ("jumelle", "jumeau"), ("blanche", "blanc"), ("seche", "sec"),
        ("grecque", "grec"), ("turque", "turc"), ("publique", "public"), ("longue", "long"),
        ("grosse", "gros"),
        ("basse", "bas"), ("grasse", "gras"), ("epaisse", "epais"), ("rousse", "roux"), ("douce", "doux"),
        ("fausse", "faux"), ("fraiche", "frais"), ("favorite", "favori"), ("cette", "cet"), ("toute", "tout"),
        ("tous", "tout"), ("etrangere", "etranger"), ("legere", "leger"), ("passagere", "passager"),
        ("conseillere", "conseiller"), ("mensongere", "mensonger"), ("boulangere", "boulanger"),
        ("bergere", "berger"), ("messagere", "messager"), ("menagere", "menager"), ("bouchere", "boucher"),
        ("premiere", "premier"), ("derniere", "dernier"), ("entiere", "entier"), ("fiere", "fier"),
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
        ("jalouse", "jaloux"), ("molle", "mou"),
        *((word + "e", word) for word in listed("joli nazi ennemi demi inoui hardi cheri")),
    ]
)  # fmt: skip
_FEMININE_ENDINGS: Final = (("trice", "teur"), ("drice", "deur"), ("euse", "eur"), ("eure", "eur"))
_NOT_FEMININE: Final = frozenset(
    listed("matrice cicatrice heure beure demeure meuse creuse pleure fleure tueuse")
)

# Nouns and adjectives in a consonant and -it; every other such word is a verb.
_NOUNS_IT: Final = frozenset(
    listed("""
    petit credit discredit conflit delit profit esprit habit recit inedit debit edit gabarit deficit audit
    transit depit repit acabit prurit manuscrit conscrit subit tacit granit bandit exit brexit cockpit
    summit maudit reddit spirit
""")
)
_NOUNS_AIT: Final = frozenset(
    listed("""
    souhait portrait parfait satisfait extrait attrait distrait abstrait defait bienfait forfait mefait
    imparfait autoportrait insatisfait trait lait fait
""")
)

# Words in -ite that have no accent to put back, verbs among them.
_ITE: Final = listed("""
    visite invite profite limite cite merite evite imite irrite debite edite reedite herite hesite habite
    cohabite suscite incite excite ressuscite recite milite exploite credite discredite medite agite
    precipite sollicite felicite facilite necessite rehabilite habilite convoite traite souhaite retraite
    suite fuite conduite elite site petite droite etroite adroite maladroite reussite faillite poursuite
    satellite parasite composite explicite implicite gratuite inedite subite maudite interdite dite ecrite
    decrite inscrite prescrite proscrite souscrite hypocrite insolite illicite licite jesuite ermite granite
    dynamite marmite sunnite chiite maronite antisemite semite appendicite arthrite bronchite meningite
    hepatite otite encephalite gite rite mite frite cuite truite ensuite revisite delimite illimite
    plebiscite decapite desherite ingurgite accredite premedite reduite produite introduite construite
    detruite traduite seduite instruite reconduite fortuite parfaite satisfaite extraite abstraite distraite
    faite defaite laite reproduite deduite enduite
""")

# Participles in -é whose folded form Snowball takes for a noun's suffix, without their accents.
_PARTICIPLES: Final = listed("""
    publie associe dissocie etudie oublie apprecie negocie beneficie remercie licencie initie remedie
    privilegie refugie reconcilie humilie convie varie parie dedie expedie allie rallie relie replie deplie
    multiplie supplie decrie contrarie salarie remanie approprie inapproprie incendie domicilie photographie
    electrifie expatrie rapatrie affilie spolie devie authentifie differencie repertorie inventorie
    communique revendique eradique diagnostique domestique explique implique applique complique indique
    sophistique inexplique depasse ramasse embarrasse debarrasse surpasse repasse tabasse pourchasse
    surclasse fracasse cadenasse entasse recommence concurrence reference
""")

READ_AS: Final = {
    **{word: word for word in _ITE},
    **{word: word for word in ("different", "referent", "coherent", "adherent", "inherent", "indifferent",
                               "incoherent", "deferent")},
    **{word: word[:-1] + "é" for word in _PARTICIPLES},
    "oubli": "oublié",
}  # fmt: skip
"""How Snowball is to read words that the suffixes of stemming.py would mislead it on."""

ALONE: Final = dict(
    [
        *_each("elect", "electoral electorale"), *_each("retir", "retrait"),
        *_each("communiqu", "communication communique communiquer communiquee"),
        *_each("desir", "desir desire desirer desiree"), *_each("elect", "electoral"),
        *_each("parti", "parti"), *_each("partie", "partie"), *_each("mari", "mari"), *_each("etranger", "etranger etrangere"), *_each("dure", "dur"), *_each("arme", "armer"),
        *_each("marie", "marie mariee marier"), *_each("important", "important importante importance"),
        *_each("passager", "passager passagere"), *_each("complice", "complice complicite"),
        *_each("publicit", "publicite publicitaire"), *_each("courant", "courant courante"),
        *_each("positif", "positif positive"), *_each("relatif", "relatif relative"),
        *_each("collectif", "collectif collective"), *_each("exclusif", "exclusif exclusive exclusivite"),
        *_each("attentif", "attentif attentive"),
        *((word, word) for word in listed("""
            chatiment oeil fes loyer foyer mars hamas pays petition amiante revers deces vers fils fraise
            audition cours gens news pendant devant durant maintenant partant montant restaurant parlement
            testament batiment sentiment appartement armee opera visa taxi colonne colonie mini compagnie
            compagne maree voila genie collectivite dispositif objectif motif directive attention france
            louis denis alexis boris trait algerie tunisie amerique course calais beauvais valais gervais
            marais palais relais engrais
        """)),
    ]
)  # fmt: skip
"""Singulars with a stem of their own: Snowball's parts what a reader takes for one word, or joins two."""

NOUNS_OF_THEIR_OWN: Final = frozenset(listed("depart environ orient design concert express droit trait"))
"""Nouns that Snowball takes for the stem of other words: ``depart`` of ``departement``."""

PARTICIPLES_IN_I: Final = frozenset(
    listed("""
    choisi fini saisi etabli subi averti franchi accueilli investi failli recueilli fourni peri grandi bondi
    rempli rencheri rejoui abouti elargi garanti envahi ralenti accompli muni atterri ravi affaibli durci
    defini retabli assorti nourri assoupli banni gueri trahi applaudi puni bati converti reflechi retenti
    reconverti brandi alourdi pourri poli rebondi meurtri raccourci enseveli blanchi terni surgi enrichi
    pati aneanti approfondi sevi resurgi faibli sali grossi beni refroidi aboli regi englouti assombri vomi
    retreci dessaisi ressurgi surencheri tari verdi degarni appauvri imparti vieilli gravi enfoui ourdi
    arrondi reinvesti assailli amoindri cueilli demoli garni etourdi rosi affranchi eclairci amorti adouci
    joui rajeuni epanoui embouti noirci agrandi maigri jailli predefini rafraichi flechi travesti rebati
    reussi demuni subverti perverti diverti assujetti anobli ebloui enlaidi moisi rugi gemi jauni
""")
)
"""Participles of verbs in -ir; another word in a consonant and -i is a noun or a name, and keeps it."""


def singular(word: str) -> str:
    """The word without the sign of the plural; most words in -s and some in -x."""
    known = _SINGULAR.get(word)
    if known is not None:
        return known
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux") and len(word) > _SHORTEST_AUX:
        return word[:-2] + "l"
    if word.endswith(_VERBS_IN_ONS) and word not in _NOUNS_IN_ONS:
        return word
    if len(word) < 4 or word[-1] != "s" or word in _SAME:
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
    for feminine, ending in _FEMININE_ENDINGS:
        if word.endswith(feminine) and len(word) > len(feminine) + 1 and word not in _NOT_FEMININE:
            return word[: -len(feminine)] + ending
    if word.endswith(_FEMININE_IN_IVE):
        return word[:-1] + "ve"
    if word.endswith(_FEMININE_IN_E) or word in _FEMININE_IN_SE or word in _NOUNS_AIT | _NOUNS_IT:
        return word + "e"
    return word
