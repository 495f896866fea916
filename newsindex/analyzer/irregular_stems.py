"""The stems of French verbs of the third group, and the other irregular verbs.

Words are folded, without accents. A verb of the third group has several stems (``prend``, ``pren``,
``prenn``, ``prendr``, ``pris``), each with its own endings, which ``irregular_verbs`` lists.
"""

from __future__ import annotations

from typing import Final

from .inflections import listed

VERBS: Final = """
venir      . de re par pre pro inter sur con discon sub contre sou rede ad ob  ven vienn viendr vien venu vin
tenir      . main ob con re de sou entre abs appar        ten tienn tiendr tien tenu tin
prendre    . ap com re sur entre me e de desap reap       pren prenn prendr prend pris pri
mettre     . ad com per pro re sou trans de e o compro retrans read entre  mett mett mettr met mis mi
battre     . com a de re ra e                             batt batt battr bat battu batti
voir       . re entre                                     voy voi verr voi vu -
prevoir    .                                              prevoy prevoi prevoir prevoi prevu previ
pourvoir   . de                                           pourvoy pourvoi pourvoir pourvoi pourvu pourvu
savoir     .                                              sav sach saur sai su su
vouloir    .                                              voul - voudr veu voulu voulu
valoir     . equi re                                      val vaill vaudr vau valu valu
valoir     pre                                            val val vaudr vau valu valu
faire      . re de satis contre par insatis sur           fais fass fer fai fait fi
dire       . re contre inter pre de me                    dis dis dir di dit di
maudire    .                                              maudiss maudiss maudir maudi maudit maudi
lire       . re                                           lis lis lir - lu lu
elire      . re                                           elis elis elir eli elu elu
suivre     . pour en                                      suiv suiv suivr sui suivi suivi
vivre      . sur re                                       viv viv vivr vi vecu vecu
boire      . re                                           buv boiv boir boi - -
croire     .                                              croy croi croir croi - cru
croire     .                                              croiss croiss croitr croi - cru
croitre    ac de                                          croiss croiss croitr croi cru cru
courir     . par se con ac en re dis                      cour cour courr cour couru couru
mourir     .                                              mour meur mourr meur - mouru
querir     ac con re en recon reac                        quer quier querr quier quis qui
partir     . re de                                        part part partir par - parti
repartir   .                                              repartiss repartiss - repart reparti reparti
sortir     . res                                          sort sort sortir sor sorti sorti
sentir     . res con pres                                 sent sent sentir sen senti senti
dormir     . en ren                                       dorm dorm dormir dor dormi dormi
servir     . des res                                      serv serv servir ser servi servi
mentir     . de                                           ment ment mentir men menti menti
repentir   .                                              repent repent repentir repen repenti repenti
bouillir   .                                              bouill bouill bouillir - bouilli bouilli
faillir    .                                              faill - faillir - failli failli
defaillir  .                                              defaill defaill defaillir - defailli defailli
saillir    as tres                                        saill saill saillir - sailli sailli
cueillir   . ac re                                        cueill cueill cueiller - cueilli cueilli
hair       .                                              haiss haiss hair hai hai hai
conclure   .                                              conclu conclu conclur conclu conclu conclu
exclure    .                                              exclu exclu exclur exclu exclu exclu
inclure    .                                              inclu inclu inclur inclu inclus inclu
occlure    .                                              occlu occlu occlur occlu occlus occlu
soudre     re                                             solv solv soudr sou solu solu
soudre     dis ab                                         solv solv soudr sou sout solu
coudre     . de re                                        cous cous coudr coud cousu cousi
moudre     . re                                           moul moul moudr moud moulu moulu
vaincre    . con                                          vainqu vainqu vaincr vainc vaincu vainqui
suffire    .                                              suffis suffis suffir suffi suffi suffi
confire    . de                                           confis confis confir confi confit confi
circoncire .                                              circoncis circoncis circoncir circonci circoncis -
plaire     . de com                                       plais plais plair plai plu plu
taire      .                                              tais tais tair tai - -
traire     ex sous dis abs                                tray trai trair trai trait -
fuir       . en                                           fuy fui fuir fui fui fui
rire       .                                              ri ri rir ri - ri
sourire    .                                              souri souri sourir souri souri souri
nuire      .                                              nuis nuis nuir - nui nuisi
luire      . re                                           luis luis luir - - luisi
vetir      . re de                                        vet vet vetir vet vetu veti
envoyer    . r                                            envoy envoi enverr envoi envoye envoya
naitre     . re                                           naiss naiss naitr nai - naqui
paitre     . re                                           paiss paiss paitr pai - -
mouvoir    .                                              mouv meuv mouvr meu - mu
mouvoir    pro e                                          mouv meuv mouvr meu mu mu
falloir    .                                              fall - faudr fau fallu fallu
pleuvoir   .                                              pleuv pleuv pleuvr pleu - -
asseoir    . r                                            assey assey assier assied assis assi
asseoir    . r                                            assoy assoi assoir assoi - -
surseoir   .                                              sursoy sursoi surseoir sursoi sursis sursi
choir      . e                                            - choi choir choi chu chu
choir      de                                             choy choi choir choi chu chu
clore      . e en for de                                  clos clos clor clo clos -
rompre     . inter cor                                    romp romp rompr romp rompu rompi
fondre     . re                                           - - fondr - fondu fondi
foutre     .                                              fout fout foutr fou foutu -
"""
"""Rows: an infinitive, its prefixes (. for none), and a stem for each kind of endings (- for none)."""

