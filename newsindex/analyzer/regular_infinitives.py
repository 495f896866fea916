"""The frequent French verbs of the first and the second group, by what stands before -er and -ir.

Words are folded, without accents. Compounds with *re-* and *dé-* of a verb in -er are not listed.
"""

from __future__ import annotations

from typing import Final

from .inflections import listed

STEMS_IN_ER: Final = frozenset(
    listed("""
    abaiss abandonn abdiqu abim abond abonn abord aboy abreuv abrit abrog absent absorb abus accabl
    accapar acced acceler accentu accept acclam acclimat accol accommod accompagn accord accost accouch
    accredit accroch accumul accus acharn achemin achet achev acquiesc acquitt act actionn activ
    actualis adapt additionn adher adjug administr admir adonn adopt ador adoss adoub adress adul aer
    affair affaiss affect affich affili affin affirm affleur afflu affol affret affront affubl affut
    agac agenouill agglutin aggrav agit agonis agraf agre agreg agrement agress agripp aid aiguill
    aiguis aim ajourn ajout ajust alarm alcoolis alert align aliment alleg alli allong allou allum alter
    altern amarr amass ambitionn amelior amen amenag amend amenuis amorc amplifi amput amus analys ancr
    anesthesi angoiss anim annex annihil annonc annul anonymis anticip apais apostroph appareill appel
    appliqu apport appos appreci apprehend approch appropri approuv approvisionn appuy arbitr arbor argu
    argument arm arnaqu aromatis arpent arrach arrang arret arrim arriv arros articul asphyxi aspir
    assassin assech assembl assen assieg assign assimil assist associ assomm assum assur astiqu attabl
    attach attaqu attard attel attent attenu attest attir attis attrap attribu attrist attroup auditionn
    augment augur auscult authentifi autofinanc automatis autoproclam autoris aval avanc aventur aver
    aveugl avis avoisin avort avou ax bafou bagarr baign baill baillonn bais baiss balad balanc balay
    balbuti balis banalis baptis barbot barr barricad bas bascul bataill begay benefici berc biais blam
    bless blind bloqu bluff boit bomb bombard boost bord born boss bott bouch boucl boud bouff boug
    boulevers bouscul box boycott brad brais branch braqu brass brav bricol brid brigu brill brim bris
    brod bronz bross brouill brout broy bruiss bruit brul brutalis cabl cabr cach cadenass cajol cal
    calcul calfeutr calibr calm calomni calqu cambriol camp canalis candidat cantonn capitalis capot
    capt captiv captur caracteris carbonis caress caricatur cartographi cartonn cass castr catalys
    catapult caus cautionn ced ceintur celebr censur centr centralis cern certifi cess chahut chamaill
    chamboul chambr chang chant chapeaut charg charri chass chatouill chauff chauss chavir chemin cherch
    chevauch chiffr chom choqu choy chronometr chuchot chut cibl ciment cingl cir circonstanci circul
    cisel cit clam claqu clarifi class classifi clignot climatis cliqu cliv cloch cloitr clotur clou
    coach coanim coch codifi coexist cofinanc cofond cogn cohabit coiff coinc coincid coll collabor
    collect collectionn colmat colonis color colport combin combl command commemor commenc comment
    commercialis commu communi communiqu compar compens compil complet compliqu comport compos comprim
    compt comptabilis conced concentr concern concert concili concoct concretis concurrenc condamn
    conditionn confectionn confer confess confi configur confin confirm confisqu conform confort
    confront congedi congel congestionn conjugu connect connot consacr conseill conserv consider consign
    consist consol consolid consomm conspu constat constell constern constitu consult consum cont
    contact contamin contempl content contest continu contourn contr contract contrari contrast
    contrebalanc contrecarr contribu control converg convers convi convoit convol convoqu convoy cooper
    coordonn copi correl corrig corrobor cosign cotis cotoy couch coul coup coupl courb couronn courtis
    cout couv crach craqu crash cre credit crepit creus crev cri criminalis crisp cristallis critiqu
    crois croqu croul crucifi crypt cuisin culmin culpabilis cultiv cumul dactylographi dans dat deambul
    deball debarqu debarrass debauch debit deblay deboulonn debours debout debusqu debut decal decant
    decap decapit deced decel dechain dechir decid decim declar declench declin decompress deconn decor
    decortiqu decourag decredibilis decret decroch decupl dedi dedicac dedommag dedouan defenestr defer
    deferl defi defil defiscalis degag degain degrad degrais degringol deguis degust dehanch dejou
    delect deleg delest delir delog demantel demarr demenag demeur demin demissionn democratis demoralis
    denatur denigr denombr denonc denot densifi denud depann depays depit deplor depos depouill
    depoussier deriv derob derog desactiv desamorc desapprouv desarm desavou desengag desert desesper
    deshabill desherit deshonor deshumanis desincarcer desinfect desintegr desinteress desir desist
    desol desolidaris desorganis desorient dessech desserr dessin destin destitu detect deterior deterr
    detonn detrouss deval devalis devalu devanc devast developp devi devin devor devou devoy dezingu
    diaboli diabolis diagnostiqu dialogu dict diffam differ differenci diffus diger dilapid diligent
    dilu dimensionn diminu din dirig discern disciplin discredit discrimin disculp discut disloqu
    dispens dispers dispos disput disqualifi dissemin dissequ dissimul dissip dissoci dissuad distanc
    distanci distill distingu distribu diverg diversifi divis divorc divulgu domestiqu domicili domin
    dompt donn dop dor dos dot doubl douch dout dragu drain dramatis dress drogu dup dur dynamis dynamit
    ebauch eborgn ebranl ebruit ecart echang echapp echarp echauff echelonn echou eclabouss eclair eclat
    eclips ecoeur economis ecop ecorch ecorn ecoul ecourt ecout ecras ecrou ecroul ecum edict edifi edit
    edulcor eduqu effac effectu effondr efforc effray effrit egar egay egorg egrain egratign egren eject
    elabor elanc electrifi electrocut elev elim elimin eloign elucid elud emaill eman emancip emarg
    emascul emball embarqu embarrass embauch embet emboit embourb embouteill embras embrass embrouill
    emerg emerveill emigr emmen emmenag emmerd empar empech empiet empil empir employ empoch empoign
    empoisonn emport empress emprisonn emprunt encadr encaiss encart encastr encens encercl enchain
    enchant enclav enclench encombr encourag encroch endett endeuill endigu endoctrin endommag endoss
    endur enerv enferm enfil enfl enflamm enfonc engag engendr englob englu engorg engouffr engrang
    engueul enjamb enlac enlev enlis enneig ennuy enonc enquet enracin enrag enray enregistr enrol
    enroul ensanglant enseign entach entam entass enterin enterr enthousiasm entonn entour entr entraid
    entrain entrav entrechoqu entrepos enumer envelopp envenim envi envisag envol epanch epargn eparpill
    epat epaul epingl epluch epong epous eprouv epuis equilibr equip eradiqu erig erod err escalad
    esclaff escompt escort escroqu espac esper espionn esquiss esquiv essay essentialis essouffl essuy
    estampill estim estomp etal etay eternis eternu etiquet etir etoff etonn etouff etrangl etrill etudi
    euthanasi evacu evad evalu evapor eveill eventr evinc evit evolu evoqu exacerb exager exalt examin
    exasper exauc excav exced except excit exclam excus execut exempt exerc exfiltr exhib exhort exhum
    exig exil exist exoner exorcis expatri expedi experiment expertis expir expliqu exploit explor
    explos export expos exprim expuls extenu extermin externalis extirp extorqu extrad fabriqu fabul
    fach facilit faconn factur falsifi familiaris fantasm farfouill fascin fatigu fauch faufil favoris
    feder felicit feminis ferm ferr fet feuillet fi fianc fich fidelis fig figur fil film filtr finalis
    financ fissur fix flamb flan flanqu flash flatt flech flipp flirt flott flout fluctu fluidifi
    focalis foment fonc fonctionn fond forc forg form formalis formul foudroy fouett fouill foul fourr
    fracass fractur fragilis fragment franchis frapp fraud fray fredonn frein frequent fri fris froiss
    frol frott fructifi fum fus fusill fusionn fustig gach gagn galer galvanis gar gard gaspill gat gav
    gaz gel gen gener generalis geolocalis ger germ gifl givr glac glan gliss globalis glorifi gob gomm
    gonfl gorg goudronn gout gouvern graci grappill gratifi gratt grav gravit greff griffonn grignot
    grill grimp grinc gripp grogn grond group guett gueul guid habilit habill habit habitu hach hack
    handicap hant harcel harmonis hauss heberg heliport helitreuill heriss herit hesit heurt hierarchis
    hiss homologu honor horrifi hospitalis hu hum humanis humidifi humili hurl hydrat hypnotis idealis
    identifi ignor illumin illustr imagin imbib imit immatricul immerg immisc immobilis immol immortalis
    immunis impact implant impliqu implor implos import importun impos impregn impressionn imprim
    improvis impuls imput inaugur incarcer incarn incendi inciner incit inclin incomb incorpor incrimin
    inculp inculqu indemnis index indign indiqu industrialis infantilis infect infiltr infirm inflig
    influ influenc inform inger ingurgit inhal inhum initi inject injuri innov inocul inond inquiet
    insemin inser insinu insist inspect inspir install instaur instill institu instrumentalis insuffl
    insult insurg integr intensifi intent intercal intercept interess interfer interpell interpos
    interpret interrog interview intim intimid intitul intoxiqu intrigu intronis intub invalid invectiv
    invent invers invit invoqu ironis irradi irrigu irrit isol jalonn jas jaug jet jeun jonch jongl jou
    jouxt jubil jug jugul jur justifi kidnapp klaxonn labellis lacer lach laiss lament lanc lapid largu
    lav lech legalis legifer legitim legu les lev li liber licenci ligot limit limog liquefi liquid lis
    liss list livr localis log lorgn lou lov lutt lynch mach macul magnifi maill maitris major malax
    malmen maltrait mand mandat mang mani manifest manipul manoeuvr manqu maquill march marginalis mari
    marqu martel martyris masqu massacr mat match materialis matraqu maximis mediatis medicalis medit
    mefi mel melang memoris men menac mendi menott mensualis mentionn mepris merit mesur metamorphos
    metiss meubl migr mijot milit militaris mim min minimis minor mis mitig mix mobilis modelis modernis
    modifi modul molest mondialis monnay monopolis mont montr moqu morcel mordill motiv motoris mouch
    mouill mu multipli murmur muscl mut mutil mutualis nag narr nationalis naturalis navigu navr
    necessit neglig negoci neig nettoy neutralis ni nich niqu nomin nomm normalis not notifi nou noy
    nuanc numeris oblig observ obstru obtemper occasionn occult occup octroy oeuvr offens offici
    officialis offusqu ondul oper oppos opprim opt optimis orchestr ordonn organis orient orn os oscill
    ostracis ot oubli outrepass oxygen pacifi palli palp palpit panach paniqu pans papot parachev parad
    paralys parametr pardonn parfum pari parl parodi parrain parsem partag particip pass passionn pataug
    patient patin patiss patrouill patur pay peaufin pech pedal pein pel penalis pench penetr pens perc
    perch percut perdur perennis perfectionn perl perpetr perpetu perquisitionn persecut persever
    persist personnalis persuad perturb pes pest peupl photocopi photographi pieg piet pietin pill
    pilonn pilot pinc pioch piqu pirat pist pivot plac placard plafonn plaid plaisant plan planch
    planifi planqu plant plaqu plebiscit pleur pli plomb plong ploy poignard point polaris polemiqu
    politis pollinis pollu pomp ponc ponctionn ponctu popularis port pos positionn possed post postul
    pouff pourchass pouss pratiqu precaris preced prech precipit precis preconis predomin preempt prefer
    prefigur prejug prelass prelev prenomm preoccup prepar presag present preserv presid press pressuris
    presum pret pretext pri prim prioris priv privatis privilegi proced proclam procur prodigu profan
    profer professionnalis profil profit programm progress prohib projet prolifer prolong promen
    promulgu prononc pronostiqu propag propos propuls prorog prosper prostitu proteg protest prouv
    provoqu prun publi puis pullul pulveris pum purg purifi quadrill qualifi quantifi questionn quitt
    rabaiss rabot raccompagn raccord raccroch rachet racl racont radi radicalis raffin rafl raill
    raisonn rajout ral ralli rallong rallum ram ramass ramen ramp rang ranim rapatri rappel rapport
    rapproch rarefi rassembl rassur rat ratifi rationn ratiss rattach rattrap ravag ravis ravitaill
    raviv ray rayonn realis rearm rebell rebrouss rebut recadr recal recapitul recas recel recens
    receptionn rechign recidiv recit recolt recouvr recre recrut rectifi recul recuper recus recycl
    redig refer referenc reflet reflu refugi refus refut regal regl reglement regn regress regrett regul
    regularis reiter rejet rejou relat relativis relax relay relev reli relog remasteris rembours remedi
    rememor remerci remodel remorqu rempil remplac remport remu remuner rencontr renferm renflou renforc
    reni renonc renou renouvel renov renseign rentabilis rentr renvers repar reper repertori repet repli
    repliqu repos reprimand reproch requisitionn reserv resid resili resist resorb respect respir
    responsabilis ressass ressembl resserr ressuscit rest restaur restitu result resum retir retorqu
    retract retribu retroced retrograd retrouss rev revel revendiqu rever revigor revis revolt
    revolutionn revoqu revot ricoch rid ridiculis rigol rinc ripost risqu rivalis rod rogn rong rouill
    roul ru ruin ruissel rythm sabl sabot saccag sacrifi saign salari salu sanctionn sangl sanglot saoul
    sap satur saut sauv sauvegard savour scand scandalis scann scell scind scintill scolaris scotch
    scrut sculpt secou sectionn securis segment sejourn selectionn sem sembl semonc sensibilis separ
    sequestr serin sermonn serr sieg siffl sign signal signifi sill sillonn simplifi simul situ ski
    slalom sniff snob soign sold sollicit sombr somm sond song sonn souci soud souffl souhait souill
    soulag soulev soulign soup soupconn soupir soutir specialis specifi specul spoli sponsoris squatt
    stabilis stagn standardis stationn statu sterilis stigmatis stimul stipul stock stopp strangul
    stress structur subjugu sublim submerg subordonn subsist substitu subtilis subventionn succed
    succomb sucr suffix suffoqu sugger suicid supervis supplant suppli support suppos supprim surcharg
    surelev surendett surestim surevalu surexpos surf surmont surnomm surpass surplomb sursaut surveill
    survol suscit suspect sutur symbolis sympathis synchronis syndiqu synthetis systematis tabass tabl
    tach tacl tagu taill talonn tamis tamponn tanc tann tap tapiss tapot tard targu tat tatonn tatou tax
    telecharg teleguid telephon telescop teletravaill temoign temper temporis tent tergivers termin
    terrass terrifi territorialis terroris test tetanis theoris tiqu tir tiraill tiss titill toler tomb
    toqu torpill tortur totalis touch tourment tourn touss trac trafiqu train trait tranch tranquillis
    transcend transfer transform transgress transig transit transpir transport transpos traqu traumatis
    travaill travers trebuch trembl tremp trepign tress tri trich tricot trinqu triomph tripl tripot
    tromp tron tronqu troqu trottin trou troubl trouv truqu trust tu tutoy tweet unifi urbanis urin us
    usurp utilis vaccin vacill vagu valid valoris vals vandalis vant vapor vaporis vapot vaqu vari
    vassalis vegetalis vehicul veill vener veng ventil verbalis verifi verrouill vers vex vibr victimis
    vid vilipend viol vir vis visionn visit viss vitrifi vivot vocifer voil vol volatilis vot vou voyag
    vulgaris zapp zigzagu zoom
""")
)
"""Verbs of the first group that news reports use."""

