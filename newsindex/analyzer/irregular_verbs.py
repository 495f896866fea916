"""The infinitives of French verbs of the third group, by their forms.

Words are folded, without accents. A verb of the third group has several stems (``prend``, ``pren``,
``prenn``, ``prendr``, ``pris``), each with its own endings: a row of the table is a verb, the prefixes of
its compounds, and its stems. A word that is first of all a noun (``entreprise``, ``cours``) is no form of a
verb.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .inflections import listed

_ENDINGS: Final = tuple(
    frozenset(endings.split(" "))
    for endings in (
        "ons ez ais ait ions iez aient ant ants ante antes",  # weak stem: prenons, prenait
        "e es ent",  # strong stem: prenne, prennent
        "a ai as ons ez ont ais ait ions iez aient",  # future stem: prendra, prendrait
        " s t",  # short stem: prend, vient
        " e s es",  # participle: prise
        "t rent sse sses ssent",  # simple past: prit, prirent
    )
)
_STEM_KINDS: Final = len(_ENDINGS)
_LONGEST_ENDING: Final = max(len(ending) for endings in _ENDINGS for ending in endings)
_SHORT_STEM: Final = 3  # the row of the short stem
_FINAL_CONSONANTS: Final = "cdpt"  # of a short stem that is a word by itself: attend, met, vainc

# An infinitive, its prefixes (. for none), and a stem for each of the endings above (- for none).
_VERBS: Final = """
venir      . de re par pre inter sur con sub contre pro sou rede ad ven vienn viendr vien venu vin
tenir      . main ob con re de sou entre abs appar              ten tienn tiendr tien tenu tin
prendre    . ap com re sur entre                                pren prenn prendr prend pris pri
mettre     . ad com per pro re sou trans de e o compro retrans  mett mett mettr met mis mi
battre     . com a de re                                        batt batt battr bat battu batti
voir       . re entre                                           voy voi verr voi vu -
prevoir    .                                                    prevoy prevoi prevoir prevoi prevu previ
savoir     .                                                    sav sach saur sai su su
vouloir    .                                                    voul veul voudr veu voulu voulu
valoir     . equi pre                                           val vaill vaudr vau valu valu
faire      . re de satis contre                                 fais fass fer fai fait fi
dire       . re contre inter pre                                dis dis dir di dit di
lire       . re                                                 lis lis lir - lu lu
elire      . re                                                 elis elis elir eli elu elu
suivre     . pour                                               suiv suiv suivr sui suivi suivi
vivre      . sur re                                             viv viv vivr vi vecu vecu
boire      .                                                    buv boiv boir boi - -
croire     .                                                    croy croi croir croi - cru
courir     . par se con ac en re                                cour cour courr cour couru couru
mourir     .                                                    mour meur mourr meur - mouru
querir     ac con re                                            quer quier querr quier quis qui
partir     . re                                                 part part partir - - parti
sortir     . res                                                sort sort sortir sor sorti sorti
sentir     . res con pres                                       sent sent sentir sen senti senti
dormir     . en                                                 dorm dorm dormir dor dormi dormi
servir     . des res                                            serv serv servir ser servi servi
mentir     . de                                                 ment ment mentir men menti menti
agir       . re inter                                           agiss agiss agir agi agi agi
unir       . re                                                 uniss uniss unir uni uni uni
conclure   .                                                    conclu conclu conclur conclu conclu conclu
exclure    .                                                    exclu exclu exclur exclu exclu exclu
inclure    .                                                    inclu inclu inclur inclu inclus inclu
soudre     re                                                   solv solv soudr sou solu solu
soudre     dis ab                                               solv solv soudr sou sout -
vaincre    . con                                                vainqu vainqu vaincr vainc vaincu vainqui
suffire    .                                                    suffis suffis suffir suffi suffi suffi
plaire     . de                                                 plais plais plair plai - -
taire      .                                                    tais tais tair tai - -
fuir       . en                                                 fuy fui fuir fui fui fui
rire       . sou                                                ri ri rir ri - -
croitre    ac de                                                croiss croiss croitr croi cru cru
nuire      .                                                    nuis nuis nuir - - -
vetir      . re                                                 vet vet vetir vet vetu -
obeir      . des                                                obeiss obeiss obeir obei obei obei
envoyer    . r                                                  envoy envoi enverr envoi envoye -
user       .                                                    us us user - use -
oser       .                                                    os os oser - ose -
ager       .                                                    ag ag ager - age -
axer       .                                                    ax ax axer - axe -
opter      . ad                                                 opt opt opter - opte -
orner      .                                                    orn orn orner - orne -
nier       .                                                    ni ni nier - nie -
entrer     .                                                    entr entr entrer - entre -
naitre     . re                                                 naiss naiss naitr nai - naqui
mouvoir    pro e                                                mouv meuv mouvr meu mu mu
falloir    .                                                    fall - faudr fau fallu fallu
pleuvoir   .                                                    pleuv pleuv pleuvr pleu - -
rompre     . inter cor                                          romp romp rompr romp rompu rompi
"""

# Verbs that differ in their beginnings only: the ends of the infinitive and of the stems, and the beginnings.
_FAMILIES: Final = {
    "dre d d dr d du di": """
        atten enten defen ren ven reven ten eten preten deten descen redescen per repon correspon confon
        repan suspen depen pen fen pon mor tor
    """,
    "indre ign ign indr in int igni": """
        cra pla contra atte ete pe te fe rejo jo adjo enjo restre enfre etre astre depe
    """,
    "uire uis uis uir ui uit uisi": """
        cond prod red introd reintrod trad sed ded recond reprod instr constr detr reconstr ind c
    """,
    "aitre aiss aiss aitr ai u u": "conn reconn meconn par appar reappar dispar compar transpar",
    "evoir ev oiv evr oi u u": "rec aperc conc dec perc",
    "rir r r rir - ert ri": "ouv rouv entrouv couv decouv recouv off souff",
    "ire iv iv ir i it ivi": "ecr decr inscr prescr souscr transcr proscr circonscr reecr",
}

# Forms that no row gives. A modal verb whose infinitive is first of all a noun goes by another form.
_FORMS: Final = {
    "peuvent": """
        peut peux peuvent pouvons pouvez pouvait pouvais pouvaient pouvions pouviez pouvant pu put purent
        puisse puisses puissent puissions puissiez pourra pourrai pourras pourrons pourrez pourront pourrait
        pourrais pourraient pourrions pourriez
    """,
    "doivent": """
        doit dois doivent devons devez devait devais devaient devions deviez dut dusse dussent doive doives
        devra
        devrai devras devrons devrez devront devrait devrais devraient devrions devriez
    """,
    "aller": """
        va vas vais vont allons allez allait allais allaient allant allions alliez aille ailles aillent iras
        irai irons irez iront irait irais iraient irions iriez alle alles allerent
    """,
    "vouloir": "veux veuille veuilles veuillent veuillez",
    "savoir": "savent sachant sachons sachez sachions sachiez",
    "valoir": "valent",
    "faire": "faites font fassions fassiez",
    "refaire": "refont refaites",
    "satisfaire": "satisfont satisfaites",
    "dire": "dites",
    "envoyer": "envoi envois",
    "renvoyer": "renvoi renvois",
    "soutenir": "soutien",
    "maintenir": "maintien",
    "dissoudre": "dissous",
    "convaincre": "convaincant convaincants convaincante convaincantes",
}

_NOT_VERBS: Final = frozenset(
    listed("""
    entreprise entreprises compromis revenu revenus detenu detenus detenue detenues prevenu prevenus
    prevenue prevenues souvenir entretiens contenant maintenant axes recours cours coure court courant
    courants courante courantes parcours secours concours parte partes partant partants partante partantes
    sens sente sorte sortes dessert defaite defaites voie voies revue revues entrevue entrevues vis vive
    vives bois entre entres elise lise savant savants savante savantes sue sus plaisant plaisante plaisants
    plaisantes pendant pendants pendante pendantes valais value values mit tende souris suis agent axe
    options mentions unissons
