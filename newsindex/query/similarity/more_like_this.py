"""More like this: the query for articles about the same matter as one article.

The most telling words of the article, which are frequent in it and rare elsewhere, become the words of a
query, each with its weight in the article. The ranking is that of every search.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from newsindex.analyzer import French
from newsindex.deadline import check_deadline
from newsindex.query.evaluation.bm25f import idf
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.nodes import AndQuery, LabelQuery, NoQuery, NotQuery, OrQuery, WordQuery
from newsindex.query.syntax.parser import ParsedQuery

MAX_TELLING_WORDS: Final = 25
"""How many words stand for an article: measured, fewer find less of its kind, and more find no more."""
_MAX_CHARACTERS: Final = 20_000
"""Characters of a headline, and of a body, that are read: they tell what an article is about."""
# The four that follow were measured on the news corpus, by how often an article and those found for it are of
# the same section.
_HEADLINE_OCCURRENCES: Final = 4.0
"""Occurrences in the body for which one in the headline counts."""
_HALF_SATURATION: Final = 6.0
"""Occurrences that give half of the weight that any number of them would."""
_IDF_EXPONENT: Final = 0.7
"""The power of the idf: with 1, the rarest words would count for too much."""
_WEIGHT_STEPS: Final = 8
"""Steps to which a weight is rounded, so that the cached scores of a word serve other articles too."""


class TellingWord(NamedTuple):
    """A word of an article: how much it tells, its term, its usual spelling there, and its weight in it."""

    importance: float
    term: str
    spelling: str
    weight: float


def more_like_this_query(snapshot: Snapshot, article_id: str) -> ParsedQuery:
    """The query for articles like one, without this one. Raises QueryError for an id that no article has."""
    segment, document = snapshot.require(article_id)
    stored = segment.text(document)
    return query_of_words(telling_words(snapshot, stored.headline, stored.body), article_id)


def query_of_words(words: Sequence[TellingWord], article_id: str) -> ParsedQuery:
    """The query for articles with the telling words of one, without this one."""
    if not words:
        return ParsedQuery(NoQuery(), ())
    clauses = tuple(WordQuery("text", word.term, word.spelling, word.weight) for word in words)
    itself = NotQuery(LabelQuery("id", (article_id,)))
    return ParsedQuery(AndQuery((OrQuery(clauses), itself)), ())


def telling_words(snapshot: Snapshot, headline: str, body: str) -> list[TellingWord]:
    """The words that tell most of what a text of the index is about, in descending order of importance.

    Stop words, numbers, and words that no other article has are left out.
    """
    occurring = occurring_terms(snapshot.lexicon.french, headline, body)
    return most_telling(occurring, snapshot.documents, snapshot.statistics.document_frequency)


def most_telling(
    occurring: Mapping[str, tuple[float, str]],
    documents: int,
    document_frequency: Callable[[str], int],
    limit: int = MAX_TELLING_WORDS,
) -> list[TellingWord]:
    """The ``limit`` terms that tell most, of those that :func:`occurring_terms` gives."""
    words = []
    for term, (frequency, spelling) in occurring.items():
        check_deadline()
        articles = document_frequency(term)
        if articles > 1:
            weight = frequency / (frequency + _HALF_SATURATION)
            importance = weight * idf(documents, articles) ** _IDF_EXPONENT
            rounded = max(round(weight * _WEIGHT_STEPS), 1) / _WEIGHT_STEPS
            words.append(TellingWord(importance, term, spelling, rounded))
    return heapq.nlargest(limit, words)


def occurring_terms(french: French, headline: str, body: str) -> dict[str, tuple[float, str]]:
    """The frequency of each term but stop words and numbers, and its most frequent spelling.

    An occurrence in the headline counts for more than one. Of a long text only the beginning is read.
    """
    headline, body = headline[:_MAX_CHARACTERS], body[:_MAX_CHARACTERS]
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    in_headline: Counter[str] = Counter()
    for text, frequencies in ((headline, in_headline), (body, Counter[str]())):
        for word in french.analyze(text):
            if not word.stop and not word.spelling[0].isdigit():
                spellings[word.term][word.spelling] += 1
                frequencies[word.term] += 1
    return {
        term: (
            of_term.total() + (_HEADLINE_OCCURRENCES - 1) * in_headline[term],
            of_term.most_common(1)[0][0],
        )
        for term, of_term in spellings.items()
    }
