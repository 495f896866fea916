"""How does a query for one of several synonyms find the others too?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from whoosh import query as whoosh_query

from newsindex.analyzer import Lexicon

from .nodes import WordQuery


class ClauseTerms(NamedTuple):
    """What a part of a query says in words, and in which field."""

    field: str
    terms: tuple[str, ...]
    boost: float


def others(lexicon: Lexicon, said: ClauseTerms) -> list[Any]:
    """The other ways to say it, each a word or a phrase."""
    nodes: list[Any] = []
    for words in lexicon.alternatives.get(said.terms, ()):
        if len(words) == 1:
            nodes.append(WordQuery(said.field, words[0].term, words[0].spelling, said.boost))
        else:
            nodes.append(whoosh_query.Phrase(said.field, [word.term for word in words], 1, said.boost))
    return nodes


def longest(lexicon: Lexicon, said: Sequence[ClauseTerms | None]) -> tuple[int, list[Any]]:
    """How many of the first parts of a query, two or more, say together what has synonyms, and these; 0 where
    there are none."""
    terms: tuple[str, ...] = ()
    best: tuple[int, list[Any]] = 0, []
    most = max(map(len, lexicon.alternatives), default=0)
    first = said[0]
    for count, part in enumerate(said, 1):
        if first is None or part is None or part.field != first.field:
            break
        terms += part.terms
        if len(terms) > most:
            break
        found = others(lexicon, first._replace(terms=terms))
        if found and count > 1:
            best = count, found
    return best
