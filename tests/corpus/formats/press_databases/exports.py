# ruff: noqa: E501  # the lines are as long as the databases write them
"""Small exports of press databases, in the layouts of each, written for these tests."""

from __future__ import annotations

EUROPRESSE_HEAD = """<!DOCTYPE html><html><head><title>Europresse</title></head><body>"""
EUROPRESSE_BRIDGE = """<article><header>
<div class="rdp__DocPublicationName"><span class="DocPublicationName"><span class="logo"></span>Le Littoral
              Édition du Sud, no. HS 12</span></div>
<div class="rdp__DocHeader"><span class="DocHeader">Régions, mardi 12 mars 2024 - 14:05 UTC +0100
 1 432 mots, p. A1, A3</span></div>
<div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Le <mark>pont</mark>
 de bois rouvre</p></div>
<p class="sm-margin-TopNews rdp__subtitle">Dix ans de travaux s'achèvent.</p>
<div class="docAuthors">Par Nora Alami ; Omar Idrissi</div></header>
<section><div class="DocText clearfix"><div class="docOcurrContainer"></div><p>Le <mark>pont</mark> porte.</p>
<p>Lire aussi : <a href="x">Un bac de trop</a></p><h2>Les camions</h2><p>Ils passent<br>enfin.</p></div></section>
<aside><p>Cet article est paru dans <a href="https://littoral.example/2024/pont">Le Littoral</a></p></aside>
<footer><small>© 2024 Le Littoral. Tous droits réservés.</small>
<div class="publiC-lblNodoc">news·20240312·LI·0045</div></footer></article>"""
EUROPRESSE_MARKET = """<article><header><div class="rdp__DocPublicationName"><span
 class="DocPublicationName">L'Étal (site web)</span></div>
<div class="titreArticle"><p class="titreArticleVisu">Le marché ferme</p></div>
<p class="sm-margin-bottomNews">Personne ne sait encore si le marché couvert rouvrira avant la fin de l'été.</p>
</header><section><div class="DocText clearfix"><div class="docOcurrContainer">Les étals sont vides.<br><br>
Les clients aussi.</div></div></section>
<aside><p>Cet article est paru dans <a href="https://etal.example/">L'Étal</a></p></aside>
<footer><small>© 2024 L'Étal.</small><div class="publiC-lblNodoc">news·20240315·ET·0007</div></footer></article>"""
EUROPRESSE_END = "<footer>Ce document est réservé à l'usage exclusif de Nora</footer></body></html>"
EUROPRESSE = EUROPRESSE_HEAD + EUROPRESSE_BRIDGE + EUROPRESSE_MARKET + EUROPRESSE_END

EUROPRESSE_TABLES = """<html xmlns:n1="http://www.cedrom-sni.com/schema/newsv1.xsd"><head>
<META http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"></head><body>
<form><input type="button" value="Sauvegarder"></form><table align="center"><tr><td><table id="tbHeaderImages">
<tr><td><img src="a.gif"><br></td></tr></table><span class="DocPublicationName">Le Littoral, no. 5968</span><br>
<span class="DocHeader">Éditorial, </span><span class="DocHeader">jeudi </span><span class="DocHeader">4 octobre
 2012</span><span class="DocHeader">, p. 03</span><br><br>Pêche<br><span class="TitreArticleVisu">Les <span
 style="color:red">criées</span> se vident</span><br><br>Nora Alami<br><p></p>À l'aube, deux <span
 style="color:red">bateaux</span> seulement.<p></p>Le <i>port</i> attend.<br>Les mareyeurs aussi.<p></p>
<b><i>© 2012 Le Littoral. Tous droits réservés.</i></b><p></p>Numéro de document : news·20121004·LI·156190<br>
<table bgcolor="#fff"><tr><td align="center"><img>news·20121004·LI·156190</td></tr><tr><td>Ce certificat est
 émis à <b>Université</b> à des fins de visualisation.</td></tr></table></td></tr></table>
<p><br><table align="center"><tr><td><table id="tbHeaderImages"><tr><td></td></tr></table><span
 class="DocPublicationName">L'Étal</span><br><span class="DocHeader">mercredi </span><span
 class="DocHeader">3 octobre 2012</span><br><br><span class="TitreArticleVisu">Un étal de plus</span><br><br>
Le premier marchand, venu de la montagne, vend du miel et des noix.<p></p>(1) Une note.<p></p>
<b><i>© 2012 L'Étal.</i></b><p></p>Numéro de document : news·20121003·ET·175071<br></td></tr></table></body></html>"""

