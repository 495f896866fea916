"""Each text item of NewsML-G2 becomes an article; other items and withdrawn ones are counted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.corpus.formats.reading import read_as

NAMESPACE = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>
<h1>Le cèdre revient</h1><p>Le cèdre revient
  à <b>Azrou</b>, disent-ils.</p><ul><li>Un plan</li></ul><figure><figcaption>Photo</figcaption></figure>
</body></html></inlineXML>"""
NITF = """<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">
<body>
<body.head><hedline><hl1>Un titre de la dépêche</hl1></hedline><byline>Par <person>Idir Amrani</person>
</byline>
</body.head><body.content><block><p>Le texte &amp; la suite.</p><media><media-caption>Photo</media-caption>
</media>
</block></body.content></body></nitf></inlineXML>"""
PROVIDER = '<provider qcode="nprov:AGN"><name>Agence du Nord</name></provider>'
META = f"""<itemMeta><itemClass qcode="ninat:text"/>{PROVIDER}
<versionCreated>2024-03-12T14:05:00+01:00</versionCreated><pubStatus qcode="stat:usable"/>
<service qcode="svc:soc"><name>Société</name></service></itemMeta>"""
CONTENT_META = """<contentMeta><contentCreated>2024-03-12T13:00:00+01:00</contentCreated>
<creator qcode="x:1"><name>Nora Berrada</name></creator><language tag="fr-MA"/>
<headline>Le cèdre revient</headline><description role="drol:caption">Non</description>
<description role="drol:summary">En bref.</description></contentMeta>"""


def item(guid="urn:newsml:vigie.example:1", meta=META, content_meta=CONTENT_META, content=XHTML):
    return (
        f'<newsItem {NAMESPACE} guid="{guid}" version="1" xml:lang="fr">{meta}{content_meta}'
        f"<contentSet>{content}</contentSet></newsItem>"
    )


def message_of(*items):
    header = "<header><sent>2024-03-12T14:06:00Z</sent><sender>Relais du Nord</sender></header>"
    content = f"{header}<itemSet>{''.join(items)}</itemSet>"
    return f"<?xml version='1.0'?><newsMessage {NAMESPACE}>{content}</newsMessage>"


@pytest.fixture
def read(tmp_path):
    return lambda content, **options: read_as(tmp_path, content, **options)


def test_an_item_has_every_field(read):
    (article,), errors, _ = read(item())
    assert errors == []
    assert article.headline == "Le cèdre revient"
    assert article.body == "Le cèdre revient à Azrou, disent-ils.\n\nUn plan"
    assert (article.source, article.author, article.section) == ("Agence du Nord", "Nora Berrada", "Société")
    assert article.published == datetime(2024, 3, 12, 13, 5, tzinfo=UTC)
    assert (article.lang, article.abstract) == ("fr", "En bref.")
    assert (article.id, article.url) == ("urn:newsml:vigie.example:1", None)


def test_a_message_gives_each_text_and_counts_the_rest(read):
    picture = item("3", META.replace("ninat:text", "ninat:picture"), content="<remoteContent href='a.jpg'/>")
    withdrawn = item("4", META.replace("stat:usable", "stat:canceled"))
    package = f"<packageItem {NAMESPACE}><groupSet/></packageItem>"
    articles, errors, passed = read(
        message_of(item("1"), item("2", content=NITF), picture, withdrawn, package)
    )
    assert errors == []
    assert [article.id for article in articles] == ["1", "2"]
    assert articles[1].body == "Le texte & la suite."
    assert passed == {"picture": 1, "canceled": 1, "package": 1}


def test_what_the_metadata_lack_comes_from_the_text_and_the_message(read):
    meta = META.replace(PROVIDER, "")
    (article,), _, _ = read(message_of(item(meta=meta, content_meta="<contentMeta/>", content=NITF)))
    assert (article.headline, article.author) == ("Un titre de la dépêche", "Idir Amrani")
    assert (article.source, article.lang) == ("Relais du Nord", "fr")


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ('<provider literal="La Vigie"/>', "La Vigie"),
        ('<provider qcode="nprov:AFP"/>', "AFP"),
        ('<provider uri="http://cv.iptc.org/newscodes/newsprovider/MAP"/>', "MAP"),
        ('<provider qcode="nprov:MAP">Maghreb Presse</provider>', "Maghreb Presse"),
    ],
)
def test_a_provider_is_named_in_any_way(read, given, source):
    meta = META.replace(PROVIDER, given)
    (article,), _, _ = read(item(meta=meta))
    assert article.source == source


def test_plain_text_and_html_as_text_are_read(read):
    plain = "<inlineData contenttype='text/plain'>Un début\nsans fin.\n\nUne suite.</inlineData>"
    html = "<inlineData contenttype='text/html'>&lt;p&gt;Un.&lt;/p&gt;&lt;p&gt;Deux.&lt;/p&gt;</inlineData>"
    articles, _, _ = read(message_of(item("1", content=plain), item("2", content=html)))
    assert [article.body for article in articles] == ["Un début sans fin.\n\nUne suite.", "Un.\n\nDeux."]


def test_a_message_that_is_cut_gives_what_comes_before_and_says_where(read):
    content = message_of(item("1"), item("2"))
    articles, errors, _ = read(content[: content.rindex("disent-ils")])
    assert articles[0].id == "1"
    assert len(errors) == 1
    assert "the XML is damaged" in errors[0]


def test_a_message_of_concepts_holds_no_article(read):
    articles, _, passed = read(message_of(f"<conceptItem {NAMESPACE}><concept/></conceptItem>"))
    assert (articles, passed) == ([], {"concept": 1})


def test_the_caption_of_a_picture_is_no_article(read):
    picture = item("3", META.replace("ninat:text", "ninat:picture"), content=NITF)
    articles, errors, passed = read(message_of(picture))
    assert (articles, errors, passed) == ([], [], {"picture": 1})
