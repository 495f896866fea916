"""Alerts through the API: the list, what is new, the feeds with their tags, and changes with the token."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from newsindex import Article
from newsindex.web import create_app
from newsindex.web.limits import Limits

TOKEN = {"Authorization": "Bearer jeton"}


@pytest.fixture
def index(index):
    index.alerts.add("neige", "neige", source="L'Écho")
    return index


@pytest.fixture
def client(index):
    return TestClient(create_app(index, token="jeton", limits=Limits(refresh=0.001)))


def come(index, article_id="n", **fields):
    body = f"Il a <neigé> : {article_id}."
    index.add([Article("Encore la neige", body, source="L'Écho", id=article_id, **fields)])


def test_alerts_are_listed(index, client):
    come(index)
    (alert,) = client.get("/api/alerts").json()["alerts"]
    assert alert["name"] == alert["query"] == "neige"
    assert (alert["filters"], alert["new"], alert["error"]) == ({"source": ["L'Écho"]}, 1, None)


def test_what_is_new_is_told_until_it_is_acknowledged(index, client, problem):
    come(index)
    come(index, "m", url="https://echo.example/m")
    first, second = client.get("/api/alerts/new?name=neige").json()["matches"]
    assert (first["alert"], first["article"]["id"], second["article"]["id"]) == ("neige", "n", "m")
    upto = first["sequence"]
    address = f"/api/alerts/acknowledge?name=neige&upto={upto}"
    problem(client.post(address), 401)
    assert client.post(address, headers=TOKEN).json() == {"name": "neige", "new": 1}
    assert [match["sequence"] for match in client.get("/api/alerts/new").json()["matches"]] == [upto + 1]
    problem(client.post("/api/alerts/acknowledge?name=neige&upto=99", headers=TOKEN), 400)


def test_an_alert_is_saved_replaced_and_removed(client, problem):
    address = "/api/alerts?name=pluie&q=pluie+f%C3%A8s&operator=all&source=Le+Phare&since=2025"
    problem(client.post(address), 401)
    saved = client.post(address, headers=TOKEN).json()
    assert (saved["query"], saved["operator"], saved["new"]) == ("pluie fès", "all", 0)
    assert saved["filters"] == {"source": ["Le Phare"], "since": "2025"}
    problem(client.post(address, headers=TOKEN), 409)
    assert client.post(address + "&replace=true", headers=TOKEN).status_code == 200
    assert client.delete("/api/alerts?name=pluie", headers=TOKEN).json() == {"removed": "pluie"}
    problem(client.delete("/api/alerts?name=pluie", headers=TOKEN), 404)
    problem(client.delete("/api/alerts?name=neige"), 401)


@pytest.mark.parametrize(
    "parameters", ["", "?name=x", "?name=x&q=le", "?name=a/b&q=neige", "?name=x&q=neige&limit=3"]
)
def test_what_cannot_be_an_alert_is_refused(client, problem, parameters):
    problem(client.post(f"/api/alerts{parameters}", headers=TOKEN), 400)


@pytest.mark.parametrize("address", ["new?name=x", "feed.atom?name=x", "feed.rss?name=x"])
def test_an_unknown_alert_is_not_found(client, problem, address):
    assert "no alert" in problem(client.get(f"/api/alerts/{address}"), 404)


def test_without_a_token_alerts_are_only_read(index, problem):
    client = TestClient(create_app(index))
    assert client.get("/api/alerts").status_code == 200
    problem(client.post("/api/alerts?name=x&q=y", headers=TOKEN), 405)


def test_the_feeds_keep_their_ids_and_what_was_acknowledged(index, client):
    come(index, url="https://echo.example/n")
    come(index, "m/1")
    address = "/api/alerts/feed.atom?name=neige"
    feed = ElementTree.fromstring(client.get(address).content)
    assert feed.findtext("{*}title") == "newsindex: neige"
    assert [entry.findtext("{*}id") for entry in feed.findall("{*}entry")] == [
        "urn:newsindex:m/1",
        "urn:newsindex:n",
    ]
    links = [entry.find("{*}link").get("href") for entry in feed.findall("{*}entry")]
    assert links == ["http://testserver/article?id=m%2F1", "https://echo.example/n"]
    index.alerts.acknowledge("neige")
    assert ElementTree.fromstring(client.get(address).content).findall("{*}entry")[1:] != []
    channel = ElementTree.fromstring(client.get("/api/alerts/feed.rss?name=neige").content).find("channel")
    assert [item.findtext("guid") for item in channel.findall("item")] == ["m/1", "n"]
    assert "&lt;" in channel.findtext("item/description")


def test_conditional_requests_see_every_change(index, client):
    come(index)
    for address in ("/api/alerts/feed.atom?name=neige", "/api/alerts/new", "/api/alerts"):
        tags = [client.get(address).headers["etag"]]
        assert client.get(address, headers={"If-None-Match": tags[0]}).status_code == 304
        index.alerts.acknowledge("neige")
        tags.append(client.get(address).headers["etag"])
        come(index, f"nouveau {address}")
        index.alerts.add("autre" + address.replace("/", " "), "neige")
        tags.append(client.get(address).headers["etag"])
        assert len(set(tags)) == 3
