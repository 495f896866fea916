"""The keys by which an alert is found: an article without any of them cannot match it.

The telling keys of an alert are terms of its query, one of which every match has. Its variant keys stand for
other ways to write the query's words (``variant_keys.py``). An alert whose matches need no word, such as one
of filters only or of a pattern, has the empty key, and is always run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from newsindex.analyzer import Lexicon
from newsindex.query.syntax.nodes import (
    AndMaybeQuery,
    AndNotQuery,
    AndQuery,
    ExactWordQuery,
    NoQuery,
    OrQuery,
    PhraseQuery,
    QueryNode,
    WordQuery,
)
from newsindex.storage.alerts.alert_rows import AlertKey, Kind

from .definition import Definition
from .stored_trees import encode_tree
from .variant_keys import variant_keys

Terms = frozenset[str]


class CompiledAlert(NamedTuple):
    """What is stored of an alert so that it is found and run quickly: its keys, and its tree as JSON."""

    keys: list[AlertKey]
    tree: str


def compile_alert(
    definition: Definition, zone: ZoneInfo, lexicon: Lexicon, frequency: Callable[[str], int]
) -> CompiledAlert:
    """The keys and the tree of an alert.

    ``frequency`` is the number of articles with a term, by which the rarest terms are chosen. Raises
    QueryError.
    """
    tree = definition.parse(zone, lexicon).tree
    keys = [*_keys_of_tree(tree, frequency), *variant_keys(definition, zone, lexicon, frequency)]
    return CompiledAlert(keys, encode_tree(tree))


def _keys_of_tree(tree: QueryNode, frequency: Callable[[str], int]) -> Iterator[AlertKey]:
    terms = telling_terms(tree, frequency)
    if terms is None:
        yield AlertKey(b"", Kind.ALWAYS)
    for term in terms or ():
        yield AlertKey(term.encode(), Kind.TELLING)


def telling_terms(node: QueryNode, frequency: Callable[[str], int]) -> Terms | None:
    """Terms of which every document that matches a node has one; None where no such terms are known."""
    match node:
        case WordQuery() | ExactWordQuery():
            return frozenset([node.term])
        case PhraseQuery():
            return frozenset([min(node.terms, key=lambda term: (frequency(term), -len(term)))])
        case AndQuery():
            choices = [telling_terms(clause, frequency) for clause in node.clauses]
            known = [terms for terms in choices if terms is not None]
            return min(known, key=lambda terms: _order(terms, frequency), default=None)
        case OrQuery():
            all_terms: set[str] = set()
            for clause in node.clauses:
                terms = telling_terms(clause, frequency)
                if terms is None:
                    return None
                all_terms |= terms
            return frozenset(all_terms)
        case AndNotQuery():
            return telling_terms(node.positive, frequency)
        case AndMaybeQuery():
            return telling_terms(node.required, frequency)
        case NoQuery():
            return frozenset()
    return None


def _order(terms: Terms, frequency: Callable[[str], int]) -> tuple[int, int]:
    """How telling some terms are, the most telling first.

    Rare terms are telling; of words that are not known yet, long ones are.
    """
    return sum(map(frequency, terms)), -min(map(len, terms), default=0)
