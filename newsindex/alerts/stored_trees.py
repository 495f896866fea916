"""Query trees as JSON, so that ten thousand alerts need not be parsed for each commit.

Only what decides whether a document matches is kept. A tree with dates, which may be relative, has no such
form: its query is parsed each time.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from newsindex._version import __version__
from newsindex.analyzer import ANALYSIS
from newsindex.query.syntax.nodes import (
    AndMaybeQuery,
    AndNotQuery,
    AndQuery,
    EveryQuery,
    ExactWordQuery,
    FuzzyQuery,
    LabelQuery,
    NoQuery,
    NotQuery,
    OrQuery,
    PhraseQuery,
    QueryNode,
    WildcardQuery,
    WordQuery,
)

KEY_VERSION: Final = f"1 of {__version__}, {ANALYSIS}"
"""By which rules the keys and trees of alerts are made; those of other rules are made anew."""


class _NoStoredForm(Exception):
    """A part of a tree has no stored form."""


def encode_tree(tree: QueryNode) -> str:
    """The JSON of a tree; empty for one that has no such form."""
    try:
        return json.dumps(_encode(tree), ensure_ascii=False, separators=(",", ":"))
    except _NoStoredForm:
        return ""


def decode_tree(stored: str) -> QueryNode:
    """A tree that matches the same documents as the one that was encoded."""
    return _decode(json.loads(stored))


def _encode(node: QueryNode) -> object:
    match node:
        case WordQuery(field="text"):
            return node.term
        case WordQuery():
            return ["word", node.field, node.term]
        case ExactWordQuery():
            return ["exact", node.field, node.term, node.spelling]
        case WildcardQuery():
            return ["pattern", node.field, node.pattern]
        case FuzzyQuery():
            return ["fuzzy", node.field, node.word, node.distance]
        case AndQuery():
            return ["and", *map(_encode, node.clauses)]
        case OrQuery():
            return ["or", *map(_encode, node.clauses)]
        case NotQuery():
            return ["not", _encode(node.clause)]
        case AndNotQuery():
            return ["without", _encode(node.positive), _encode(node.negative)]
        case AndMaybeQuery():
            return _encode(node.required)
        case PhraseQuery():
            return ["phrase", node.field, node.slop, *node.terms]
        case LabelQuery():
            return ["label", node.field, node.pattern, *node.values]
        case EveryQuery():
            return ["every"]
        case NoQuery():
            return ["nothing"]
    raise _NoStoredForm


def _decode(stored: Any) -> QueryNode:
    if isinstance(stored, str):
        return WordQuery("text", stored, stored)
    return _DECODE[stored[0]](*stored[1:])


_DECODE: Final[dict[str, Callable[..., QueryNode]]] = {
    "and": lambda *clauses: AndQuery(tuple(map(_decode, clauses))),
    "or": lambda *clauses: OrQuery(tuple(map(_decode, clauses))),
    "not": lambda clause: NotQuery(_decode(clause)),
    "without": lambda positive, negative: AndNotQuery(_decode(positive), _decode(negative)),
    "phrase": lambda field, slop, *terms: PhraseQuery(field, terms, slop),
    "label": lambda field, pattern, *values: LabelQuery(field, values, pattern),
    "every": EveryQuery,
    "nothing": NoQuery,
    "word": lambda field, term: WordQuery(field, term, term),
    "exact": ExactWordQuery,
    "pattern": WildcardQuery,
    "fuzzy": FuzzyQuery,
}
