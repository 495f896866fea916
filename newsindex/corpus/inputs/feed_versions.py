"""Gives a feed entry that stands in many snapshots of the feed once, in its longest version.

The entries of all feeds are held until the end of the reading, within a bound of characters. Where the
bound forces entries out, a later snapshot with a longer version gives the entry again. The index then has
the longest version all the same, and keeps it when a later reading meets only shorter ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from newsindex.article import Article
from newsindex.corpus.summary import Summary

_MAX_HELD_CHARACTERS: Final = 50_000_000


class FeedVersions:
    """The feed entries met so far; of each, the longest version waits until it is released.

    ``summary`` counts the versions that are given up for a longer or equal one, and those that are given
    although the reading has given an earlier version of the article.
    """

    def __init__(self, summary: Summary) -> None:
        self._summary = summary
        self._held: dict[str, Article] = {}
        self._lengths: dict[str, int] = {}  # of the longest version of every entry met, held or released
        self._formats: dict[str, str] = {}  # of every entry met
        self._held_characters = 0

    def add(self, article: Article, format: str, *, is_later: bool) -> Iterator[Article]:
        """Holds an entry that is new or longer than before; gives all held entries beyond the bound.

        ``format`` is the name of the format from which it was read; ``is_later`` says that the reading had a
        version of the article before, in a feed or elsewhere.
        """
        length = article_length(article)
        if length <= self._lengths.get(article.id, -1):
            self._summary.entry_versions += 1
            return
        if (shorter := self._held.get(article.id)) is not None:
            self._summary.entry_versions += 1
            self._held_characters -= article_length(shorter)
        elif is_later:
            self._summary.repeat(article.id)
        self._lengths[article.id] = length
        self._formats[article.id] = format
        self._held[article.id] = article
        self._held_characters += length
        if self._held_characters > _MAX_HELD_CHARACTERS:
            yield from self.release()

    def has_met(self, article_id: str) -> bool:
        """Whether there was an entry with this id."""
        return article_id in self._lengths

    def format_of(self, article: Article) -> str:
        """The name of the format of an entry that was met."""
        return self._formats[article.id]

    @property
    def is_holding(self) -> bool:
        """Whether entries wait to be released."""
        return bool(self._held)

    def release(self) -> Iterator[Article]:
        """Gives all held entries, in the order in which they were first met, and holds them no longer."""
        held, self._held, self._held_characters = self._held, {}, 0
        yield from held.values()


def article_length(article: Article) -> int:
    """The number of characters of an article's headline and body."""
    return len(article.headline) + len(article.body)