FACTIVA_CODES = """<html><head><title>Factiva</title><style>.article {page-break-after:always;}</style></head><body>
<div id="contentWrapper"><div class="article frArticle"><table><tr><td class="index"><b>SE</b>&nbsp;</td>
<td>Régions</td></tr><tr><td><b>HD</b>&nbsp;</td><td><b class='frHeadline'>Le <b>pont</b> rouvre</b>
</td></tr><tr><td><b>BY</b>&nbsp;</td><td>Par Nora Alami</td></tr><tr><td><b>WC</b></td><td>295 mots</td></tr>
<tr><td><b>PD</b></td><td>29 décembre 2011</td></tr><tr><td><b>ET</b></td><td>15:32</td></tr>
<tr><td><b>SN</b></td><td>Le Littoral</td></tr><tr><td><b>SC</b></td><td>LITFR</td></tr>
<tr><td><b>PG</b></td><td>12</td></tr><tr><td><b>LA</b></td><td>Français</td></tr>
<tr><td><b>CY</b></td><td>(c) Le Littoral.</td></tr><tr><td><p><b>LP</b>&nbsp;</p></td><td>
<p class="articleParagraph frarticleParagraph">Le pont porte.</p></td></tr><tr><td><p><b>TD</b></p></td><td>
<p class="articleParagraph frarticleParagraph">Les camions
 passent.</p><p class="articleParagraph frarticleParagraph">Les bacs attendent.</p></td></tr>
<tr><td><b>RE</b></td><td>mor : Maroc</td></tr><tr><td><b>AN</b></td><td>Document LITFR00020111229e7ct0001r</td></tr>
</table><br/></div><div id="pageFooter">&copy; 2011 Factiva, Inc. Tous droits réservés.</div></div></body></html>"""
FACTIVA_LINES = """<html><head><title>Factiva</title></head><body>
<div class="article enArticle"><div>Economy</div><div id="hd"><span class='enHeadline'>The <b>port</b> grows</span>
</div><div class="author">By Nora Alami</div><div>1,251 words</div><div>13 March 2024</div><div>14:05 GMT</div>
<div>The Souss Gazette</div><div>GAZSOU</div><div>First Edition</div><div>A7</div><div>English</div>
<div>© 2024 The Souss Gazette. All Rights Reserved. </div><p class="articleParagraph">One <b>port</b>.</p>
<pre class="articleParagraph">Tons</pre><p>Document GAZSOU0020240313ek3d0000b</p></div>
<div class="article frArticle"><div><b>Le marché ferme</b></div><div>Omar Idrissi</div><div>12 mots</div>
<div>1er mars 2024</div><div>L'Étal</div><div>ETAL</div><div>Français</div>
<p class="articleParagraph">Les étals sont vides.</p><p>Document ETAL000020240301ek3d0000b</p></div></body></html>"""
FACTIVA_RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\pard\b Le pont de bois rouvre \'e0 tous\b0\par
Nora Alami\par 1\~251 mots\par 12 mars 2024\par 14:05\par Le Littoral\par LITFR\par 7\par Fran\'e7ais\par
\'a9 2024 Le Littoral. Tous droits r\'e9serv\'e9s.\par\par Le pont porte.\par Les camions passent.\par
Document LITFR00020240312ek3c0000a\par\page Soci\'e9t\'e9\par Le march\'e9 ferme et les clients partent\par
99 mots\par 13 mars 2024\par L'\'c9tal\par ETAL\par Fran\'e7ais\par Copyright 2024 L'\'c9tal\par\par
Les \'e9tals sont vides.\par Document ETAL000020240313ek3d0000b\par Search Summary\par Text pont\par}"""
FACTIVA_CODED_RTF = (
    r"{\rtf1\ansi\ansicpg1252"
    + "".join(
        rf"\trowd\cellx1\cellx2\intbl {code}\cell {value}\cell\row "
        for code, value in [
            ("HD", "Le pont rouvre"), ("WC", "20 mots"), ("PD", "12 mars 2024"), ("SN", "Le Littoral"),
            ("SC", "LITFR"), ("LA", r"Fran\'e7ais"), ("CY", "(c) Le Littoral"), ("LP", r"Un pont.\par Un bac."),
            ("TD", r"LA ROUTE attend.\par IN extremis."), ("RE", "mor : Maroc"),
            ("AN", "Document LITFR00020240312ek3c0000a"),
        ]
    )
    + r"\pard\par}"
)  # fmt: skip

