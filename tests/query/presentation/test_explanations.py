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
    assert [hit.score for hit in results] == close([relevance, relevance / 2, relevance / 4])
    assert recombined(results[1].explanation) == close(results[1].score)
    assert "half-life of 10 days" in str(results[1].explanation)