STEMS_IN_IR: Final = frozenset(
    listed("""
    abasourd abol about abrut accompl accroup adouc affad affaibl afferm affranch ag agrand aguerr ahur
    aigr alourd amaigr amerr aminc amoindr amoll amort aneant anobl aplan aplat appauvr appesant applaud
    approfond arrond assag assain asserv assombr assort assoup assoupl assourd assouv assujett attendr
    atterr avert avil bann bat ben blanch blem bleu blott bond bouff brand brun chois compat convert
    croup decat defin defraich degarn deglut degourd deguerp demol deper demun desempl desinvest desobe
    dessais desun deverd divert durc ebah eblou eclairc elarg embell embout empl encher endurc enfou
    englout engourd enhard endolor enlaid enorgueill enrich ensevel envah epaiss epanou etabl etourd etrec
    evanou faibl farc fin flech fletr fleur fourb fourn franch frem garant garn gauch gem glap grand
    grav gross guer honn impart inflech interag intervert invest jaill jaun jou langu lot maigr meurtr
    mois moll mug mun mur nant noirc nourr obe obscurc ourd pal pat per pervert petr pol pourr predefin
    premun pun rabougr raccourc radouc rafferm rafraich raid rajeun ralent ramoll ranc rav reag reassort
    rebat rebond reconvert redefin reflech refroid reg reinvest rejaill rejou rempl rencher resplend
    ressais ressurg resurg retabl retent retrec reun reuss ros rot roug rouss rug sais sal sert sev sub
    subvert surencher surg surinvest surreag tar tern tied trah transig travest un verd vern vieill vom
    vromb
""")
)
"""Verbs of the second group."""
