"""The French page says in French how a query was read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import newsindex
from newsindex.results import Note, Results
from newsindex.searching.searcher import Searcher
from newsindex.web import create_app
from newsindex.web.page.wording.note_texts import FRENCH_NOTES, note_language, note_text
from newsindex.web.page.wording.page_language import Language
from newsindex.web.search_parameters import FACETS

FRENCH, ENGLISH = Language("fr"), Language("en")


def notes_of_the_package():
    """The kind of each note that the package makes, and how many values it has."""
    for path in Path(newsindex.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Note":
                _, kind, *values = node.args
                assert isinstance(kind, ast.Constant), f"{path}:{node.lineno} has a kind that is no constant"
                yield kind.value, len(values)


def test_every_note_has_a_french_sentence():
    for kind, values in notes_of_the_package():
        sentence = FRENCH_NOTES[kind]
        assert sentence.format(*"xyz"[:values])
        assert sentence[-1] == "."


def test_a_note_is_written_in_the_language_of_the_page():
    note = Note(
        "The dash before 'x', a word that all texts have, was left out.", "dash_before_stop_word", "x"
    )
    assert note_text(note, FRENCH).startswith("Le tiret devant « x »")
    assert note_text(note, ENGLISH) == note
    assert (note_language(note, FRENCH), note_language(note, ENGLISH)) == ("fr", "en")


@pytest.mark.parametrize("note", ["A sentence.", Note("A sentence.", "kind_of_another_version")])
def test_a_note_without_a_french_sentence_stays_in_english(note):
    assert note_text(note, FRENCH) == "A sentence."
    assert note_language(note, FRENCH) == "en"


def test_the_values_of_a_note_are_escaped_on_the_page(make_index, monkeypatch):
    note = Note("No article has …", "unknown_label", "source", "<script>{0}")
    monkeypatch.setattr(Searcher, "search", lambda *_, **__: _results(note))
    page = TestClient(create_app(make_index([newsindex.Article("Neige")])))
    french = page.get("/?q=x", headers={"Accept-Language": "fr"}).text
    assert '<li lang="fr">Aucun article n’a « &lt;script&gt;{0} » dans le champ source' in french
    assert '<li lang="en">No article has …' in page.get("/?q=x", headers={"Accept-Language": "en"}).text


def _results(note):
    facets = {field: {} for field in FACETS}
    return Results((), 0, 0.0, facets=facets, notes=(note,))
