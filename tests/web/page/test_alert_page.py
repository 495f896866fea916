"""The pages of the alerts, which work without a script."""

from __future__ import annotations

import html
import re
import sqlite3
from contextlib import closing

import pytest
from starlette.testclient import TestClient

from newsindex import Article
from newsindex.storage.alerts.alert_rows import alert_checksum
from newsindex.web import create_app


@pytest.fixture
def index(index):
    index.alerts.add("neige & gel", "neige", source="L'Écho", since="2025")
    index.add([Article("<b>Neige</b>", "La neige.", source="L'Écho", id="n"), Article("Rien", "x", id="r")])
    return index


@pytest.fixture
def client(index):
    return TestClient(create_app(index, token="jeton"), headers={"Accept": "text/html"})


def post(client, **fields):
    return client.post("/alerts", data={"token": "jeton"} | fields, follow_redirects=False)


def test_the_list_shows_each_alert_and_how_many_are_new(index, client):
    page = client.get("/alerts").text
    assert "neige &amp; gel" in page
    assert "0 nouveau" in page, "the article has no date, and the alert is of articles since 2025"
    assert 'href="/?q=neige&amp;source=L%27%C3%89cho&amp;since=2025"' in page
    assert "début\N{NO-BREAK SPACE}: 2025" in page


def test_an_alert_is_saved_from_a_search_shown_and_acknowledged(index, client):
    page = client.get("/?q=neige&sort=newest").text
    form = page[page.index('<form class="save"') :]
    assert re.findall(r'type="hidden" name="(\w+)"', form[: form.index("</form>")]) == ["q"]
    assert 'value="neige"' in form
    saved = post(client, action="save", name="ma neige", q="neige")
    assert (saved.status_code, saved.headers["location"]) == (303, "/alerts?name=ma+neige")
    index.add([Article("<i>Neige</i> encore", "Neige.", id="x")])
    shown = client.get("/alerts?name=ma+neige").text
    assert "&lt;i&gt;<mark>Neige</mark>&lt;/i&gt; encore" in shown
    assert "1 nouveau" in shown
    upto = re.search(r'name="upto" value="(\d+)"', shown)[1]
    assert post(client, action="acknowledge", name="ma neige", upto=upto).status_code == 303
    assert "0 nouveau" in client.get("/alerts?name=ma+neige").text
    assert post(client, action="remove", name="ma neige").headers["location"] == "/alerts"
    assert "ma neige" not in client.get("/alerts").text


@pytest.mark.parametrize(("fields", "status"), [
    ({"action": "save", "name": "x", "q": "neige", "token": "faux"}, 401),
    ({"action": "save", "name": "x"}, 400),
    ({"action": "save", "name": "neige & gel", "q": "gel"}, 409), ({"action": "remove", "name": "x"}, 404),
    ({"action": "acknowledge", "name": "neige & gel", "upto": "-1"}, 400), ({"name": "x"}, 400),
    ({"action": "save", "name": "x" * 70_000, "q": "neige"}, 413),
    ({"action": "save", "name": "x", "q": "le"}, 400),
])  # fmt: skip
def test_a_form_that_is_wrong_gets_a_page_that_says_so(index, client, fields, status):
    answer = post(client, **fields)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert list(index.alerts) == ["neige & gel"]


def test_a_body_that_is_no_form_is_refused(client):
    assert client.post("/alerts", json={}).status_code == 415


def test_an_unknown_alert_is_not_found(client):
    assert client.get("/alerts?name=x").status_code == 404


def test_without_a_token_nothing_can_be_changed(index):
    client = TestClient(create_app(index), headers={"Accept": "text/html"})
    assert '<form class="save"' not in client.get("/?q=neige").text
    assert '<form class="save"' not in client.get("/alerts?name=neige+%26+gel").text
    assert post(client, action="remove", name="neige & gel").status_code == 405


def test_the_pages_are_in_english_too(client):
    assert (
        "Alerts" in client.get("/alerts?lang=en").text
        or "Alerts" in client.get("/alerts", headers={"Accept-Language": "en"}).text
    )


@pytest.mark.parametrize(
    ("body", "french", "english"),
    [
        ('{"query": "date:hierr", "operator": "any", "filters": {}}',
         '<span lang="fr" dir="auto">« hierr » n’est pas une date', "is not a date"),
        ('{"query": "roi~3", "operator": "any", "filters": {}}',
         '<span lang="fr" dir="auto">Après ~ vient 1 ou 2', "after ~ comes 1 or 2"),
        ('{"query": "neige", "operator": "any", "filters": {"humeur": ["gaie"]}}',
         '<span lang="fr" dir="auto">L’alerte a été enregistrée par une autre version', "humeur"),
    ],
)  # fmt: skip
def test_why_an_alert_is_not_run_is_said_in_the_language_of_the_page(index, client, body, french, english):
    replace_body(index, "neige & gel", body)
    for address in ("/alerts", "/alerts?name=neige+%26+gel"):
        page = html.unescape(client.get(address, headers={"Accept-Language": "fr"}).text)
        assert french in re.sub("[\u2068\u2069]", "", page.replace("\xa0", " ").replace("\u202f", " "))
        page = html.unescape(client.get(address, headers={"Accept-Language": "en"}).text)
        assert '<span lang="en" dir="auto">' in page
        assert english in page.lower()
    assert english in index.alerts["neige & gel"].error
    assert str(index.alerts["neige & gel"].cause) == index.alerts["neige & gel"].error


def replace_body(index, name, body):
    """Stores another definition of an alert, as an older version might have saved it."""
    with closing(sqlite3.connect(index.path / "catalogue.sqlite")) as database, database:
        (created,) = database.execute("SELECT created FROM alerts WHERE name = ?", (name,)).fetchone()
        database.execute(
            "UPDATE alerts SET body = ?, tree = '', key_version = '0', checksum = ? WHERE name = ?",
            (body, alert_checksum(name, body, created, ""), name),
        )


def test_a_conditional_request_sees_an_acknowledgement(index, client):
    tag = client.get("/alerts").headers["etag"]
    assert client.get("/alerts", headers={"If-None-Match": tag}).status_code == 304
    index.alerts.acknowledge("neige & gel")
    assert client.get("/alerts", headers={"If-None-Match": tag}).status_code == 200
