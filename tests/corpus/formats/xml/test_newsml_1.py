"""Each news item of NewsML 1 becomes an article, or each of its components that has a text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.corpus.formats.reading import read_as

LINES = """<NewsLines><HeadLine>Le cèdre revient</HeadLine><SubHeadLine>En bref</SubHeadLine>
<ByLine>Par Nora Berrada</ByLine><CopyrightLine>© Agence</CopyrightLine></NewsLines>"""
TEXT = """<ContentItem><MediaType FormalName="Text"/><DataContent><p>Le cèdre revient.</p><p>Il est haut.</p>
</DataContent></ContentItem>"""
CAPTION = """<NewsComponent><Role FormalName="Caption"/><ContentItem><MediaType FormalName="Text"/>
<DataContent><p>Photo.</p></DataContent></ContentItem></NewsComponent>"""


def component(lines=LINES, content=TEXT):
    return f"""<NewsComponent>{lines}<AdministrativeMetadata><Provider><Party FormalName="Agence du Nord"/>
</Provider>
</AdministrativeMetadata><DescriptiveMetadata><Language FormalName="fr"/></DescriptiveMetadata>
<NewsComponent><Role FormalName="Main"/>{content}</NewsComponent>{CAPTION}</NewsComponent>"""


def item(*components, status="Usable", number=1):
    return f"""<NewsItem><Identification><NewsIdentifier><ProviderId>agn.example</ProviderId>
<DateId>20240312</DateId><NewsItemId>n{number}</NewsItemId>
<RevisionId PreviousRevision="0" Update="N">1</RevisionId>
<PublicIdentifier>urn:newsml:agn.example:20240312:n{number}:1N</PublicIdentifier></NewsIdentifier>
</Identification>
<NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20240312T120000Z</FirstCreated>
<ThisRevisionCreated>20240312T140500+0100</ThisRevisionCreated><Status FormalName="{status}"/>
</NewsManagement>
{"".join(components)}</NewsItem>"""


def newsml(*items):
    return f"""<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE NewsML SYSTEM "http://www.iptc.org/std/NewsML/1.2/specification/NewsML_1.2.dtd">
<NewsML Version="1.2"><Catalog Href="http://e.example/c.xml"/><NewsEnvelope><SentFrom>
<Party FormalName="Relais"/>
</SentFrom></NewsEnvelope>{"".join(items)}</NewsML>"""


@pytest.fixture
def read(tmp_path):
    return lambda content, **options: read_as(tmp_path, content, **options)


def test_an_item_in_an_old_encoding_has_every_field(read):
    (article,), errors, _ = read(newsml(item(component())).encode("iso-8859-1"))
    assert errors == []
    assert (article.headline, article.body) == ("Le cèdre revient", "Le cèdre revient.\n\nIl est haut.")
    assert (article.source, article.author, article.lang) == ("Agence du Nord", "Nora Berrada", "fr")
    assert article.published == datetime(2024, 3, 12, 13, 5, tzinfo=UTC)
    assert (article.abstract, article.id) == ("En bref", "urn:newsml:agn.example:20240312:n1:1N")


def test_components_with_headlines_of_their_own_are_articles(read):
    second = component(LINES.replace("Le cèdre revient", "La neige tombe"), TEXT.replace("cèdre", "col"))
    articles, _, _ = read(newsml(item(f"<NewsComponent>{component()}{second}</NewsComponent>")))
    assert [article.headline for article in articles] == ["Le cèdre revient", "La neige tombe"]


def test_withdrawn_items_and_pictures_are_counted(read):
    picture = '<ContentItem Href="a.jpg"><MediaType FormalName="Photo"/></ContentItem>'
    articles, errors, passed = read(
        newsml(
            item(component(), status="Canceled"),
            item(f"<NewsComponent>{picture}</NewsComponent>", number=2),
            item(component(), number=3),
        )
    )
    assert errors == []
    assert len(articles) == 1
    assert passed == {"canceled": 1, "photo": 1}


def test_nitf_inside_is_read(read):
    nitf = """<ContentItem><DataContent><nitf><body><body.head><byline><person>Idir Amrani</person>
</byline></body.head>
<body.content><p>La dépêche.</p></body.content></body></nitf></DataContent></ContentItem>"""
    (article,), _, _ = read(newsml(item(component("<NewsLines><HeadLine>Un</HeadLine></NewsLines>", nitf))))
    assert (article.headline, article.body, article.author) == ("Un", "La dépêche.", "Idir Amrani")


def test_a_file_that_is_cut_gives_what_comes_before_and_says_where(read):
    content = newsml(item(component()), item(component(), number=2))
    articles, errors, _ = read(content[:-900])
    assert articles[0].headline == "Le cèdre revient"
    assert "the XML is damaged" in errors[0]
