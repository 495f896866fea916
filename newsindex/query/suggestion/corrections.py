"""What did somebody mean who typed a word that hardly any article has?

Of the words of the index that are one or two letters away the likeliest, or two words where the space is
wrong, if the query then finds more. A word that is well known is never corrected, and most queries hold no
other: they are not looked at further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import nsmallest
from itertools import zip_longest
from typing import Final

from newsindex.analyzer import Word, fold
from newsindex.arguments import is_unicode
from newsindex.errors import QueryError
from newsindex.query.evaluation.phrase_matching import find_phrase
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.ranking.top_hits import rank
from newsindex.query.syntax.nodes import PhraseQuery, QueryNode, WordQuery
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.query.syntax.query_fields import TEXT_FIELDS
from newsindex.query.syntax.visitor import leaves

from .error_model import correction_cost
from .recent_vocabulary import RecentVocabulary
from .segment_vocabulary import LONGEST

_RARE: Final = 5  # articles that may have a word that is misspelt: newspapers misspell too
_TIMES: Final = 20  # as many articles must have what was meant instead
_SHORTEST: Final = 4  # letters
_TWO_FROM: Final = 6  # letters of a word of which two may be wrong, if no article has it
_MOST: Final = 5  # words of a query that are looked up
_WEIGHED: Final = 10


def corrected(
    snapshot: Snapshot,
    lately: RecentVocabulary,
    typed: str,
    read: Callable[[str], ParsedQuery],
    tree: QueryNode,
    total: int,
) -> str | None:
    """The query with its misspelt words corrected, where that finds more than ``total`` articles, else None.

    ``read`` parses a query, within the filters of the search; ``tree`` is what it made of ``typed``.
    """
    terms = set(_terms(tree)) if is_unicode(typed) else set()
    words = [word for word in snapshot.lexicon.french.analyze(typed) if word.term in terms and not word.stop]
    if not any(_is_doubtful(snapshot, word) for word in words):
        return None
    text = _Correction(snapshot, lately, typed, words).text()
    if text == typed:
        return None
    try:
        found = rank(snapshot, read(text), SearchOptions(limit=0)).total
    except QueryError:  # it has become too long
        return None
    return text if found > total else None


def _terms(tree: QueryNode) -> Iterator[str]:
    """The terms that a query asks for, in any spelling."""
    for leaf in leaves(tree):
        if isinstance(leaf, PhraseQuery):
            yield from leaf.terms
        elif isinstance(leaf, WordQuery) and leaf.field in TEXT_FIELDS:
            yield leaf.term


def _is_doubtful(snapshot: Snapshot, word: Word) -> bool:
    return (
        len(word.spelling) >= _SHORTEST
        and word.spelling.isalpha()
        and snapshot.statistics.document_frequency(word.term) <= _RARE
    )


class _Correction:
    """Corrects the words of one query."""

    def __init__(
        self, snapshot: Snapshot, lately: RecentVocabulary, typed: str, words: Sequence[Word]
    ) -> None:
        self._snapshot = snapshot
        self._latest = lately.words(snapshot)
        self._typed = typed
        self._words = words

    def text(self) -> str:
        """The query as corrected; but for the words that are, as typed."""
        parts: list[str] = []
        at = tried = 0
        for word, following in zip_longest(self._words, self._words[1:]):
            if tried == _MOST:
                break
            if word.start < at:  # it was joined to the one before
                continue
            meant, end = self._joined(word, following), following.end if following else word.end
            if meant is None and _is_doubtful(self._snapshot, word):
                tried += 1
                meant, end = self._nearest(word) or self._parted(word), word.end
            if meant is not None:
                parts += [self._typed[at : word.start], _cased(meant, self._typed[word.start : end])]
                at = end
        return "".join([*parts, self._typed[at:]])

    def _nearest(self, word: Word) -> str | None:
        """The spelling that is the likeliest to be meant by a word, None where no word is near."""
        folded = fold(word.spelling)
        having = self._snapshot.statistics.document_frequency(word.term)
        least = max(_TIMES * having, 1)
        allowed = 2 if len(folded) >= _TWO_FROM and not having else 1
        unlike = {
            other: correction_cost(folded, other, distance, articles)
            for other, (distance, articles) in self._latest.near(folded, allowed).items()
            if articles >= least and other != folded
        }
        for other in nsmallest(_WEIGHED, unlike, key=lambda other: (unlike[other], other)):
            spelling = self._latest.spelling(other)
            if self._articles(spelling) >= least:
                return spelling
        return None

    def _joined(self, word: Word, following: Word | None) -> str | None:
        """The one word that two beside each other make, where one of them is doubtful."""
        if following is None or not self._typed[word.end : following.start].isspace():
            return None
        if not any(_is_doubtful(self._snapshot, one) for one in (word, following)):
            return None
        together = fold(word.spelling + following.spelling)
        spelling = self._latest.spelling(together)
        return spelling if self._articles(spelling) else None

    def _parted(self, word: Word) -> str | None:
        """The two words that stand together in the most articles, of those that a doubtful one may be."""
        folded = fold(word.spelling)
        articles: dict[str, int] = {}
        for at in range(_SHORTEST - 1, min(len(folded), LONGEST) - _SHORTEST + 2):
            spellings = [self._latest.spelling(part) for part in (folded[:at], folded[at:])]
            if all(map(self._articles, spellings)):
                terms = [self._snapshot.lexicon.french.analyze(spelling)[0].term for spelling in spellings]
                together = [find_phrase(view, terms, "text", 1) for view in self._snapshot.views]
                articles[" ".join(spellings)] = sum(len(found.documents) for found in together)
        best = max(articles, key=lambda words: (articles[words], words), default=None)
        return best if best is not None and articles[best] else None

    def _articles(self, spelling: str) -> int:
        """How many live articles have a word, whatever its accents."""
        return sum(len(documents) for _, documents in self._latest.holding(spelling))


def _cased(spelling: str, written: str) -> str:
    """A spelling with the capitals of what it stands for."""
    if written.isupper():
        return spelling.upper()
    return spelling[:1].upper() + spelling[1:] if written[:1].isupper() else spelling
