"""tantivy, by tantivy-py: French stemming, texts stored, positions, one indexing thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy

from . import plain_words

if TYPE_CHECKING:
    from newsindex import Article  # a peer starts without it

_FIELDS = ["headline", "body"]


class Engine:
    """Indexes and searches with tantivy."""

    def _schema(self) -> tantivy.Schema:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for field in _FIELDS:
            builder.add_text_field(field, stored=True, tokenizer_name="french", index_option="position")
        builder.add_date_field("published", stored=True, indexed=True, fast=True)
        builder.add_text_field("source", stored=True, tokenizer_name="raw", fast=True)
        return builder.build()

    def _register(self, index: tantivy.Index) -> tantivy.Index:
        analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.remove_long(40))
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.stopword("french"))
            .filter(tantivy.Filter.stemmer("french"))
            .filter(tantivy.Filter.ascii_fold())
            .build()
        )
        index.register_tokenizer("french", analyzer)
        return index

    def build(self, folder: Path, articles: Iterable[Article], workers: int) -> None:
        index = self._register(tantivy.Index(self._schema(), path=str(folder)))
        writer = index.writer(heap_size=256_000_000, num_threads=workers)
        for article in articles:
            document = tantivy.Document(
                id=article.id, headline=article.headline, body=article.body, source=article.source or ""
            )
            if article.published is not None:
                day = article.published
                document.add_date("published", _midnight(day))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self.index = self._register(tantivy.Index.open(str(folder)))
        self.index.reload()
        self.searcher = self.index.searcher()

    def parsed(self, words: list[str], all_words: bool = False) -> tantivy.Query:
        """The query for any or all of some words; the empty one where all are stop words."""
        try:
            return self.index.parse_query(" ".join(words), _FIELDS, conjunction_by_default=all_words)
        except ValueError:
            return tantivy.Query.empty_query()

    def _end_to_end(self, words: list[str]) -> object:
        query = self.parsed(words)
        generators = [
            tantivy.SnippetGenerator.create(self.searcher, query, self.index.schema, field)
            for field in _FIELDS
        ]
        page = []
        for _, address in self.searcher.search(query, 10, count=False).hits:
            document = self.searcher.doc(address)
            page.append([g.snippet_from_doc(document).to_html() for g in generators])
        return page

    def kinds(self) -> dict[str, Callable[[list[str]], object]]:
        def asking(parse: Callable[[list[str]], tantivy.Query], count: bool) -> Callable[[list[str]], object]:
            return lambda words: self.searcher.search(parse(words), 10, count=count)

        parsers: dict[str, Callable[[list[str]], tantivy.Query]] = {
            "any": self.parsed,
            "all": lambda words: self.parsed(words, True),
            "phrase": lambda words: self.parsed(['"', *words, '"']),
        }
        kinds = {kind: asking(parse, False) for kind, parse in parsers.items()}
        kinds |= {f"{kind} + total": asking(parse, True) for kind, parse in parsers.items()}
        return {**kinds, "end to end": self._end_to_end}

    def ranked(self, question: str, limit: int) -> list[str]:
        hits = self.searcher.search(self.parsed(plain_words(question)), limit).hits
        return [self.searcher.doc(address)["id"][0] for _, address in hits]


def _midnight(day: object) -> object:
    from datetime import datetime

    return datetime(day.year, day.month, day.day)  # type: ignore[attr-defined]  # a date
