"""XML with records of known names is read; other XML is refused by the name of its root."""

from __future__ import annotations

import pytest

from tests.corpus.formats.reading import read_as

XML = "<?xml version='1.0' encoding='UTF-8'?>\n"
NODE = """<node><nid>4</nid><title>Le cèdre revient</title><status>1</status><type>article</type>
<language>fr</language>
<created>1710248700</created><name>nora</name><vid>9</vid><field_lieu><und><n0><value>Azrou</value></n0></und></field_lieu>
<body><und><n0>
<value>&lt;p&gt;Le cèdre.&lt;/p&gt;&lt;p&gt;Haut.&lt;/p&gt;</value>
<summary></summary><format>full_html</format></n0></und></body></node>"""


@pytest.fixture
def read(tmp_path):
    return lambda content, **options: read_as(tmp_path, content, **options)


def test_records_with_names_of_ones_own_are_articles(read):
    articles, errors, _ = read(
        f"{XML}<revue><article><titre>Un</titre><auteur>A. B.</auteur><auteur>C. D.</auteur>"
        "<date>2024-03-12</date>"
        "<texte><p>Le <i>début</i>.</p><p>La fin.</p></texte></article>"
        "<article><titre>Deux</titre><texte>Un\n\nDeux</texte></article></revue>"
    )
    assert errors == []
    assert [(a.headline, a.body) for a in articles] == [
        ("Un", "Le début.\n\nLa fin."),
        ("Deux", "Un\n\nDeux"),
    ]
    assert (articles[0].author, str(articles[0].published)) == ("A. B., C. D.", "2024-03-12")


def test_nodes_of_drupal_are_articles_if_they_are_published(read):
    nodes = NODE + NODE.replace("<status>1", "<status>0")
    (article,), errors, passed = read(f"{XML}<node_export>{nodes}</node_export>")
    assert (errors, passed) == ([], {"unpublished": 1})
    assert (article.headline, article.body, article.lang) == ("Le cèdre revient", "Le cèdre.\n\nHaut.", "fr")
    assert (article.author, dict(article.extra)) == ("nora", {"field_lieu": "Azrou"})
    assert article.published.isoformat() == "2024-03-12T13:05:00+00:00"


@pytest.mark.parametrize("name", ["statut", "Statut", "STATUS"])
def test_a_record_that_says_that_it_is_a_draft_is_counted(read, name):
    records = (
        f"<article><titre>{status}</titre><texte>Haut.</texte><{name}>{status}</{name}></article>"
        for status in ("Brouillon", "Publié")
    )
    (article,), errors, passed = read(f"{XML}<revue>{''.join(records)}</revue>")
    assert (article.headline, errors, passed) == ("Publié", [], {"draft": 1})


def test_an_answer_of_drupal_is_an_article(read):
    content = f"""{XML}<response><nid><value>4</value></nid><langcode><value>fr</value></langcode>
<type><target_id>article</target_id></type><status><value>1</value></status><title><value>Le cèdre</value>
</title>
<created><value>2024-03-12T13:05:00+00:00</value><format>Y-m-d</format></created>
<body><value>&lt;p&gt;Haut.&lt;/p&gt;</value><format>basic_html</format><processed>x</processed></body>
</response>"""
    (article,), errors, _ = read(content)
    assert (errors, article.headline, article.body, article.lang) == ([], "Le cèdre", "Haut.", "fr")


def test_fields_that_stand_in_attributes_are_read(read):
    fields = '<str name="title">Un</str><str name="content">Le texte.</str>'
    solr = f"<response><result><doc>{fields}</doc></result></response>"
    page = '<doc sitename="La Vigie" title="Deux" date="2024-03-12"><main><p>Un.</p><p>Deux.</p></main></doc>'
    (first,), _, _ = read(XML + solr)
    (second,), _, _ = read(XML + page)
    assert (first.headline, first.body) == ("Un", "Le texte.")
    assert (second.headline, second.body, str(second.published)) == ("Deux", "Un.\n\nDeux.", "2024-03-12")


def test_a_list_that_is_cut_gives_what_comes_before_and_says_where(read):
    articles, errors, _ = read(f"{XML}<a>{NODE}{NODE}"[:-150])
    assert articles[0].headline == "Le cèdre revient"
    assert "the XML is damaged" in errors[0]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (f"{XML}<plan><lieu><nom>Azrou</nom></lieu></plan>", "a.xml", "root <plan>"),
        (
            "<catalogue><livre><titre>Un</titre><prix>3</prix></livre></catalogue>",
            "a.xml",
            "root <catalogue>",
        ),
        (f"{XML}<!-- x --><!DOCTYPE p [<!ENTITY a 'b>'>]>\n<p:plan xmlns:p='urn:p'/>", "a", "root <plan>"),
        ("<opml version='2.0'><body/></opml>", "abonnements.txt", "OPML"),
        (f"{XML}<OPML/>", "a.xml", "OPML"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "SVG"),
        (f"{XML}<xml><records><record/></records></xml>", "a.xml", "EndNote"),
        (f"{XML}", "a.xml", "no root element"),
        ("Un texte", "a.xml", "no root element"),
    ],
)
def test_other_xml_is_refused_by_its_name(read, content, name, words):
    articles, (error,), _ = read(content, name=name)
    assert articles == []
    assert words in error


def test_fields_may_be_attributes_or_stand_in_a_header(read):
    articles, errors, _ = read(
        f'{XML}<revue><doc titre="Un" date="2024-03-12" source="La Vigie">Le début.\n\nLa fin.</doc>'
        '<doc titre="Deux" date="2024-03-13"><p>Un.</p><p>Deux.</p></doc></revue>'
    )
    assert errors == []
    assert [(a.headline, a.body) for a in articles] == [
        ("Un", "Le début.\n\nLa fin."),
        ("Deux", "Un.\n\nDeux."),
    ]
    assert (articles[0].source, str(articles[0].published)) == ("La Vigie", "2024-03-12")
    (article,), errors, _ = read(
        f"{XML}<document><header><titre>Un</titre><auteur>A. B.</auteur></header><contenu>Le début.</contenu>"
        "</document>"
    )
    assert (article.headline, article.author, article.body, errors) == ("Un", "A. B.", "Le début.", [])


def test_a_list_of_feeds_whose_entries_have_texts_is_refused(read):
    outline = '<outline title="La Vigie" text="La Vigie" xmlUrl="https://vigie.example/feed"/>'
    articles, errors, _ = read(
        f"{XML}<opml><head><title>Mes flux</title></head><body>{outline}</body></opml>"
    )
    assert articles == []
    assert "OPML" in str(errors[0])
