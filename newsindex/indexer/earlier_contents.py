"""The contents that articles had before they were updated, by which one that has its content again is known.

A reading may give several versions of an article, of which the index has the last from a reading before. The
first of them then changes the article, and the last gives it the content back that it had: in the end nothing
has changed, and the report is to say so.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

_MAX_ARTICLES: Final = 250_000  # that are remembered: about 30 MB


class Updates(NamedTuple):
    """How often an article was updated, and how often another article replaced it under its id."""

    updated: int
    replaced: int


class EarlierContents:
    """The hashes of the contents, within a bound beyond which those that were updated first are forgotten."""

    def __init__(self) -> None:
        self._hashes: dict[int, int] = {}  # of the content before the first update, by the hash of the id
        self._further: Counter[int] = Counter()  # updates after the first, by the hash of the id
        self._replaced: Counter[int] = Counter()  # the updates that put another article in its place

    def share(self, other: EarlierContents) -> None:
        """Goes on from what ``other`` has noted, and notes for both."""
        self._hashes, self._further, self._replaced = other._hashes, other._further, other._replaced

    def note_update(self, id_hash: int, content_hash: int, *, is_replaced: bool) -> None:
        """Notes that an article with this content is updated."""
        if id_hash in self._hashes:
            self._further[id_hash] += 1
        else:
            self._hashes[id_hash] = content_hash
        if is_replaced:
            self._replaced[id_hash] += 1
        if len(self._hashes) > _MAX_ARTICLES:
            self.forget(next(iter(self._hashes)))

    def has(self, id_hash: int, content_hash: int) -> bool:
        """Whether this is the content that an article had before it was first updated."""
        return self._hashes.get(id_hash) == content_hash

    def forget(self, id_hash: int) -> Updates:
        """Forgets an article; returns how often it was updated."""
        if self._hashes.pop(id_hash, None) is None:
            return Updates(0, 0)
        return Updates(1 + self._further.pop(id_hash, 0), self._replaced.pop(id_hash, 0))
