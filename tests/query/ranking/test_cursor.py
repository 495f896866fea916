"""Pages follow one another also while somebody indexes."""

from __future__ import annotations

import pytest

from newsindex import Article


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
