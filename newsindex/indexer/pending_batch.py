"""The articles that will become the next segments, without their texts: their columns, by row."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from newsindex.article import Article
from newsindex.dates.minutes import minutes_since_epoch
from newsindex.indexer.building.segment_builder import BatchColumns
from newsindex.storage.segment_writer import Columns
from newsindex.storage.stored_articles import LABELS

from .add_report import Outcome

_label_values = attrgetter(*LABELS)


class _Row(NamedTuple):
    """The columns of an article."""

    published: int
    id_hash: int
    content_hash: int
    labels: tuple[str | None, ...]


class PendingBatch:
    """The rows of the articles that were admitted since the last segment was built, in order of admission."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self.clear()

    def clear(self) -> None:
        """Begins a new batch."""
        self.characters = 0
        self._row_of_id: dict[str, int] = {}
        self._rows: list[_Row | None] = []  # None for an article that was replaced or deleted since

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._row_of_id

    def add(self, article: Article, id_hash: int, content_hash: int, outcome: Outcome = "added") -> None:
        """Appends the row of an article whose id is not in the batch."""
        self._row_of_id[article.id] = len(self._rows)
        published = minutes_since_epoch(article.published, self._zone)
        self._rows.append(_Row(published, id_hash, content_hash, _label_values(article)))
        self.characters += len(article.headline) + len(article.body)

    def row(self, article_id: str) -> int | None:
        """The row of the article with this id, or None."""
        return self._row_of_id.get(article_id)

    def content_hash(self, article_id: str) -> int | None:
        """The hash of the content of the article with this id, or None."""
        number = self._row_of_id.get(article_id)
        row = None if number is None else self._rows[number]
        return None if row is None else row.content_hash

    def remove(self, article_id: str) -> bool:
        """Takes an article out; returns whether there was one with this id. Its row stays, unused."""
        number = self._row_of_id.pop(article_id, None)
        if number is None:
            return False
        self._rows[number] = None
        return True

    def columns(self, blocks: Sequence[range]) -> BatchColumns:
        """The columns of the articles in some blocks of rows."""
        all_rows = [row for block in blocks for row in self._rows[block.start : block.stop]]
        rows = [row for row in all_rows if row is not None]
        unknown_lengths = np.zeros(0, np.uint32)  # the builder that scanned the texts fills them in
        columns = Columns(
            published=np.array([row.published for row in rows], np.int32),
            headline_length=unknown_lengths,
            body_length=unknown_lengths,
            id_hash=np.array([row.id_hash for row in rows], np.uint64),
            content_hash=np.array([row.content_hash for row in rows], np.uint64),
            labels={name: [row.labels[i] or "" for row in rows] for i, name in enumerate(LABELS)},
        )
        return BatchColumns(columns, np.array([row is not None for row in all_rows], bool))
