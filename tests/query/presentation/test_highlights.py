"""A whole article with the words of a query marked."""

from __future__ import annotations

import pytest

from newsindex import Article, QueryError
from newsindex.deadline import deadline
from newsindex.errors import DeadlineExceeded
from newsindex.query.presentation import highlights
from newsindex.query.presentation.highlights import MAX_MARKED_CHARACTERS

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
        ('"prix du pain"~3', ["prix", "pain"], ["prix"] * 50),
        ('"le du"~3', ["Le", "du"], ["Le"] * 50),
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


def test_a_very_long_text_is_marked_in_its_first_million_characters(make_index):
    body = "Le prix monte. " * 100_000
    found = make_index([Article("Prix", body, id="long")]).marked("long", "prix")
    assert found.body.text == body
    first, last = found.body.spans[0], found.body.spans[-1]
    assert first == (3, 7)
    assert MAX_MARKED_CHARACTERS - 20 < last[1] <= MAX_MARKED_CHARACTERS


@pytest.mark.parametrize("limit", [3, 4, 7, 8, 12])
def test_no_word_is_cut_where_the_marked_part_of_a_text_ends(monkeypatch, limit):
    monkeypatch.setattr(highlights, "MAX_MARKED_CHARACTERS", limit)
    marked = highlights.mark("le roi le roitelet", {"roi": None}, set())
    assert marked.spans == (((3, 6),) if limit > 6 else ())


def test_marking_ends_at_its_deadline(make_index):
    index = make_index([ARTICLE])
    with deadline(-1), pytest.raises(DeadlineExceeded):
        index.marked("pain", "prix")
