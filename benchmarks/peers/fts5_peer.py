"""SQLite FTS5: accents folded, no stemming."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from . import plain_words

if TYPE_CHECKING:
    from newsindex import Article  # a peer starts without it

_CREATE = (
    "CREATE VIRTUAL TABLE news USING "
    "fts5(headline, body, id UNINDEXED, tokenize = 'unicode61 remove_diacritics 2')"
)
_RANKED = "SELECT id FROM news WHERE news MATCH ? ORDER BY bm25(news, 2.0, 1.0) LIMIT ?"
_SHOWN = (
    "SELECT highlight(news, 0, '<mark>', '</mark>'), snippet(news, 1, '<mark>', '</mark>', '…', 40) "
    "FROM news WHERE news MATCH ? ORDER BY bm25(news, 2.0, 1.0) LIMIT ?"
)


class Engine:
    """Searches a table of SQLite FTS5 in a file."""

    def build(self, folder: Path, articles: Iterable[Article], workers: int) -> None:
        database = sqlite3.connect(folder / "news.sqlite")
        database.execute(_CREATE)
        rows = ((article.headline, article.body, article.id) for article in articles)
        database.executemany("INSERT INTO news VALUES (?, ?, ?)", rows)
        database.execute("INSERT INTO news(news) VALUES ('optimize')")
        database.commit()
        database.close()

    def open(self, folder: Path) -> None:
        self.database = sqlite3.connect(folder / "news.sqlite")

    def kinds(self) -> dict[str, Callable[[list[str]], object]]:
        def ask(sql: str, query: str) -> object:
            return self.database.execute(sql, (query, 10)).fetchall()

        return {
            "any": lambda words: ask(_RANKED, " OR ".join(words)),
            "all": lambda words: ask(_RANKED, " AND ".join(words)),
            "phrase": lambda words: ask(_RANKED, f'"{" ".join(words)}"'),
            "end to end": lambda words: ask(_SHOWN, " OR ".join(words)),
        }

    def ranked(self, question: str, limit: int) -> list[str]:
        query = " OR ".join(f'"{word}"' for word in plain_words(question))
        return [article for (article,) in self.database.execute(_RANKED, (query, limit))]
