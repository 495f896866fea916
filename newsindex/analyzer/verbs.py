"""Which verb is a form of, where its ending alone does not say so?

Folded words, without accents. French verbs of the third group have several stems (``prend``, ``pren``,
``prenn``, ``prendr``, ``pris``), each with its own endings: a row here is a verb, the prefixes of its
compounds, and its stems. What is first of all a noun (``entreprise``, ``cours``) is no form of a verb.
The third person in *-ent* looks like many nouns, so those are listed, and the rest are verbs.
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
_KINDS: Final = len(_ENDINGS)
_LONGEST_ENDING: Final = max(len(ending) for endings in _ENDINGS for ending in endings)
_SHORT: Final = 3
_SHORTEST_ENT: Final = 5
_ALONE_ENDS: Final = "cdpt"  # a short stem that is a word by itself: attend, met, vainc

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

# Verbs that differ in their beginnings only: how the infinitive and the stems end, and the beginnings.
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

# Forms that no row gives. The modal verbs whose infinitive is a noun first go by another form.
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

_NOUNS: Final = frozenset(
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
"""Nouns and other words first, though a verb has a form that is spelled the same."""


def _stems() -> Iterator[tuple[str, int, str]]:
    """Each stem of a verb, the row of its endings, and the infinitive."""
    for line in _VERBS.strip().splitlines():
        infinitive, *rest = line.split()
        for prefix in rest[:-_KINDS]:
            before = prefix.strip(".")
            for kind, stem in enumerate(rest[-_KINDS:]):
                yield before + stem, kind, before + infinitive
    for ends, beginnings in _FAMILIES.items():
        infinitive, *stems = ends.split()
        for before in beginnings.split():
            for kind, stem in enumerate(stems):
                yield before + stem, kind, before + infinitive


def _tables() -> tuple[dict[str, str], dict[str, list[tuple[int, str]]]]:
    """Whole forms, and stems with the row of their endings, each with the infinitive."""
    forms = {form: verb for verb, listed in _FORMS.items() for form in listed.split()}
    stems: dict[str, list[tuple[int, str]]] = {}
    for stem, kind, infinitive in _stems():
        forms.setdefault(infinitive, infinitive)
        if not stem.endswith("-"):
            stems.setdefault(stem, []).append((kind, infinitive))
    return forms, stems


_WHOLE, _STEMS = _tables()
_BEGINNINGS: Final = frozenset(form[:3] for form in (*_WHOLE, *_STEMS))  # most words have none of them


def infinitive(word: str) -> str | None:
    """The verb of the third group that a word is a form of, or None.

    ``prennent`` gives ``prendre``; the infinitive may be another form where it is a noun too.
    """
    if (word[:3] not in _BEGINNINGS and word[:2] not in _BEGINNINGS) or word in _NOUNS:
        return None
    whole = _WHOLE.get(word)
    if whole is not None:
        return whole
    for cut in range(len(word), max(len(word) - _LONGEST_ENDING, 2) - 1, -1):
        for kind, verb in _STEMS.get(word[:cut], ()):
            if word[cut:] in _ENDINGS[kind] and _is_form(word, cut, kind):
                return verb
    return None


def _is_form(word: str, cut: int, kind: int) -> bool:
    """Whether a stem before ``cut`` and an ending are a word: ``met`` and ``soumis`` are, ``vien`` and
    ``miss`` are not."""
    if cut == len(word):
        return kind != _SHORT or word[-1] in _ALONE_ENDS
    return not word.endswith("ss")


# Words in -ent, but not in -ment, that are no verb's third person.
_NOUNS_ENT: Final = frozenset(
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
_VERBS_MENT: Final = frozenset(
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
_VERBS_ISSENT: Final = frozenset(listed("glissent hissent tissent plissent ratissent metissent"))
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
_MISLEADING: Final = ("ent", "ons", "ez", "ait", "ais")
_AIENT: Final = frozenset(listed("paient essaient relaient effraient balaient deblaient egaient"))
_ONS: Final = frozenset(
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
"""Verbs in the first person plural; other words in -ons are nouns, but for most of those in -geons."""
_NOUNS_GEONS: Final = frozenset(listed("pigeons bourgeons plongeons sauvageons badigeons drageons"))


def regular(word: str) -> str:
    """The infinitive of a regular verb in some forms that its suffix alone does not tell; any other word as
    it is.

    ``demandent`` gives ``demander``, ``emploient`` ``employer`` and ``consideraient`` ``considerer``.
    """
    if not word.endswith(_MISLEADING):
        return word
    for ending in _ENDINGS_AFTER_R:
        if word.endswith(ending) and word[: -len(ending)] in _STEMS_IN_R and word not in _NOUNS_ENT:
            return word[: -len(ending)] + "er"
    if word in _ONS or (word.endswith("geons") and word not in _NOUNS_GEONS):
        return word[:-3].removesuffix("e") + "er"
    if word in _AIENT:
        return word[:-4] + "yer"
    if len(word) < _SHORTEST_ENT or not word.endswith("ent") or word in _NOUNS_ENT:
        return word
    return _third_person(word)


def _third_person(word: str) -> str:
    if word.endswith(("aient", "erent")):
        return word
    if word.endswith("ment") and word not in _VERBS_MENT:
        return word
    if word.endswith("issent") and word[-7:-6] not in tuple("aeou") and word not in _VERBS_ISSENT:
        return word  # of a verb in -ir
    if word.endswith(("oient", "uient")):
        return word[:-4] + "yer"
    return word[:-3] + "er"
