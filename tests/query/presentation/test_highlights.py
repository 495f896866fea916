"""A whole article with the words of a query marked."""

from __future__ import annotations

import pytest

from newsindex import Article, QueryError

ARTICLE = Article("Le prix du pain", "Le prix monte. " * 50 + "Les boulangers ont péché.", id="pain")


@pytest.mark.parametrize(
    ("query", "in_headline", "in_body"),
    [
        ("prix", ["prix"], ["prix"] * 50),
        ("titre:prix", ["prix"], []),
        ('"prix du pain"', ["prix du pain"], []),
        ("boulanger -prix", [], ["boulangers"]),
        ("peche", [], ["péché"]),
        ("=pêche boulangers", [], ["boulangers"]),
        ("", [], []),
    ],
)
def test_the_words_of_a_query_are_marked_wherever_they_stand(make_index, query, in_headline, in_body):
    found = make_index([ARTICLE]).marked("pain", query)
    assert found.article == ARTICLE
    assert found.headline.text == ARTICLE.headline
    assert found.body.text == ARTICLE.body
    assert [found.headline.text[slice(*span)] for span in found.headline.spans] == in_headline
    assert [found.body.text[slice(*span)] for span in found.body.spans] == in_body


def test_an_id_that_no_article_has_gives_none(make_index):
    index = make_index([ARTICLE])
    assert index.marked("nobody", "prix") is None
    assert index.marked("\ud800", "prix") is None


def test_a_query_beyond_the_limits_and_a_wrong_type_are_refused(make_index):
    index = make_index([ARTICLE])
    with pytest.raises(QueryError):
        index.marked("pain", "x" * 20_000)
    with pytest.raises(TypeError):
        index.marked("pain", None)
