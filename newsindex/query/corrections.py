"""What did somebody mean who typed a word that hardly any article has?

Of the words of the index that are one or two letters away the likeliest, if the query with it finds more. A
word that is well known is never corrected, and most queries hold no other: they are not looked at further.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final

from whoosh import query as whoosh_query

from ..analyzer import Word, fold
from ..errors import QueryError
from .confusions import unlikeness
from .lately import Lately
from .nodes import TEXT_FIELDS, Spelled
from .parser import ParsedQuery
from .ranking import Page, rank
from .snapshot import Snapshot
from .vocabulary import holding

_RARE: Final = 5  # articles that may have a word that is misspelt: newspapers misspell too
_TIMES: Final = 20  # as many articles must have what was meant instead
_SHORTEST: Final = 4  # letters
_TWO_FROM: Final = 6  # letters of a word of which two may be wrong
_MOST: Final = 5  # words of a query that are corrected
_WEIGHED: Final = 10


def corrected(
    snapshot: Snapshot,
    lately: Lately,
    typed: str,
    read: Callable[[str], ParsedQuery],
    tree: Any,
    total: int,
) -> str | None:
    """The query with its misspelt words corrected, where that finds more than ``total`` articles, else None.

    ``read`` parses a query, within the filters of the search; ``tree`` is what it made of ``typed``.
    """
    terms = set(_terms(tree))
    words = [word for word in snapshot.lexicon.french.analyze(typed) if word.term in terms and not word.stop]
    if not any(_is_doubtful(snapshot, word) for word in words):
        return None
    text = _Correction(snapshot, lately, typed, words).text()
    if text == typed:
        return None
    try:
        found = rank(snapshot, read(text), Page(limit=0)).total
    except QueryError:  # it has become too long
        return None
    return text if found > total else None


def _terms(node: Any) -> Iterator[str]:
    """The terms that a query asks for, in any spelling."""
    if isinstance(node, whoosh_query.Phrase):
        yield from node.words
    elif type(node) is Spelled and node.fieldname in TEXT_FIELDS:
        yield node.text
    elif isinstance(node, whoosh_query.AndNot):
        yield from _terms(node.a)
    elif not isinstance(node, whoosh_query.Not):
        for child in node.children():
            yield from _terms(child)


def _is_doubtful(snapshot: Snapshot, word: Word) -> bool:
    return (
        len(word.spelling) >= _SHORTEST
        and word.spelling.isalpha()
        and snapshot.document_frequency(word.term) <= _RARE
    )


class _Correction:
    """Corrects the words of one query."""

    def __init__(self, snapshot: Snapshot, lately: Lately, typed: str, words: list[Word]) -> None:
        self._snapshot = snapshot
        self._lately = lately
        self._typed = typed
        self._words = words

    def text(self) -> str:
        """The query as corrected; but for the words that are, as typed."""
        parts: list[str] = []
        at = 0
        doubtful = [word for word in self._words if _is_doubtful(self._snapshot, word)][:_MOST]
        for word in doubtful:
            meant = self._meant(word)
            if meant is not None:
                written = self._typed[word.start : word.end]
                parts += [self._typed[at : word.start], _cased(meant, written)]
                at = word.end
        return "".join([*parts, self._typed[at:]])

    def _meant(self, word: Word) -> str | None:
        """The spelling that was meant by a word, or the two, or None."""
        folded = fold(word.spelling)
        least = max(_TIMES * self._snapshot.document_frequency(word.term), 1)
        frequency: Counter[str] = Counter()
        distance: dict[str, int] = {}
        for _, vocabulary in self._lately.vocabularies(self._snapshot):
            for near in vocabulary.near(folded, 1 + (len(folded) >= _TWO_FROM)):
                frequency[near.word] += near.articles
                distance[near.word] = near.distance
        unlike = {
            other: unlikeness(folded, other, distance[other], count)
            for other, count in frequency.items()
            if count >= least and other != folded
        }
        for other in heapq.nsmallest(_WEIGHED, unlike, key=lambda other: (unlike[other], other)):
            spelling = self._lately.spelling(self._snapshot, other)
            if sum(len(documents) for _, documents in holding(self._snapshot, spelling)) >= least:
                return spelling
        return None


def _cased(spelling: str, written: str) -> str:
    """A spelling with the capitals of what it stands for."""
    if written.isupper():
        return spelling.upper()
    return spelling[:1].upper() + spelling[1:] if written[:1].isupper() else spelling
