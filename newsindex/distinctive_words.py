"""Defines the types of the words that stand out: what Index.words and Index.trends give back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, overload

from .results import Snippet

Reference = Literal["rest", "before"]
"""What words are compared with: the rest of the index, or the time before."""


@dataclass(frozen=True, slots=True)
class DistinctiveWord:
    """A word or a two-word expression that more of the found articles have than the reference lets expect.

    ``text`` is written as the articles write it most often, with accents and capitals, and is the whole name
    where it is a part of one (``Le Pen``, ``Jean-Luc Mélenchon``, ``Béji Caïd Essebsi``). ``articles`` is the
    number of found articles that have it, ``reference`` that of the articles of the reference; ``share`` and
    ``reference_share`` are the same as shares of all of either, from 0 to 1. ``score`` is the log-likelihood
    ratio G² (Dunning, 1993). ``example`` is a passage or the headline of the article ``article_id``, with the
    word marked, and ``lang`` the language of that article, where it is known. ``query`` added to a search
    narrows it to the articles with the word.
    """

    text: str
    articles: int
    reference: int
    share: float
    reference_share: float
    score: float
    example: Snippet
    article_id: str
    query: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class DistinctiveWords(Sequence[DistinctiveWord]):
    """The words that stand out, the highest score first.

    ``articles`` is the number of articles found and ``reference_articles`` that of the reference; near copies
    of an article are counted once where ``notes`` say so. ``notes`` also say how the query was read and where
    too few articles were found. ``seconds`` is the duration.
    """

    words: tuple[DistinctiveWord, ...]
    articles: int
    reference_articles: int
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[DistinctiveWord]:
        return iter(self.words)

    @overload
    def __getitem__(self, index: int) -> DistinctiveWord: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[DistinctiveWord]: ...
    def __getitem__(self, index: int | slice) -> DistinctiveWord | Sequence[DistinctiveWord]:
        return self.words[index]
