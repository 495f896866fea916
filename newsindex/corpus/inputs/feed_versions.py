"""How is an entry that stands in twenty snapshots of a feed read once, as its longest version?

The entries of all feeds are held to the end of the reading, within a bound. What was let go to stay
within it comes again if a later snapshot has more of it; the index then has the longest all the same, and
keeps it when a later reading meets only shorter ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from newsindex.article import Article

_HELD: Final = 50_000_000  # characters of texts


class FeedVersions:
    """The entries of feeds, each once."""

    def __init__(self) -> None:
        self._held: dict[str, Article] = {}
        self._lengths: dict[str, int] = {}  # of every entry met, held or gone
        self._characters = 0

    def add(self, article: Article) -> Iterator[Article]:
        """Hold an entry if it is new, or longer than before; gives entries that must be let go."""
        length = length_of(article)
        if length <= self._lengths.get(article.id, -1):
            return
        self._lengths[article.id] = length
        self._held[article.id] = article
        self._characters += length
        if self._characters > _HELD:
            yield from self.release()

    def has_met(self, article_id: str) -> bool:
        """Whether there was an entry with this id."""
        return article_id in self._lengths

    @property
    def holds(self) -> bool:
        """Whether entries wait."""
        return bool(self._held)

    def release(self) -> Iterator[Article]:
        """Give up all that is held, in the order in which it was met."""
        held, self._held, self._characters = self._held, {}, 0
        yield from held.values()


def length_of(article: Article) -> int:
    """How much there is of an article, in characters."""
    return len(article.headline) + len(article.body)
