"""Which written forms a query finds besides its own, case by case: the table is written_variants.tsv."""

from __future__ import annotations

import pytest

from newsindex import Article

from . import forms, table

TABLE = table("golden/written_variants.tsv")


@pytest.mark.parametrize("row", TABLE, ids=[row["query"] for row in TABLE])
def test_a_query_finds_the_other_written_forms_and_no_other_words(row, make_index):
    finds, others = list(forms(row["finds"])), list(forms(row["not"]))
    index = make_index([Article(headline, id=headline) for headline in [*finds, *others]])
    found = {hit.article.id for hit in index.search(row["query"], operator="all", limit=100)}
    assert found == set(finds)


@pytest.mark.parametrize(
    ("query", "first", "second"),
    [
        ("COP28", "La COP28 s'ouvre", "La COP 28 s'ouvre"),
        ("COP 28", "La COP 28 s'ouvre", "La COP28 s'ouvre"),
        ("20h30", "Coup d'envoi à 20h30", "Coup d'envoi à 20 h 30"),
        ("anti-gang", "La brigade anti-gang", "La brigade antigang"),
        ("antigang", "La brigade antigang", "La brigade anti-gang"),
        ("2ème", "La 2ème édition", "La 2e édition"),
    ],
)
def test_what_was_typed_comes_first(query, first, second, make_index):
    index = make_index([Article(second, id="2"), Article(first, id="1")])
    assert [hit.article.id for hit in index.search(query)] == ["1", "2"]


@pytest.mark.parametrize(
    ("query", "headline", "marked"),
    [
        ("COP28", "La COP 28 s'ouvre", ["COP 28"]),
        ("COP 28", "La COP28 s'ouvre", ["COP28"]),
        ("20h30", "Début à 20 h 30", ["20 h 30"]),
        ("antigang", "La brigade anti-gang", ["anti-gang"]),
        ("développement", "Le dévelop-\npement", ["dévelop-\npement"]),
    ],
)
def test_the_whole_written_form_is_marked(query, headline, marked, make_index):
    index = make_index([Article(headline)])
    (hit,) = index.search(query)
    assert [hit.headline.text[start:end] for start, end in hit.headline.spans] == marked


def test_phrases_and_exact_words_have_no_variants(make_index):
    index = make_index([Article("La COP28 s'ouvre", id="1"), Article("La COP 28 s'ouvre", id="2")])
    assert [hit.article.id for hit in index.search("=COP28")] == ["1"]
    assert [hit.article.id for hit in index.search('"la COP 28"')] == ["2"]
