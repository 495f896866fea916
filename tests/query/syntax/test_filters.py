"""Filters restrict a search to labels and a period; each label takes one value or several."""

from __future__ import annotations

from datetime import date

import pytest

import newsindex
from newsindex import Article
from newsindex.query.syntax.filters import Filters


@pytest.fixture
def index(make_index):
    places = [("m", "Le Monde", "Monde", 1), ("h", "Hespress", "Maroc", 1), ("p", "Le Progrès", "Monde", 2)]
    articles = [
        Article(
            f"Interpol à Paris, {name}", source=source, section=section, published=date(2026, m, 1), id=name
        )
        for name, source, section, m in places
    ]
    return make_index([*articles, Article("Interpol ailleurs", id="x")])


def ids(articles):
    return {article.id for article in articles}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"source": ["Hespress", "le progres"]}, {"h", "p"}),
        ({"source": ("Hespress",)}, {"h"}),
        ({"source": dict.fromkeys(["Hespress", "nowhere"]).keys()}, {"h"}),
        ({"source": ["LE MONDE", "Hespress"], "section": {"monde", "sport"}}, {"m"}),
        ({"source": []}, {"m", "h", "p", "x"}),
        ({"source": None, "section": ["Maroc", "Monde"], "since": "2026-01", "until": "2026-01"}, {"m", "h"}),
    ],
)
def test_an_article_passes_with_any_of_several_values_of_each_label(index, filters, found):
    assert ids(hit.article for hit in index.search("interpol", **filters)) == found
    assert ids(index.articles(**filters)) == found


def test_similar_and_export_take_several_values_too(index, tmp_path):
    found = index.similar("m", source=["Hespress", "Le Progrès"])
    assert ids(hit.article for hit in found) == {"h", "p"}
    assert index.export(tmp_path / "a.csv", source=["Hespress", "Le Monde"]) == 2


def test_a_filter_of_several_values_leaves_the_scores_as_they_are(index):
    alone = index.search("interpol paris", source="Le Monde", explain=True)[0]
    several = index.search("interpol paris", source=["Le Monde", "Hespress"], explain=True)[0]
    assert (several.article, several.score) == (alone.article, alone.score)
    assert several.explanation.value == alone.explanation.value


def test_each_value_that_no_article_has_is_noted(index):
    notes = index.search("interpol", source=["Hespress", "Le Mond", "AFP"]).notes
    assert ["Le Mond" in note or "AFP" in note for note in notes] == [True, True]


def test_a_period_that_ends_before_it_begins_finds_nothing_and_is_noted(index):
    results = index.search("interpol", since=date(2026, 2, 1), until="2026-01")
    assert results.total == 0
    assert [(note.kind, note.values) for note in results.notes] == [
        ("reversed_period", ("2026-02-01", "2026-01"))
    ]
    overlapping = index.search("interpol", since="2026-01-15", until="2026-01")
    assert [note.kind for note in overlapping.notes] == ["undated_left_out"]


def test_filters_are_checked_once_and_hold_tuples():
    filters = Filters.from_arguments({"source": "S", "author": ["A", "B"], "lang": None, "since": "2026"})
    assert filters == Filters(source=("S",), author=("A", "B"), since="2026")
    assert filters.labels() == {"source": ("S",), "author": ("A", "B")}
    with pytest.raises(TypeError, match="since must be a date"):
        Filters.from_arguments({"since": 2026})
    with pytest.raises(newsindex.QueryError, match="source is not valid Unicode"):
        Filters.from_arguments({"source": ["a\ud800"]})