NEXIS = """
Demande de téléchargement : documents 1 à 2
Termes : (pont)


                       Document 1 de 2

                             Le Littoral

                       14 mars 2024 jeudi
                       Édition 1;
                         Sud

Le pont rouvre, et les camions
passent

AUTEUR: Nora Alami

RUBRIQUE: RÉGIONS; Pg. 4

LONGUEUR: 1 088 mots

ENCART: Dix ans de travaux s'achèvent.

Le pont de bois a rouvert hier matin dans la
vallée, après des mois de travaux que personne
ne voulait payer.

Les camions passent de nouveau : c'est une fête
pour les commerçants.

SUJET: PONT (90%);
ROUTE (80%)

DATE-CHARGEMENT: 15 mars 2024

LANGUE: FRENCH; FRANÇAIS

TYPE-PUBLICATION: Journal

                      Copyright 2024 Le Littoral
                            Tous droits réservés


                       Document 2 de 2

                             The Souss Gazette

                       March 10, 2024 Sunday 3:05 PM GMT

The port grows

BYLINE: Omar Idrissi

DATELINE: AGADIR

LENGTH: 12 words

NOTES: it rains.

It grows.

LANGUAGE: ENGLISH

                      Copyright 2024 The Souss Gazette
                            All Rights Reserved
"""
NEXIS_PAGE = """<html><head><meta http-equiv="content-type" content="text/html; charset=UTF-8"></head><body>
<!-- LXNComment 3847:48486968 -->
<a name="DOC_ID_0_0"></a><!-- Hide XML section from browser
<DOC NUMBER=1>
<DOCFULL> -->
<br><div class="c0"><p class="c1"><span class="c2">1 of 2 DOCUMENTS</span></p></div>
<br><div class="c0"><br><p class="c1"><img src="x.gif"><br><span class="c2">Le Littoral</span></p></div>
<br><div class="c3"><p class="c1"><span class="c4">12</span><span class="c2"> avril 2013 vendredi<br>Edition 1;
<br>Sud</span></p></div>
<br><div class="c5"><p class="c6"><span class="c7">Le pont<br>rouvre</span></p></div>
<br><div class="c5"><p class="c6"><span class="c8">RUBRIQUE: </span><span class="c2">RÉGIONS; Pg. 35</span></p></div>
<br><div class="c5"><p class="c6"><span class="c8">LONGUEUR: </span><span class="c2">143 mots</span></p></div>
<br><div class="c5"><p class="c6"><span class="c8">ENCART:</span><span class="c2">&nbsp;Enfin.<br></span></p></div>
<br><div class="c5"><p class="c9"><span class="c2">Le pont porte.</span></p>
<p class="c9"><span class="c2">Les camions
passent.</span></p></div>
<br><div class="c5"><p class="c6"><span class="c8">SUJET: </span><span class="c2">ROUTE (90%)</span></p></div>
<br><div class="c5"><p class="c6"><span class="c8">LANGUE: </span><span class="c2">FRENCH; FRANÇAIS</span></p></div>
<br><div class="c0"><br><p class="c1"><span class="c2">Copyright 2013 X<br>Tous Droits Réservés</span></p></div>
<!-- Hide XML section from browser
</DOCFULL>
</DOC> -->
<a name="DOC_ID_0_1"></a><!-- Hide XML section from browser
<DOC NUMBER=2>
<DOCFULL> -->
<div class="c0"><p class="c1"><span>2 of 2 DOCUMENTS</span></p></div><div class="c0"><p>L'Étal</p></div>
<div class="c3"><p>March 10, 2013 Sunday</p></div><div class="c5"><p>" Un marché "</p></div>
<div class="c5"><p><span>LENGTH: </span><span>3 words</span></p></div><div class="c5"><p>Les étals sont vides.</p>
</div><div><p>LANGUAGE: FRENCH</p></div><div class="c0"><p>Copyright 2013 Y<br>All Rights Reserved</p></div>
</body></html>"""
NEXIS_UNI = """User Name: = Nora
Date and Time: = mardi 12 mars 2024 14:10:00 CET
Job Number: = 21
Documents (2)
1. Le pont rouvre
Client/Matter: -None-
Search Terms: pont
2. Le marché ferme

Le pont rouvre
Le Littoral (Maroc)
mardi 12 mars 2024 14:05 GMT+1
Édition du Sud

Copyright 2024 Le Littoral Tous droits réservés
Section: RÉGIONS; Pg. 7
Length: 432 words
Byline: Nora Alami
Highlight: Dix ans de travaux s'achèvent.
Body

Le pont porte.

Notes : il pleut encore.

Classification

Language: FRENCH; FRANÇAIS

Publication-Type: Journal

Load-Date: March 12, 2024

End of Document

Le marché ferme
L'Étal
13 mars 2024 mercredi

Copyright 2024 L'Étal Tous droits réservés
Longueur : 12 mots
Auteur : Omar Idrissi
Corps

Les étals sont vides.

Les clients aussi.

Langue : FRENCH; FRANÇAIS
Date de chargement : 14 mars 2024

Fin du document
"""
IRAMUTEQ = """
0001 *source_Le_Littoral *date_2024-03-12 *auteur_Nora_Alami *texte_3 *lang_fr
-*travaux
Le pont rouvre
Le pont porte.
Les camions passent.

**** *source_Etal *date_2024_03_13 *an_2024
Le marché ferme
Les étals sont vides.
"""
