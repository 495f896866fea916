"""A client that has an answer is told so, and every commit is seen."""

from __future__ import annotations

import shutil

import pytest
from starlette.testclient import TestClient

import newsindex
from newsindex import Article, IndexCorrupt
from newsindex.web import create_app
from newsindex.web.limits import Limits

from .conftest import ARTICLES

CACHED = [
    "/api/search?q=neige", "/api/search.csv?q=neige", "/api/search.rss", "/api/search.atom", "/api/stats",
    "/api/articles?id=pluie/1", "/api/openapi.json",
]  # fmt: skip
AT_ONCE = Limits(refresh=1e-9)


@pytest.mark.parametrize("path", CACHED)
def test_an_answer_that_would_be_the_same_is_not_sent_again(client, index, path):
    first = client.get(path)
    assert first.headers["cache-control"] == "no-cache"
    tag = first.headers["etag"]
    again = client.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    index.add([Article("Neige encore", id="new")])
    after = client.get(path, headers={"If-None-Match": tag})
    assert after.status_code == 200
    assert after.headers["etag"] != tag


def test_other_addresses_have_other_tags(client):
    tags = [client.get(path).headers["etag"] for path in CACHED]
    assert len(set(tags)) == len(tags)


def test_a_problem_has_no_tag(client):
    assert "etag" not in client.get("/api/articles?id=nix").headers


def test_commits_of_others_are_seen(index):
    client = TestClient(create_app(index, limits=AT_ONCE))
    with newsindex.open(index.path) as other:
        other.add([Article("De la neige ailleurs", id="other")])
    assert client.get("/api/articles?id=other").status_code == 200
    assert client.get("/api/health").json()["commit"] == index.commit == 2


def test_the_index_is_not_asked_for_commits_at_every_request(index, monkeypatch):
    client = TestClient(create_app(index, limits=Limits(refresh=3600)))
    monkeypatch.setattr(index, "refresh", lambda: pytest.fail("refreshed"))
    assert client.get("/api/health").status_code == 200


def test_a_damaged_index_is_a_problem_until_it_is_whole_again(index, monkeypatch, problem):
    client = TestClient(create_app(index, limits=AT_ONCE))
    with monkeypatch.context() as damaged:

        def refresh():
            raise IndexCorrupt(f"{index.path}/s1: bytes are not what was written")

        damaged.setattr(index, "refresh", refresh)
        for path in ("/api/health", "/api/search"):
            assert str(index.path) not in problem(client.get(path), 500)
    assert client.get("/api/health").status_code == 200


def test_an_index_created_anew_has_other_tags(index, tmp_path):
    paths = [*CACHED, "/?q=neige", "/article?id=pluie/1"]
    client = TestClient(create_app(index, limits=AT_ONCE))
    tags = [client.get(path).headers["etag"] for path in paths]
    shutil.rmtree(index.path)
    with newsindex.create(index.path) as anew:
        anew.add(ARTICLES)
        assert (anew.commit, len(anew)) == (index.commit, len(index))
    for path, tag in zip(paths, tags, strict=True):
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        assert answer.headers["etag"] != tag


PAGES = ["/", "/?q=neige&source=L'Écho", "/article?id=pluie/1", "/compare", "/compare?q=neige&q=pluie",
         "/words?q=neige", "/trends?since=2025", "/alerts", "/alerts?name=neige"]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_would_be_the_same_is_not_sent_again(client, index, path):
    index.alerts.add("neige", "neige")
    french = {"Accept-Language": "fr"}
    first = client.get(path, headers=french)
    assert first.status_code == 200
    tag = first.headers["etag"]
    again = client.get(path, headers={**french, "If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    for name, value in (("vary", "Accept-Language, Cookie"), ("cache-control", "private, no-cache")):
        assert again.headers[name] == first.headers[name] == value
    english = client.get(path, headers={"Accept-Language": "en", "If-None-Match": tag})
    assert english.status_code == 200
    assert english.headers["etag"] != tag
    client.cookies.set("ui", "en")
    assert client.get(path, headers={**french, "If-None-Match": tag}).status_code == 200
    client.cookies.clear()
    index.add([Article("Neige encore", id="new")])
    assert client.get(path, headers={**french, "If-None-Match": tag}).status_code == 200


def test_a_page_changes_where_the_server_is_given_a_token(client, index):
    tag = client.get("/?q=neige").headers["etag"]
    with_token = TestClient(create_app(index, token="geheim"))
    assert with_token.get("/?q=neige", headers={"If-None-Match": tag}).status_code == 200


def test_the_page_of_an_alert_changes_when_it_is_acknowledged(client, index):
    index.alerts.add("neige", "neige")
    index.add([Article("Neige encore", id="new")])
    tags = [client.get(path).headers["etag"] for path in ("/alerts", "/alerts?name=neige")]
    index.alerts.acknowledge("neige", index.alerts.new("neige")[-1])
    for path, tag in zip(("/alerts", "/alerts?name=neige"), tags, strict=True):
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_a_page_that_keeps_the_language_in_a_cookie_is_always_sent(client):
    for _ in range(2):
        answer = client.get("/?ui=en", headers={"If-None-Match": "*"})
        assert "etag" not in answer.headers
        assert "ui=en" in answer.headers["set-cookie"]


def test_a_page_of_an_error_has_no_tag(client):
    for path in ("/article?id=nix", "/?since=bientot"):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert "etag" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
