"""A news sitemap gives an article for each address with news; other sitemaps are refused by name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.corpus.formats.reading import read_as

OPEN = (
    '<?xml version="1.0"?><!-- carte --><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
)


def url(number, news=True):
    data = f"""<n:news><n:publication><n:name>La Vigie</n:name><n:language>fr</n:language></n:publication>
<n:publication_date>2024-03-12T14:05:00+01:00</n:publication_date><n:title><![CDATA[Titre n° {number}]]>
</n:title>
<n:keywords>forêt, eau</n:keywords></n:news>"""
    return f"<url><loc>\n https://vigie.example/{number}?a=1&b=2 </loc>{data if news else ''}</url>"


@pytest.fixture
def read(tmp_path):
    return lambda content, **options: read_as(tmp_path, content, **options)


def test_each_address_with_news_is_an_article_without_body(read):
    articles, errors, passed = read(f"{OPEN}{url(1)}{url(2)}{url(3, news=False)}</urlset>")
    assert errors == []
    assert [article.headline for article in articles] == ["Titre n° 1", "Titre n° 2"]
    assert (articles[0].source, articles[0].lang, articles[0].body) == ("La Vigie", "fr", "")
    assert articles[0].url == "https://vigie.example/1?a=1&b=2"
    assert articles[0].published == datetime(2024, 3, 12, 13, 5, tzinfo=UTC)
    assert passed == {"address without news": 1}


def test_a_plain_sitemap_is_refused_by_name(read):
    articles, (error,), _ = read(f"{OPEN}{url(1, news=False)}</urlset>")
    assert articles == []
    assert "this is a sitemap" in error


def test_a_sitemap_index_is_refused_by_name(read):
    index = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap/></sitemapindex>'
    assert "sitemap index" in read(index, name="plan.txt")[1][0]


def test_a_sitemap_that_is_cut_gives_what_comes_before_and_says_where(read):
    articles, errors, _ = read(f"{OPEN}{url(1)}{url(2)}"[:-100])
    assert articles[0].headline == "Titre n° 1"
    assert "the XML is damaged" in errors[0]
