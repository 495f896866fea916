"""Which articles are about the same as one?

The most telling words of the article, those that are often in it and seldom elsewhere, are asked for as a
query, each with the weight that it has in the article: so the ranking is that of every search.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from typing import Final, NamedTuple

from newsindex.analyzer import French
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.nodes import AndQuery, LabelQuery, NoQuery, NotQuery, OrQuery, WordQuery
from newsindex.query.syntax.parser import ParsedQuery

TELLING: Final = 25
"""How many words stand for an article: measured, fewer find less of its kind, and more find no more."""
_READ: Final = 20_000  # characters of a body: what an article is about stands in them
# Measured on the news corpus, by how often an article and those found for it are of one section:
_HEADLINE: Final = 4.0  # occurrences in the body that one in the headline counts for
_SATURATION: Final = 6.0  # occurrences that count for half of what any number of them would
_RARITY: Final = 0.7  # the power of the idf: with 1, what is rarest says too much of what is meant
_STEPS: Final = 8  # of a weight, so that the scores of a word serve other articles too


class Telling(NamedTuple):
    """A word of an article: how much it tells, its term, its usual spelling there, and its weight in it."""

    worth: float
    term: str
    spelling: str
    weight: float


def more_like_this_query(snapshot: Snapshot, article_id: str) -> ParsedQuery:
    """The query for articles like one, without that one. Raises QueryError for an id that no article has."""
    found = snapshot.known(article_id)
    segment, document = found
    stored = segment.text(document)
    words = telling_words(snapshot, stored.headline, stored.body)
    if not words:
        return ParsedQuery(NoQuery(), ())
    parts = tuple(WordQuery("text", word.term, word.spelling, word.weight) for word in words)
    itself = NotQuery(LabelQuery("id", (article_id,)))
    return ParsedQuery(AndQuery((OrQuery(parts), itself)), ())


def telling_words(snapshot: Snapshot, headline: str, body: str) -> list[Telling]:
    """The words that tell most of what a text of the index is about, the most telling first.

    Stop words and numbers are none of them, nor is what no other article has.
    """
    found = []
    for term, (frequency, spelling) in _occurring(snapshot.lexicon.french, headline, body[:_READ]).items():
        if snapshot.document_frequency(term) > 1:
            weight = frequency / (frequency + _SATURATION)
            worth = weight * snapshot.idf(term) ** _RARITY
            found.append(Telling(worth, term, spelling, max(round(weight * _STEPS), 1) / _STEPS))
    return heapq.nlargest(TELLING, found)


def _occurring(french: French, headline: str, body: str) -> dict[str, tuple[float, str]]:
    """How often each term occurs, a headline counting for more, and its most frequent spelling."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    in_headline: Counter[str] = Counter()
    for text, terms in ((headline, in_headline), (body, Counter[str]())):
        for word in french.analyze(text):
            if not word.stop and not word.spelling[0].isdigit():
                spellings[word.term][word.spelling] += 1
                terms[word.term] += 1
    return {
        term: (own.total() + (_HEADLINE - 1) * in_headline[term], own.most_common(1)[0][0])
        for term, own in spellings.items()
    }
