"""A document in NITF becomes an article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.corpus.formats.reading import read_as

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf xml:lang="fr"><head><title>Titre de tête</title><docdata management-status="usable">
<date.issue norm="20240312T140500+0100"/><doc-id id-string="agn-12"/>
<doc.copyright holder="Agence du Nord"/></docdata>
<pubdata type="print" name="La Vigie" position.section="Forêt" date.publication="20240313"/></head>
<body><body.head><hedline><hl1>Le cèdre revient</hl1><hl2>Un plan à Azrou</hl2></hedline>
<byline>Par <person>Nora Berrada</person><bytag>Envoyée spéciale</bytag></byline>
<dateline><location>AZROU</location></dateline><abstract><p>En bref.</p></abstract></body.head>
<body.content><block><p>Le cèdre revient.</p><hl2>La suite</hl2><p>Il est haut.</p></block>
<media media-type="image"><media-caption>Une photo</media-caption></media></body.content>
<body.end><tagline>nb/ia</tagline></body.end></body></nitf>"""


@pytest.fixture
def read(tmp_path):
    return lambda content, **options: read_as(tmp_path, content, **options)


def test_a_document_has_every_field(read):
    (article,), errors, _ = read(NITF)
    assert errors == []
    assert article.headline == "Le cèdre revient"
    assert article.body == "Le cèdre revient.\n\nLa suite\n\nIl est haut."
    assert (article.source, article.section, article.author) == ("La Vigie", "Forêt", "Nora Berrada")
    assert article.published == datetime(2024, 3, 12, 13, 5, tzinfo=UTC)
    assert (article.abstract, article.lang, article.id) == ("En bref.", "fr", "agn-12")


def test_a_document_without_metadata_is_read(read):
    (article,), errors, _ = read(
        "<nitf><body><body.head><hedline><hl1>Un</hl1></hedline></body.head></body></nitf>"
    )
    assert (article.headline, article.body, errors) == ("Un", "", [])


def test_a_withdrawn_document_is_counted(read):
    articles, _, passed = read(NITF.replace('"usable"', '"canceled"'))
    assert (articles, passed) == ([], {"canceled": 1})


def test_a_document_that_is_cut_gives_what_comes_before_and_says_where(read):
    (article,), (error,), _ = read(NITF[: NITF.index("Il est haut")])
    assert (article.headline, article.body) == ("Le cèdre revient", "Le cèdre revient.\n\nLa suite")
    assert "the XML is damaged" in error
