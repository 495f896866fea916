"""A search is a feed that any reader understands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from starlette.testclient import TestClient

from newsindex import Article
from newsindex.web import Limits, create_app

KINDS = {"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}
HOSTILE = [
    Article("Une <b>neige</b> & du gel\x00\x0b\ufffe ]]>", "<script>alert(1)</script> neige \x1b[2J",
            url="javascript:alert(1)", id='a" onload="x', author="<i>", section="&\x08", source="]]>"),
    Article("neige 2", url="https://echo.example/a b<c>", id="\x01",
            published=datetime(2026, 1, 1, 6, tzinfo=UTC)),
    Article("", "La neige sans titre.", id="é/ü"),
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_has_the_newest_first(client, kind):
    answer = client.get(f"/api/search.{kind}?q=neige")
    assert answer.headers["content-type"] == KINDS[kind]
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.version == {"rss": "rss20", "atom": "atom10"}[kind]
    assert feed.feed.title == "newsindex: neige"
    assert feed.feed.link == "http://testserver/?q=neige"
    assert [entry.title for entry in feed.entries] == [
        "La neige coupe la route", "Neige à Ifrane", "Pluie sur Fès",
    ]  # fmt: skip
    assert [entry.link for entry in feed.entries] == [
        "https://echo.example/route",
        "https://echo.example/neige?page=1&b=2",
        "http://testserver/article?id=pluie%2F1",
    ]
    entry = feed.entries[1]
    assert entry.author == "A. Idrissi"
    assert [tag.term for tag in entry.tags] == ["Météo"]
    assert entry.updated_parsed[:3] == (2026, 1, 2) if kind == "atom" else entry.published_parsed[:3]
    assert entry.summary == "Il a neigé sur le Moyen Atlas."
    assert "&lt;mark&gt;neigé&lt;/mark&gt;" in answer.text
    assert len({entry.id for entry in feed.entries}) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_takes_the_parameters_of_a_search(client, kind, problem):
    answer = client.get(f"/api/search.{kind}?q=neige&source=l'echo&sort=oldest&limit=1&since=2026")
    assert [entry.title for entry in feedparser.parse(answer.content).entries] == ["Neige à Ifrane"]
    assert feedparser.parse(client.get(f"/api/search.{kind}?q=rien").content).entries == []
    problem(client.get(f"/api/search.{kind}?timeline=month"), 400)


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_is_valid_xml_whatever_is_in_it(make_index, kind):
    client = TestClient(create_app(make_index(HOSTILE)))
    for query in ("", "neige", "%00%0B</title><script>", "%EF%BF%BF"):
        answer = client.get(f"/api/search.{kind}?q={query}")
        ElementTree.fromstring(answer.content)
        assert b"<script" not in answer.content
        assert b"javascript:" not in answer.content
    feed = feedparser.parse(client.get(f"/api/search.{kind}?q=neige").content)
    assert len(feed.entries) == 3
    assert all(entry.link.startswith("http://testserver/article?id=") for entry in feed.entries)
    assert all(entry.title for entry in feed.entries)


@pytest.mark.parametrize(("page", "entries"), [(100, 50), (7, 7)])
def test_a_feed_has_fifty_entries_unless_another_number_is_asked_for(make_index, page, entries):
    index = make_index(Article(f"neige {i}", id=str(i)) for i in range(60))
    client = TestClient(create_app(index, limits=Limits(page=page)))
    assert client.get("/api/search.atom").text.count("<entry>") == entries
    assert client.get("/api/search.rss?limit=3").text.count("<item>") == 3


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_dated_in_the_future_is_not_in_a_feed_before_its_day(make_index, kind):
    today = datetime.now(UTC).date()
    dated = [
        Article(f"neige {i}", published=today + timedelta(days=i), id=str(i)) for i in (-2, 0, 1, 4, 9, 99)
    ]
    client = TestClient(create_app(make_index([*dated, Article("neige sans date", id="undated")])))

    def entries(address):
        return [
            entry.title
            for entry in feedparser.parse(client.get(f"/api/search.{kind}{address}").content).entries
        ]

    known = ["neige 1", "neige 0", "neige -2", "neige sans date"]
    assert entries("?q=neige") == entries("") == known
    assert entries("?q=neige&limit=2") == known[:2]
    assert entries(f"?since={today + timedelta(days=9)}") == []
    assert entries(f"?since={today + timedelta(days=9)}&until=2999") == ["neige 99", "neige 9"]
    assert entries("?q=neige&sort=oldest")[:-1] == [f"neige {i}" for i in (-2, 0, 1, 4, 9, 99)]
