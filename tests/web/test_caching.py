"""A client that has an answer is told so, and every commit is seen."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

import newsindex
from newsindex import Article, IndexCorrupt
from newsindex.web import create_app
from newsindex.web.limits import Limits

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