""")
)
"""Words that are first of all nouns or the like, though a verb has a form that is spelled the same."""


def _stems() -> Iterator[tuple[str, int, str]]:
    """Each stem of a verb, the row of its endings in _ENDINGS, and the infinitive."""
    for line in _VERBS.strip().splitlines():
        infinitive, *rest = line.split()
        for prefix in rest[:-_STEM_KINDS]:
            before = prefix.strip(".")
            for kind, stem in enumerate(rest[-_STEM_KINDS:]):
                yield before + stem, kind, before + infinitive
    for ends, beginnings in _FAMILIES.items():
        infinitive, *stems = ends.split()
        for before in beginnings.split():
            for kind, stem in enumerate(stems):
                yield before + stem, kind, before + infinitive


def _tables() -> tuple[dict[str, str], dict[str, list[tuple[int, str]]]]:
    """The infinitive of each whole form, and the rows of endings and infinitives of each stem."""
    forms = {form: verb for verb, listing in _FORMS.items() for form in listed(listing)}
    stems: dict[str, list[tuple[int, str]]] = {}
    for stem, kind, infinitive in _stems():
        forms.setdefault(infinitive, infinitive)
        if not stem.endswith("-"):
            stems.setdefault(stem, []).append((kind, infinitive))
    return forms, stems


_INFINITIVE_OF_FORM, _VERBS_OF_STEM = _tables()
_BEGINNINGS: Final = frozenset(
    form[:3] for form in (*_INFINITIVE_OF_FORM, *_VERBS_OF_STEM)
)  # most words have none of these


def irregular_infinitive(word: str) -> str | None:
    """The infinitive of the verb of the third group that a folded word is a form of, None of other words.

    ``prennent`` gives ``prendre``. Where the infinitive is a noun too, another form of the verb stands for
    it.
    """
    if (word[:3] not in _BEGINNINGS and word[:2] not in _BEGINNINGS) or word in _NOT_VERBS:
        return None
    whole = _INFINITIVE_OF_FORM.get(word)
    if whole is not None:
        return whole
    for cut in range(len(word), max(len(word) - _LONGEST_ENDING, 2) - 1, -1):
        for kind, verb in _VERBS_OF_STEM.get(word[:cut], ()):
            if word[cut:] in _ENDINGS[kind] and _is_form(word, cut, kind):
                return verb
    return None


def _is_form(word: str, cut: int, kind: int) -> bool:
    """Whether the stem before ``cut`` and the ending after it make a word.

    ``met`` and ``soumis`` are words; ``vien`` and ``miss`` are not.
    """
    if cut == len(word):
        return kind != _SHORT_STEM or word[-1] in _FINAL_CONSONANTS
    return not word.endswith("ss")
