"""The examples of the help panel mean what it says, and the manual has them and the keys."""

from __future__ import annotations

import re
from datetime import date

import pytest

from newsindex import Article
from newsindex.web.page.help_panel import EXAMPLES, KEYS
from tests.conftest import ROOT

DOCS = ROOT / "docs"
BOTH = Article("Interpol à Marrakech", "x", id="both")
MEANING = {
    "either_word": ([BOTH, Article("Marrakech", id="one")], [Article("Fès")]),
    "phrase": ([Article("La coopération policière")], [Article("Une coopération bien policière")]),
    "near_words": (
        [Article("Une coopération bien policière")],
        [Article("Une coopération de tous les pays du monde, policière")],
    ),
    "signs": ([Article("Interpol")], [Article("Police"), Article("Interpol et la drogue")]),
    "operators": (
        [Article("Interpol au Maroc"), Article("Interpol au Qatar")],
        [Article("Interpol"), Article("Interpol au Maroc contre la drogue")],
    ),
    "in_headline": ([Article("Interpol")], [Article("Police", "Interpol")]),
    "of_source": ([Article("a", source="Hespress")], [Article("Hespress", source="Le Rif")]),
    "of_period": (
        [Article("a", published=date(2026, 1, 31))],
        [Article("b", published=date(2026, 2, 1)), Article("c")],
    ),
    "since_days": ([Article("a", published=date.today())], [Article("b", published=date(2020, 1, 1))]),
    "as_typed": ([Article("Un péché")], [Article("Une pêche"), Article("Les péchés")]),
    "pattern": (
        [Article("Le gouverneur"), Article("gouvernement")],
        [Article("Le goût"), Article("Gouache")],
    ),
    "near_spelling": ([Article("Tebboune")], [Article("Tabboune")]),
}
"""Of the meaning of each example, articles that it finds and articles that it does not."""


@pytest.mark.parametrize("query", EXAMPLES)
def test_an_example_finds_what_the_panel_says(make_index, query):
    found, not_found = MEANING[EXAMPLES[query]]
    index = make_index([*found, *not_found])
    results = index.search(query)
    assert {hit.article.headline for hit in results} == {article.headline for article in found}
    notes = [note for note in results.notes if note.kind != "undated_left_out"]
    assert notes == [], "an example needs no repair"


def test_the_article_with_both_words_comes_first(make_index):
    index = make_index([Article("Marrakech", id="one"), BOTH])
    assert index.search(next(iter(EXAMPLES)))[0].article.id == "both"


def test_the_reference_of_the_query_language_has_the_examples():
    text = (DOCS / "reference" / "query-language.md").read_text()
    missing = [query for query in EXAMPLES if f"`{query}`" not in text]
    assert missing == []


def test_the_manual_has_the_keys():
    text = (DOCS / "how-to" / "search-page.md").read_text()
    assert set(KEYS) <= set(re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text))


def test_the_script_listens_to_the_keys_of_the_panel():
    script = (ROOT / "newsindex" / "web" / "static" / "keys.js").read_text()
    table = script[script.index("const ACTIONS") : script.index("document.addEventListener")]
    listened = set(re.findall(r'^  "?(.)"?:', table, re.MULTILINE))
    assert {key for key in KEYS if len(key) == 1} == listened
