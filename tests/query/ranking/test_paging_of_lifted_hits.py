"""Pages lose no hit that optional words and neighbours lift above its place by the query's tree."""

from __future__ import annotations

import pytest

from newsindex import Article


@pytest.mark.parametrize("sort", ["relevance", "recent"])
@pytest.mark.parametrize("size", [1, 3, 7])
def test_pages_hold_every_match_once(make_index, size, sort):
    articles = [
        Article("", ("mot " * (i % 9)) + ("Saint Etienne " if i % 3 else "Etienne et le Saint "), id=str(i))
        for i in range(40)
    ]
    index = make_index(articles)
    seen, cursor = [], None
    while True:
        page = index.search("Saint Etienne", limit=size, sort=sort, after=cursor)
        seen += [hit.article.id for hit in page]
        cursor = page.next
        if cursor is None:
            break
    assert sorted(seen) == sorted(article.id for article in articles)
