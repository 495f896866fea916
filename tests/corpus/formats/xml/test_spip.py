"""Of a dump of SPIP, the published articles and briefs are read, with names from its other tables."""

from __future__ import annotations

import pytest

from newsindex.corpus.formats.xml.spip_markup import spip_text, spip_title
from tests.corpus.formats.reading import read_as

ARTICLE = """<spip_articles>
<id_article>7</id_article><surtitre></surtitre><titre>10. Le cèdre revient</titre><id_rubrique>3</id_rubrique>
<descriptif>En bref.</descriptif><chapo>Un plan.</chapo><texte>{{Le cèdre}} revient [à Azrou-&gt;12].

{{{La suite}}}
&lt;img14|left&gt;Il est [haut-&gt;https://e.example/a] [[Une note.]].
-* Un point
</texte><ps></ps><date>2024-03-12 14:05:00</date><statut>publie</statut><lang>fr</lang>
</spip_articles>
"""


def dump(*rows):
    return f"""<?xml version="1.0" encoding="iso-8859-15"?>
<SPIP version="SPIP 3.2" version_base="21742" version_archive="phpmyadmin::3.0" adresse_site="https://vigie.example">
{"".join(rows)}
<spip_auteurs><id_auteur>2</id_auteur><nom>Nora Berrada</nom></spip_auteurs>
<spip_auteurs_liens><id_auteur>2</id_auteur><id_objet>7</id_objet><objet>article</objet></spip_auteurs_liens>
<spip_rubriques><id_rubrique>3</id_rubrique><titre>2. Forêt</titre></spip_rubriques>
<spip_meta><nom>nom_site</nom><valeur>La Vigie</valeur></spip_meta>
</SPIP>"""


@pytest.fixture
def read(tmp_path):
    return lambda content, **options: read_as(tmp_path, content, **options)


def test_an_article_has_every_field_and_no_markup(read):
    (article,), errors, _ = read(dump(ARTICLE).encode("iso-8859-15"))
    assert errors == []
    assert article.headline == "Le cèdre revient"
    assert article.body == "Un plan.\n\nLe cèdre revient à Azrou.\n\nLa suite\n\nIl est haut .\n\nUn point"
    assert (article.source, article.section, article.author) == ("La Vigie", "Forêt", "Nora Berrada")
    assert (str(article.published), article.lang) == ("2024-03-12 14:05:00", "fr")


def test_only_what_is_published_is_read_and_the_rest_is_counted(read):
    brief = """<spip_breves><id_breve>1</id_breve><date_heure>2024-03-13 09:00:00</date_heure>
<titre>Une brève</titre>
<texte>Court.</texte><statut>publie</statut></spip_breves>"""
    drafts = [ARTICLE.replace("publie", status) for status in ("prepa", "prop", "poubelle", "prepa")]
    articles, _, passed = read(dump(*drafts, brief))
    assert [article.headline for article in articles] == ["Une brève"]
    assert passed == {"draft": 2, "proposed": 1, "trashed": 1}


def test_a_dump_that_is_cut_gives_what_comes_before_and_says_where(read):
    articles, (error,), _ = read(dump(ARTICLE)[:-300])
    assert [article.headline for article in articles] == ["Le cèdre revient"]
    assert "the XML is damaged" in error


def test_rows_of_spip_under_another_root_are_read(read):
    row = ARTICLE.replace("spip_articles", "article")
    articles, _, passed = read(
        f"<?xml version='1.0'?><articles>{row}{row.replace('publie', 'prepa')}</articles>"
    )
    assert [(article.headline, article.body[:9]) for article in articles] == [
        ("Le cèdre revient", "Le cèdre ")
    ]
    assert passed == {"draft": 1}


def test_a_text_in_several_languages_is_taken_in_one():
    text = "<multi>[fr]Bonjour[ar]مرحبا</multi> à <multi>[ar]الكل</multi>"
    assert spip_text(text) == "Bonjour à الكل"
    assert spip_title("<multi>[en]Hello[fr]3. Salut</multi>") == "Salut"
