"""newsindex itself, through its public interface and, for ranking alone, its ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import newsindex
from newsindex import Article
from newsindex.query.ranking.ranked_page import rank
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.syntax.parser import parse_query


def _shown(results: newsindex.Results) -> object:
    """All that a reader is shown of a page."""
    hits = [(hit.headline.html, hit.snippet.html) for hit in results]
    return hits, results.facets, results.timeline


class Engine:
    """Indexes and searches with newsindex as a program would."""

    def build(self, folder: Path, articles: Iterable[Article], workers: int) -> None:
        index = newsindex.create(folder / "i")
        index.add(articles, workers=workers)
        index.close()

    def open(self, folder: Path) -> None:
        self.index = newsindex.open(folder / "i")

    def _ranked(self, text: str, operator: str = "any") -> object:
        snapshot = self.index.snapshot()._backend.snapshot
        return rank(snapshot, parse_query(text, snapshot.zone, operator), SearchOptions(10))

    def kinds(self) -> dict[str, Callable[[list[str]], object]]:
        kinds: dict[str, Callable[[list[str]], object]] = {
            "any": lambda words: self._ranked(" ".join(words)),
            "all": lambda words: self._ranked(" ".join(words), "all"),
            "phrase": lambda words: self._ranked(f'"{" ".join(words)}"'),
        }
        return {
            **{f"{kind} + total": ask for kind, ask in kinds.items()},  # it always gives the exact total
            "end to end": lambda words: _shown(self.index.search(" ".join(words))),
            "end to end + facets": lambda words: _shown(
                self.index.search(" ".join(words), facets="source", timeline="month")
            ),
        }

    def ranked(self, question: str, limit: int) -> list[str]:
        return [hit.article.id for hit in self.index.search(question, limit=limit, highlight=False)]
