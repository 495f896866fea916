"""The changes of a writer that were not sent yet, the last one of each article."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from newsindex.article import Article
from newsindex.indexer.add_report import Outcome


class PendingChange(NamedTuple):
    """A change of an article.

    ``article`` is None where it is deleted, and ``outcome`` is how the report counts it otherwise.
    """

    article: Article | None
    content_hash: int | None
    version: int
    outcome: Outcome | None = None


class PendingChanges:
    """Implements ``indexer.admission.ArticleBatch``; deletions are kept too."""

    def __init__(self, known_version: Callable[[str], int]) -> None:
        """``known_version`` gives the version of the article that was found under an id."""
        self._known_version = known_version
        self._changes: dict[str, PendingChange] = {}
        self._last_version = 0
        self.characters = 0

    def __len__(self) -> int:
        return len(self._changes)

    def __contains__(self, article_id: str) -> bool:
        change = self._changes.get(article_id)
        return change is not None and change.article is not None

    def get(self, article_id: str) -> PendingChange | None:
        """The change of an article, or None."""
        return self._changes.get(article_id)

    def content_hash(self, article_id: str) -> int | None:
        """The hash of the content of the article with this id, or None."""
        change = self._changes.get(article_id)
        return None if change is None else change.content_hash

    def add(self, article: Article, id_hash: int, content_hash: int, outcome: Outcome) -> None:
        """Adds an article whose id is not in the batch."""
        self._put(article.id, PendingChange(article, content_hash, self._next_version(article.id), outcome))
        self.characters += len(article.headline) + len(article.body)

    def delete(self, article_id: str) -> None:
        """Adds the deletion of an article."""
        self._put(article_id, PendingChange(None, None, self._next_version(article_id)))

    def remove(self, article_id: str) -> bool:
        """Takes an article out; returns whether there was one with this id."""
        change = self._changes.get(article_id)
        if change is None or change.article is None:
            return False
        self._drop(article_id)
        return True

    def take(self) -> dict[str, PendingChange]:
        """All changes by the id of the article; afterwards there is none."""
        changes, self._changes = self._changes, {}
        self.characters = 0
        return changes

    def _put(self, article_id: str, change: PendingChange) -> None:
        self._drop(article_id)
        self._changes[article_id] = change

    def _drop(self, article_id: str) -> None:
        change = self._changes.pop(article_id, None)
        if change is not None and change.article is not None:
            self.characters -= len(change.article.headline) + len(change.article.body)

    def _next_version(self, article_id: str) -> int:
        """The time in nanoseconds, later than that of the change before.

        A later time than the clock's is given where the clock stands still or was set back, or where that of
        the machine that wrote the article before is fast.
        """
        self._last_version = max(self._last_version + 1, time.time_ns())
        return max(self._last_version, self._known_version(article_id) + 1)