FAMILIES: Final = {
    "dre d d dr d du di": """
        atten enten reenten defen ren ven reven ten eten preten deten disten sousten descen redescen
        condescen per reper repon correspon confon morfon repan epan suspen depen pen fen pourfen pon mor
        demor remor tor retor distor ton
    """,
    "indre ign ign indr in int igni": """
        cra pla contra atte ete pe repe depe te dete fe rejo jo adjo enjo disjo conjo restre enfre etre astre
        ce ge o empre
    """,
    "uire uis uis uir ui uit uisi": """
        cond prod coprod red introd reintrod trad sed ded recond econd reprod instr constr detr autodetr
        reconstr deconstr ind end c rec
    """,
    "aitre aiss aiss aitr ai u u": "conn reconn meconn par appar reappar dispar compar transpar repar",
    "evoir ev oiv evr oi u u": "rec aperc conc dec perc",
    "rir r r rir - ert ri": "ouv rouv reouv entrouv couv decouv redecouv recouv off souff",
    "ire iv iv ir i it ivi": """
        ecr decr inscr reinscr desinscr prescr souscr transcr retranscr proscr circonscr reecr recr coecr
    """,
}
"""Verbs that differ in their beginnings: the ends of the infinitive and of the stems, and the beginnings."""

FORMS: Final = {
    "etre": """
        etre suis sommes etes sont etais etait etions etiez etaient fus fut fumes futes furent sera serai
        seras serons serez seront serais serait serions seriez seraient sois soit soyons soyez soient fusse
        fusses fussions fussiez fussent etant
    """,
    "avoir": """
        avoir avons avez ont avais avait aviez avaient eus eut eumes eutes eurent aura aurai auras aurons
        aurez auront aurais aurait aurions auriez auraient aie aies ayons ayez aient eusse eusses eussions
        eussiez eussent ayant eue eues
    """,
    "peuvent": """
        peux peut puis pouvons pouvez peuvent pouvais pouvait pouvions pouviez pouvaient pus put pumes putes
        purent pourra pourrai pourras pourrons pourrez pourront pourrais pourrait pourrions pourriez
        pourraient puisse puisses puissions puissiez puissent pusse pusses pussions pussiez pussent pouvant
        pu
    """,
    "doivent": """
        dois doit devons devez doivent devais devait devions deviez devaient dus dut dumes dutes devra devrai
        devras devrons devrez devront devrais devrait devrions devriez devraient doive doives dusse dusses
        dussions dussiez dussent due dues
    """,
    "aller": """
        vais vas va allons allez vont allais allait allions alliez allaient alla allai allas allames allates
        allerent ira irai iras irons irez iront irais irait irions iriez iraient aille ailles aillent allasse
        allassent allant alle alles allee allees
    """,
    "croire": "croitre cru crus",
    "voir": "vimes virent",
    "revoir": "revirent",
    "entrevoir": "entrevit entrevirent",
    "relire": "relis relit",
    "boire": "bue bues bumes burent",
    "fleurir": "florissait florissaient florissant",
    "lire": "lis",
    "vouloir": "veux veulent veuillons veuille veuilles veuillent veuillez",
    "savoir": "savent sachant sachons sachez sachions sachiez",
    "valoir": "valent vaux",
    "equivaloir": "equivaux",
    "faire": "faites font fassions fassiez",
    "refaire": "refont refaites",
    "defaire": "defont",
    "contrefaire": "contrefont",
    "parfaire": "parfont",
    "satisfaire": "satisfont satisfaites",
    "dire": "dites",
    "redire": "redites",
    "envoyer": "envoi envois envoya envoyerent",
    "renvoyer": "renvoi renvois renvoya renvoyerent",
    "soutenir": "soutien",
    "maintenir": "maintien",
    "dissoudre": "dissous",
    "absoudre": "absous",
    "convaincre": "convaincant convaincants convaincante convaincantes",
    "asseoir": "assiera",
    "seoir": "seoir sied sieent seyait seyant siera sierait",
    "dechoir": "dechoient",
    "echoir": "echeant echerra",
    "traire": "traire trayons traient trayait trayaient traie traira",
    "gesir": "gesir git gisent gisait gisaient gisant",
    "frire": "frire fris frit frits frira",
    "luire": "luit",
    "reluire": "reluit",
    "taire": "tut turent",
    "prendre": "prise prises",
}
"""Forms that no row gives. A modal verb whose infinitive is first of all a noun goes by another form."""

NOT_VERBS: Final = frozenset(
    listed("""
    absolus admissions assises bois bouillons commissions compromis compromissions concours concussions
    courant courante courantes courants cours court croissant croissante croissantes croissants defaite
    defaites defis depart dessert detenu detenue detenues detenus discours dissolus elise emissions
    empreinte empreintes entreprise entreprises entretiens entrevue entrevues faillites feinte feintes fous
    fuites haie haies maintenant mentions mepris meprise meprises missions mit mites moule moules mus
    oignons omissions parcours part partis pendant pendante pendantes pendants permissions plains plaisant
    plaisante plaisants plue plumes plus pourvois pressent rabat recours remissions retransmissions revenu
    revenus revue revues rimes ris rites savant savante savantes savants secours sens sorte sortes
    soumissions souris teint teinte teintes tende transmissions valais vins vive vives voie voies
""")
)
"""Words that are first of all nouns or the like, though a verb has a form that is spelled the same."""
