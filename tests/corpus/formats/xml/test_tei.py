"""Texts in TEI become articles."""

from __future__ import annotations

import pytest

from tests.corpus.formats.reading import read_as


def tei(title="Le cèdre revient", date='<date when="2024-03-12">12 mars</date>'):
    return f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="fr"><teiHeader><fileDesc><titleStmt>
<title>{title}</title>
<author>Nora Berrada</author></titleStmt><publicationStmt><publisher>Un labo</publisher>
<date when="2025-01-01"/>
</publicationStmt><sourceDesc><bibl><title level="j">La Vigie</title>{date}</bibl></sourceDesc></fileDesc>
</teiHeader>
<text><body><div><head>{title}</head><p>Le cèdre revient<note>Une note.</note> à Azrou.</p>
<p>Il est<lb/>haut.</p></div>
</body></text></TEI>"""


@pytest.fixture
def read(tmp_path):
    return lambda content, **options: read_as(tmp_path, content, **options)


def test_a_text_has_the_fields_of_its_header(read):
    (article,), errors, _ = read(tei(), name="a.tei")
    assert errors == []
    assert article.headline == "Le cèdre revient"
    assert article.body.startswith("Le cèdre revient à Azrou.\n\nIl est")
    assert (article.source, article.author, article.lang) == ("La Vigie", "Nora Berrada", "fr")
    assert str(article.published) == "2024-03-12"


def test_each_text_of_a_corpus_is_an_article(read):
    corpus = '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>'
    articles, _, _ = read(f"{corpus}{tei('Un')}{tei('Deux', date='')}</teiCorpus>")
    assert [(a.headline, str(a.published)) for a in articles] == [
        ("Un", "2024-03-12"),
        ("Deux", "2025-01-01"),
    ]


def test_an_entry_beside_comments_of_readers_is_the_text(read):
    content = tei().replace("<div>", '<div type="entry">')
    content = content.replace("</body>", '<div type="comments"><p>Bravo !</p></div></body>')
    content = content.replace("</bibl>", '<ptr type="URL" target="https://vigie.example/cedre"/></bibl>')
    (article,), _, _ = read(content)
    assert "Bravo" not in article.body
    assert article.url == "https://vigie.example/cedre"


def test_a_text_that_is_cut_gives_what_comes_before_and_says_where(read):
    (article,), (error,), _ = read(tei()[:-60])
    assert article.headline == "Le cèdre revient"
    assert "the XML is damaged" in error


def test_a_header_alone_is_an_article_without_body(read):
    content = tei()
    (article,), _, _ = read(content[: content.index("<text>")] + "</TEI>")
    assert (article.headline, article.body) == ("Le cèdre revient", "")
