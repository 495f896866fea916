"""Finds the synonyms of what the clauses of a query say, one by one or several in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsindex.analyzer import Lexicon

from .nodes import PhraseQuery, QueryNode, WordQuery


class ClauseTerms(NamedTuple):
    """The terms of a clause of words, its field and its boost."""

    field: str
    terms: tuple[str, ...]
    boost: float


def synonyms_of(lexicon: Lexicon, clause: ClauseTerms) -> list[QueryNode]:
    """The synonyms of a clause, each a word or a phrase."""
    return [
        WordQuery(clause.field, words[0].term, words[0].spelling, clause.boost, stands_for=clause.terms)
        if len(words) == 1
        else PhraseQuery(
            clause.field, tuple(word.term for word in words), 1, clause.boost, stands_for=clause.terms
        )
        for words in lexicon.alternatives.get(clause.terms, ())
    ]


def longest_synonyms(lexicon: Lexicon, clauses: Sequence[ClauseTerms | None]) -> tuple[int, list[QueryNode]]:
    """How many of the first clauses, two or more, have synonyms together, and these; the longest run counts.

    A clause that is not of words is None. Gives 0 and no synonyms where no run has any.
    """
    longest: tuple[int, list[QueryNode]] = 0, []
    terms: tuple[str, ...] = ()
    max_terms = max(map(len, lexicon.alternatives), default=0)
    first = clauses[0]
    for count, clause in enumerate(clauses, 1):
        if first is None or clause is None or clause.field != first.field:
            break
        terms += clause.terms
        if len(terms) > max_terms:
            break
        synonyms = synonyms_of(lexicon, first._replace(terms=terms))
        if synonyms and count > 1:
            longest = count, synonyms
    return longest
