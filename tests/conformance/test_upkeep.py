"""Statistics, checks, rebuilding, exports, reviews, coroutines, the page and the command."""

from __future__ import annotations

import asyncio
import io
import json

import pytest
from click.testing import CliRunner

import newsindex
from newsindex import Article, aio
from newsindex.cli import main

from .conftest import ids
from .press import PRESS


def test_statistics_count_articles_and_bytes(presse):
    stats = presse.stats()
    assert stats.articles == len(PRESS)
    assert stats.deleted == 0
    assert stats.segments > 0
    assert stats.bytes > 0
    assert sum(stats.bytes_by_part.values()) == stats.bytes
    assert stats.acronyms == 1
    assert stats.frequent_acronyms[0].acronym == "ONEE"
    assert stats.commit == presse.commit


def test_a_whole_index_passes_its_check(presse):
    assert presse.check() is None


@pytest.mark.parametrize("options", [{}, {"rebuild": True}])
def test_upkeep_changes_no_answer(make_index, options):
    index = make_index(PRESS[:12], PRESS[12:])
    index.delete("or", "metiers")
    identity = index.identity
    before = [
        ids(index.search(query, sort="newest")) for query in ("", "marrakech", "barrage", "onee", "gouv*")
    ]
    index.optimize(**options)
    after = [
        ids(index.search(query, sort="newest")) for query in ("", "marrakech", "barrage", "onee", "gouv*")
    ]
    assert before == after
    assert (len(index), index.identity) == (len(PRESS) - 2, identity)
    assert index.get("or") is None
    assert index.get("can") == PRESS[1]
    index.check()
    assert index.add([Article("Après", id="après")]).added == 1


def test_an_index_is_rebuilt_by_its_address(place):
    index = place.make(PRESS[:5])
    newsindex.rebuild(place.address(index))
    index.refresh()
    assert sorted(one.id for one in index) == sorted(one.id for one in PRESS[:5])
    assert ids(index.search("thon")) == []
    assert ids(index.search("interpol")) == ["interpol"]
    with pytest.raises(newsindex.IndexNotFound):
        newsindex.rebuild(place.new_address())


# Exports


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_an_export_is_read_again_as_it_was(presse, tmp_path, format):
    target = tmp_path / f"tout.{format}"
    assert presse.export(target) == len(PRESS)
    assert sorted(newsindex.read(target), key=lambda one: one.id) == sorted(PRESS, key=lambda one: one.id)


def test_an_export_is_of_a_search(presse):
    stream = io.BytesIO()
    assert presse.export(stream, "marrakech", format="jsonl", source="Hespress") == 2
    assert [json.loads(line)["id"] for line in stream.getvalue().splitlines()] == ["interpol", "pluies"]


# Reviews


def test_a_review_groups_what_was_found_and_folds_copies(presse, tmp_path):
    review = presse.review("tiznit OU marrakech", title="Revue")
    assert {section.title for section in review.sections} == {"Société", "Sécurité", "Météo"}
    (entry,) = [
        entry for section in review.sections if section.title == "Société" for entry in section.entries
    ]
    assert {entry.article.id, *[copy.id for copy in entry.copies]} == {"copie-1", "copie-2", "copie-3"}
    assert (review.total, review.title) == (5, "Revue")
    for name in ("revue.html", "revue.md"):
        review.save(tmp_path / name)
        assert "Marrakech" in (tmp_path / name).read_text()
    full = presse.review("interpol", full=True)
    assert "<mark>Interpol</mark>" in full.html()


def test_an_alert_is_reviewed(make_index):
    index = make_index(PRESS)
    alert = index.alerts.add("eau", "tiznit", source=["AFP", "Reuters"])
    assert index.review(alert).total == 2


# Other ways in


def test_coroutines_answer_as_calls_do(place):
    index = place.make(PRESS[:6])

    async def ask():
        results = await aio.search(index, "marrakech")
        await aio.add(index, [Article("Neuf", id="neuf")])
        return ids(results), await aio.get(index, "neuf")

    found, added = asyncio.run(ask())
    assert found == ids(index.search("marrakech"))
    assert added == Article("Neuf", id="neuf")


@pytest.fixture
def command(place, monkeypatch):
    """Runs the command on an index of the articles; returns its status and what it printed."""
    index = place.make(PRESS)
    monkeypatch.setenv("NEWSINDEX_PATH", place.address(index))
    runner = CliRunner()

    def run(*arguments):
        done = runner.invoke(main, arguments, catch_exceptions=False)
        return done.exit_code, done.stdout

    return run


def test_every_command_works(command, tmp_path):
    file = tmp_path / "un.jsonl"
    file.write_text('{"headline": "Un séisme", "id": "séisme"}\n')
    assert command("index", str(file))[0] == 0
    status, printed = command("search", "séisme", "--json")
    assert (status, json.loads(printed)["total"]) == (0, 1)
    assert command("search", "rien-de-tel")[0] == 1
    assert "séisme" in command("show", "séisme")[1]
    assert command("explain", "séisme", "séisme")[0] == 0
    assert command("similar", "copie-1", "--json")[0] == 0
    assert "Interpol" in command("suggest", "interp")[1]
    assert json.loads(command("stats", "--json")[1])["articles"] == len(PRESS) + 1
    assert command("check")[0] == 0
    assert command("optimize")[0] == 0
    assert command("alert", "add", "eau", "eau AND tiznit")[0] == 0
    assert "eau" in command("alert", "list")[1]
    assert command("review", "tiznit", "--output", str(tmp_path / "r.md"))[0] == 0
    assert len(command("export")[1].splitlines()) == len(PRESS) + 1
    assert command("delete", "séisme")[0] == 0
    assert command("show", "séisme")[0] == 1


def test_the_command_says_where_there_is_no_index(place, monkeypatch):
    monkeypatch.setenv("NEWSINDEX_PATH", place.new_address())
    done = CliRunner().invoke(main, ["search", "maroc"], catch_exceptions=False)
    assert done.exit_code == 3
    assert "`newsindex index" in done.stderr or "`newsindex cluster create" in done.stderr


def test_the_page_and_the_api_answer(place):
    from starlette.testclient import TestClient

    from newsindex.web import create_app

    index = place.make(PRESS)
    with TestClient(create_app(index), base_url="http://127.0.0.1") as client:
        page = client.get("/", params={"q": "interpol marrakech"})
        assert page.status_code == 200
        assert "<mark>Interpol</mark>" in page.text
        assert client.get("/api/search", params={"q": "marrakech"}).json()["total"] == 2
