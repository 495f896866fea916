"""Each example runs: what it mounts answers under its prefix, and what it asks itself is answered."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import os
from types import SimpleNamespace

import pytest

import newsindex
from newsindex import Article
from tests.conftest import ROOT

if not (ROOT / "examples").is_dir():
    pytest.skip("no examples beside the tests", allow_module_level=True)

from examples import async_script, sample, script

HEADLINE = "La pluie revient à Fès"
APPLICATIONS = {"starlette_app": "app", "fastapi_app": "app", "django_app": "application"}


@pytest.fixture(scope="module")
def mine(tmp_path_factory):
    """An index that NEWSINDEX_PATH names; applications open it when they are imported."""
    index = newsindex.create(tmp_path_factory.mktemp("examples") / "mine.newsindex")
    index.add([Article(HEADLINE, "Il pleut.", "L’Écho", id="1"), Article("Il neige", id="2")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSINDEX_PATH", str(index.path))
        yield index


def loaded(name):
    try:
        return importlib.import_module(f"examples.{name}")
    except ModuleNotFoundError as error:
        pytest.skip(f"{error.name} is not installed (extra: examples)")


def check(get):
    """``get`` gives the status and the JSON, or the text, that an address answers with."""
    check_mounted(get)
    check_route_sees_commits_of_others(get)


def check_route_sees_commits_of_others(get):
    """The application has an index of its own; what another one commits is found by the next request."""
    with newsindex.open(os.environ["NEWSINDEX_PATH"]) as other:
        other.add([Article("Orage sur Oujda", id="other")])
        assert get("/headlines?q=orage") == (200, ["Orage sur Oujda"])
        other.delete("other")
        assert get("/headlines?q=orage") == (200, [])


def check_mounted(get):
    assert get("/headlines?q=pluie") == (200, [HEADLINE])
    assert get("/headlines?q=absent") == (200, [])
    status, problem = get("/headlines?since=jamais")
    assert (status, "jamais" in problem["detail"]) == (422, True)
    status, health = get("/presse/api/health")
    assert (status, health["status"], health["articles"]) == (200, "ok", 2)
    status, found = get("/presse/api/search?q=pluie")
    assert (status, found["total"]) == (200, 1)
    status, page = get("/presse/")
    assert (status, "<title>" in page) == (200, True)
    assert get("/absent")[0] == 404


@pytest.mark.parametrize("name", APPLICATIONS)
def test_an_asgi_application_has_the_page_and_the_api_under_a_prefix(mine, name):
    testclient = pytest.importorskip("starlette.testclient")
    with testclient.TestClient(getattr(loaded(name), APPLICATIONS[name])) as client:

        def get(address):
            answer = client.get(address)
            is_json = answer.headers["content-type"].startswith("application/json")
            return answer.status_code, answer.json() if is_json else answer.text

        check(get)


def test_a_wsgi_application_has_them_through_a_bridge(mine):
    client = loaded("flask_app").app.test_client()

    def get(address):
        with client.get(address) as answer:
            return answer.status_code, answer.json if answer.is_json else answer.text

    check(get)


def test_the_scripts_print_what_they_find(mine, capsys):
    script.main(["pluie"])
    assert capsys.readouterr().out == f"{HEADLINE}\n    Il pleut.\n   1  L’Écho\n"
    asyncio.run(async_script.main(["pluie", "absent"]))
    assert capsys.readouterr().out.splitlines() == [
        f"pluie: 1 found, the newest: {HEADLINE}",
        "absent: 0 found, the newest: -",
    ]


def test_without_an_index_of_ones_own_the_sample_articles_are_searched(monkeypatch):
    monkeypatch.delenv("NEWSINDEX_PATH", raising=False)
    kept = []
    monkeypatch.setattr(sample, "atexit", SimpleNamespace(register=kept.append))
    with sample.open_index() as index:
        assert index.search("Interpol Marrakech").total > 1
    (clean,) = kept
    clean()
    assert not index.path.exists()


def test_every_example_is_run_here(mine):
    names = {path.stem for path in (ROOT / "examples").glob("[!_]*.py")} - {"sample"}
    assert names == {*APPLICATIONS, "flask_app", "script", "async_script"}
    assert all("uvicorn" in inspect.getdoc(loaded(name)) for name in APPLICATIONS)
