"""Stock Whoosh with its own French chain and its own index; on a subset, for it is slow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from whoosh import index as whoosh_index
from whoosh.analysis import LanguageAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.qparser import MultifieldParser, OrGroup

if TYPE_CHECKING:
    from newsindex import Article  # a peer starts without it


class Engine:
    """Indexes and searches with Whoosh."""

    def build(self, folder: Path, articles: Iterable[Article], workers: int) -> None:
        text = TEXT(analyzer=LanguageAnalyzer("fr"), stored=True)
        index = whoosh_index.create_in(str(folder), Schema(id=ID(stored=True), headline=text, body=text))
        writer = index.writer(limitmb=256)
        for article in articles:
            writer.add_document(id=article.id, headline=article.headline, body=article.body)
        writer.commit(optimize=True)

    def open(self, folder: Path) -> None:
        index = whoosh_index.open_dir(str(folder))
        self.searcher = index.searcher()
        fields = ["headline", "body"]
        self.any = MultifieldParser(fields, index.schema, group=OrGroup)
        self.all = MultifieldParser(fields, index.schema)

    def _end_to_end(self, words: list[str]) -> object:
        hits = self.searcher.search(self.any.parse(" ".join(words)), limit=10)
        return [(hit.highlights("headline"), hit.highlights("body")) for hit in hits]

    def kinds(self) -> dict[str, Callable[[list[str]], object]]:
        def ask(parser: MultifieldParser, text: str) -> object:
            return self.searcher.search(parser.parse(text), limit=10)

        return {
            "any": lambda words: ask(self.any, " ".join(words)),
            "all": lambda words: ask(self.all, " ".join(words)),
            "phrase": lambda words: ask(self.any, f'"{" ".join(words)}"'),
            "end to end": self._end_to_end,
        }
