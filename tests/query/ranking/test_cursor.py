"""A cursor continues its own search, also while somebody indexes."""

from __future__ import annotations

import base64
import json
from datetime import date

import pytest

from newsindex import Article, QueryError


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "recent"])
def test_commits_between_pages_lose_and_repeat_nothing(make_index, sort):
    articles = [
        Article(f"Macron {'reçoit ' * (i % 7)}", f"Macron parle. {'Autre mot. ' * (i % 11)}", id=str(i))
        for i in range(60)
    ]
    index = make_index(articles)
    seen, after, pages = [], None, 0
    while pages < 30:
        page = index.search("macron", limit=7, sort=sort, after=after)
        seen += [hit.article.id for hit in page if not hit.article.id.startswith("new")]
        if page.next is None:
            break
        after = page.next
        pages += 1
        index.add([Article("Macron", f"Macron encore {pages}.", id=f"new{pages}")])
    assert sorted(seen) == sorted(article.id for article in articles)


def test_a_page_goes_on_after_its_last_article_was_deleted(make_index):
    index = make_index([Article(f"Roi {i}", id=str(i)) for i in range(10)])
    page = index.search("roi", limit=4)
    index.delete(page[-1].article.id)
    rest = index.search("roi", limit=20, after=page.next)
    assert {hit.article.id for hit in rest}.isdisjoint(hit.article.id for hit in page)


def test_a_cursor_of_another_half_life_is_refused(make_index):
    index = make_index([Article(f"Roi {i}", published=date(2020, 1, i + 1)) for i in range(5)])
    after = index.search("roi", limit=2, sort="recent").next
    assert len(index.search("roi", limit=9, sort="recent", after=after)) == 3
    with pytest.raises(QueryError, match="cursor"):
        index.search("roi", sort="recent", half_life=7, after=after)


@pytest.fixture
def index(make_index):
    return make_index([Article(f"Le roi et la reine {i}", source="Le Monde", id=str(i)) for i in range(9)])


@pytest.mark.parametrize(
    "other",
    [
        {"query": "reine"},
        {"query": "rois"},
        {"query": "roi -reine"},
        {"operator": "all"},
        {"source": "Le Monde"},
        {"since": "2020"},
    ],
)
def test_a_cursor_of_another_query_or_other_filters_is_refused(index, other):
    search = {"query": "roi", "limit": 2}
    after = index.search(**search).next
    assert len(index.search(**search, after=after)) == 2
    with pytest.raises(QueryError, match="the cursor belongs to another search: use the `next`"):
        index.search(**(search | other), after=after)


def test_a_cursor_of_another_order_is_refused(index):
    after = index.search("roi", limit=2).next
    with pytest.raises(QueryError, match="belongs to another search: its order is relevance, not oldest"):
        index.search("roi", sort="oldest", after=after)


def test_a_cursor_is_for_pages_of_any_size_collapsed_or_counted(index):
    after = index.search("roi", limit=2, collapse=True).next
    for options in ({"limit": 5}, {"facets": "source"}, {"highlight": False}, {"explain": True}):
        index.search("roi", after=after, **options)


def test_a_cursor_of_articles_like_another_one_is_refused(index):
    after = index.similar("1", limit=2).next
    assert len(index.similar("1", limit=2, after=after)) == 2
    with pytest.raises(QueryError, match="another search"):
        index.similar("2", limit=2, after=after)
    with pytest.raises(QueryError, match="another search"):
        index.search("roi", after=after)


def test_commits_between_pages_of_similar_articles_refuse_no_cursor(index):
    first = index.similar("1", limit=3)
    index.add([Article(f"Tout autre chose {i}", "La reine.", id=f"new{i}") for i in range(20)])
    rest = index.similar("1", limit=30, after=first.next)
    assert {hit.article.id for hit in first}.isdisjoint(hit.article.id for hit in rest)


@pytest.mark.parametrize(
    "fields",
    [[1, "relevance", -0.5, 0, 0, 1, 77], [1, "relevance", "0" * 16, None, -0.5, 0, 0, 1, 77]],
)
def test_a_cursor_of_an_earlier_version_is_refused(index, fields):
    body = json.dumps(fields).encode()
    with pytest.raises(QueryError, match="earlier version of newsindex: begin again"):
        index.search("roi", after=base64.urlsafe_b64encode(body).decode())


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, -1), (0, "1"), (1, 7), (3, "x"), (3, 1 << 40), (4, "x"), (4, 2), (4, -1), (5, "x"), (5, 1e39),
        (5, None), (6, 0.5), (7, -1), (8, 1 << 40), (9, 1 << 64), (3, 5),
    ],
)  # fmt: skip
def test_a_forged_cursor_is_refused(index, place, value):
    after = index.search("roi", limit=2).next
    fields = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    fields[place] = value
    forged = base64.urlsafe_b64encode(json.dumps(fields).encode()).decode()
    with pytest.raises(QueryError, match="cursor"):
        index.search("roi", after=forged)


@pytest.mark.parametrize("text", ["é", "e30", "W10", "bnVsbA", "x" * 500])
def test_text_that_is_no_cursor_is_refused(index, text):
    with pytest.raises(QueryError, match="is no cursor"):
        index.search("roi", after=text)
