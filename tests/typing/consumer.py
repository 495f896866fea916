"""A program that uses the public interface, for the type checker: it is checked, and never run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import assert_type

import newsindex
from newsindex import Article, Hit, Index, Results, Searcher, aio
from newsindex.web import Limits, create_app


def search(index: Index) -> list[str]:
    results = index.search("neige", limit=5, sort="newest", facets=["source"], source=["Hespress"])
    assert_type(results, Results)
    assert_type(results.facets, Mapping[str, Mapping[str, int]])
    assert_type(results.next, str | None)
    return [f"{hit.score} {hit.headline.html} {marks(hit)}" for hit in results]


def marks(hit: Hit) -> Sequence[tuple[int, int]]:
    return hit.snippet.spans


def change(path: str) -> int:
    with newsindex.open(path, create=True) as index:
        with index.writer() as writer:
            writer.add(Article("Neige à Ifrane", "Il a neigé.", published=date(2026, 1, 2)))
        report = index.add(newsindex.read("dossier"), alerts=lambda match: print(match.alert.name))
        with index.snapshot() as view:
            assert_type(view, Searcher)
            assert_type(view.get("id"), Article | None)
        return report.added


def refused(index: Index) -> None:
    index.search("neige", sort="best")  # type: ignore[arg-type]
    index.search("neige", limit="10")  # type: ignore[arg-type]
    index.search("neige", sources=["Hespress"])  # type: ignore[call-arg]
    try:
        index.check()
    except newsindex.CorpusError as error:
        assert_type(error.line, int | None)


async def ask(path: str) -> int:
    index = await aio.open(path)
    assert_type(index, Index)
    results = await aio.search(index, "neige", limit=5)
    assert_type(results, Results)
    async for article in aio.articles(index, "neige"):
        assert_type(article, Article)
    return results.total


app = create_app(newsindex.open("presse.newsindex"), limits=Limits(page=50))
