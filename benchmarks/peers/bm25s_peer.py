"""bm25s: scores only, Snowball stems, neither positions nor phrases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import bm25s
import Stemmer

if TYPE_CHECKING:
    from newsindex import Article  # a peer starts without it


class Engine:
    """Ranks with bm25s over stemmed words."""

    def _tokens(self, texts: list[str]) -> object:
        return bm25s.tokenize(texts, stopwords="fr", stemmer=Stemmer.Stemmer("french"), show_progress=False)

    def build(self, folder: Path, articles: Iterable[Article], workers: int) -> None:
        articles = list(articles)
        texts = [f"{article.headline} {article.body}" for article in articles]
        retriever = bm25s.BM25()
        retriever.index(self._tokens(texts), show_progress=False)
        retriever.save(str(folder / "b"), corpus=texts)
        (folder / "ids").write_text("\n".join(article.id for article in articles))

    def open(self, folder: Path) -> None:
        self.retriever = bm25s.BM25.load(str(folder / "b"), load_corpus=False, mmap=True)
        self.ids = (folder / "ids").read_text().split("\n")

    def kinds(self) -> dict[str, Callable[[list[str]], object]]:
        def ask(words: list[str]) -> object:
            return self.retriever.retrieve(self._tokens([" ".join(words)]), k=10, show_progress=False)

        return {"any": ask}

    def ranked(self, question: str, limit: int) -> list[str]:
        tokens = self._tokens([question])
        found, scores = self.retriever.retrieve(tokens, k=min(limit, len(self.ids)), show_progress=False)
        return [self.ids[number] for number, score in zip(found[0], scores[0], strict=True) if score > 0]
