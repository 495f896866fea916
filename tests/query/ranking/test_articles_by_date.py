"""All matching articles are given in the order of their publication."""

from __future__ import annotations

from datetime import date

import pytest

import newsindex
from newsindex import Article
from newsindex.deadline import deadline
from newsindex.errors import DeadlineExceeded

ARTICLES = [Article("Roi", id=str(day), published=date(2020, 1, day)) for day in (3, 1, 2)]


def test_undated_articles_come_first_then_the_oldest_of_all_segments(make_index):
    index = make_index(ARTICLES[:2], [Article("Roi", id="undated"), *ARTICLES[2:]])
    assert [article.id for article in index.articles("roi")] == ["undated", "1", "2", "3"]


def test_a_wrong_query_is_refused_before_the_first_article(make_index):
    with pytest.raises(newsindex.QueryError):
        make_index(ARTICLES).articles("x" * 20_000)


def test_the_articles_end_at_the_deadline(make_index):
    articles = make_index(ARTICLES).articles("roi")
    with deadline(-1), pytest.raises(DeadlineExceeded):
        next(articles)
