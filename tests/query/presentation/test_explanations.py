"""An explanation takes a score apart, and its parts make the score again."""

from __future__ import annotations

import contextlib
import math
from datetime import date

import pytest
from hypothesis import given

import newsindex
from newsindex import Article
from tests.properties.strategies import corpora, signed_queries, texts


def recombined(explanation):
    """The value that the parts of an explanation make."""
    parts = [recombined(part) for part in explanation.details]
    if "product" in explanation.description:
        return math.prod(parts)
    if explanation.description == "sum":
        return sum(parts)
    return explanation.value


def close(value):
    return pytest.approx(value, rel=1e-4, abs=1e-5)


@given(corpora(), texts | signed_queries)
def test_the_parts_of_an_explanation_make_the_score(make_index, articles, query):
    index = make_index(articles)
    with contextlib.suppress(newsindex.QueryError):
        for hit in index.search(query, explain=True):
            assert hit.explanation.value == hit.score
            assert recombined(hit.explanation) == close(hit.score)


def test_words_stop_words_neighbours_and_spellings_are_named(make_index):
    index = make_index([Article("Le roi du Maroc", "Des rois."), Article("Une reine", "Autre texte.")])
    shown = str(index.search("le roi du maroc", explain=True)[0].explanation)
    for part in ("text:roi", "stem maroc", "le, which need not", "roi … maroc", "spelling roi", "k1 = 1"):
        assert part in shown


@pytest.mark.parametrize("article_id", ["unknown", "a\ud800"])
def test_an_unknown_article_is_said_to_be_unknown(make_index, article_id):
    index = make_index([Article("Le roi", id="known")])
    assert index.explain("roi", "known").value == index.search("roi")[0].score
    assert index.explain("reine", "known") is None
    with pytest.raises(newsindex.QueryError, match="no article has the id"):
        index.explain("roi", article_id)


def test_a_weight_is_named(make_index):
    index = make_index([Article("Le roi", "et la reine")])
    explanation = index.search("(roi reine)^3", explain=True)[0].explanation
    assert "3.0000  weight" in str(explanation)
    assert recombined(explanation) == close(explanation.value)


def test_age_is_a_factor_where_it_counts(make_index):
    articles = [Article("Roi", id="old", published=date(2020, 1, 1)),
                Article("Roi", id="half", published=date(2020, 1, 11)),
                Article("Roi", id="new", published=date(2020, 1, 21))]  # fmt: skip
    index = make_index(articles)
    results = index.search("roi", sort="recent", half_life=10, explain=True)
    assert [hit.article.id for hit in results] == ["new", "half", "old"]
    relevance = index.search("roi")[0].score
    assert [hit.score for hit in results] == close([relevance, relevance * 0.75, relevance * 0.625])
    assert recombined(results[1].explanation) == close(results[1].score)
    assert "half-life of 10 days" in str(results[1].explanation)


def test_relevance_still_counts_where_age_does(make_index):
    articles = [Article("Le roi reçoit", "Le roi, la reine. " * 3, id="old", published=date(2010, 1, 1)),
                Article("Sport", "Un match, un roi parmi bien d'autres mots du texte.", id="new",
                        published=date(2020, 1, 1)),
                Article("Rien", "Rien.", published=date(2020, 1, 1))]  # fmt: skip
    index = make_index(articles)
    assert [hit.article.id for hit in index.search("roi reine", sort="recent")] == ["old", "new"]


def test_an_article_without_a_date_counts_as_old(make_index):
    index = make_index([Article("Roi", id="undated"), Article("Roi", id="dated", published=date(2020, 1, 1))])
    hits = index.search("roi", sort="recent")
    assert [hit.article.id for hit in hits] == ["dated", "undated"]
    assert hits[0].score == close(2 * hits[1].score)


@pytest.mark.parametrize("half_life", [0, -1, math.inf, math.nan])
def test_a_half_life_is_a_number_of_days(make_index, half_life):
    with pytest.raises(newsindex.QueryError, match="half_life"):
        make_index([]).search("roi", half_life=half_life)


def test_a_cursor_of_another_half_life_is_refused(make_index):
    index = make_index([Article(f"Roi {i}", published=date(2020, 1, i + 1)) for i in range(5)])
    after = index.search("roi", limit=2, sort="recent").next
    assert len(index.search("roi", limit=9, sort="recent", after=after)) == 3
    with pytest.raises(newsindex.QueryError, match="cursor"):
        index.search("roi", sort="recent", half_life=7, after=after)
