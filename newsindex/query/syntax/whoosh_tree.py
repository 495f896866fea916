"""Converts query trees to trees of Whoosh, for programs that combine a query with Whoosh's own.

Only this module of the query package loads Whoosh, and nothing but :func:`newsindex.parse` and
:meth:`newsindex.Index.parse` loads it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from whoosh import query as whoosh

from newsindex.results import Note

from .nodes import (
    AndMaybeQuery,
    AndNotQuery,
    AndQuery,
    DateRangeQuery,
    EveryQuery,
    ExactWordQuery,
    FuzzyQuery,
    LabelQuery,
    NotQuery,
    OrQuery,
    PhraseQuery,
    QueryNode,
    WildcardQuery,
    WordQuery,
)
from .parser import ParsedQuery


class WhooshQuery(NamedTuple):
    """A parsed query for other programs: the tree in Whoosh's classes, and notes on how it was read."""

    tree: Any  # a whoosh.query.Query, which has no types
    notes: tuple[Note, ...]


class WordTerm(whoosh.Term):  # type: ignore[misc]  # whoosh has no types
    """A word: ``text`` is its term, ``spelling`` the word as typed, in lower case."""

    def __init__(self, fieldname: str, text: str, spelling: str, boost: float = 1.0) -> None:
        super().__init__(fieldname, text, boost)
        self.spelling = spelling

    def __eq__(self, other: object) -> bool:
        return bool(super().__eq__(other)) and isinstance(other, WordTerm) and self.spelling == other.spelling

    __hash__ = whoosh.Term.__hash__


class ExactWordTerm(WordTerm):
    """A word in this spelling only, accents and all."""

    def __str__(self) -> str:
        return f"{self.fieldname}:={self.spelling}"


class DateRange(whoosh.Query):  # type: ignore[misc]  # whoosh has no types
    """Articles published from ``start`` to before ``end``, in minutes since 1970, local time."""

    boost = 1.0

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DateRange) and (self.start, self.end) == (other.start, other.end)

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __repr__(self) -> str:
        return f"DateRange({self.start}, {self.end})"

    def __str__(self) -> str:
        return str(DateRangeQuery(self.start, self.end))

    def is_leaf(self) -> bool:
        """True: it has no children."""
        return True

    def field(self) -> str:
        """The name of the field that it restricts."""
        return "date"


def whoosh_query(parsed: ParsedQuery) -> WhooshQuery:
    """A parsed query with its tree in Whoosh's classes."""
    return WhooshQuery(whoosh_tree(parsed.tree), parsed.notes)


def whoosh_tree(node: QueryNode) -> Any:
    """The tree of Whoosh that says the same as a query tree."""
    match node:
        case AndQuery():
            return whoosh.And([whoosh_tree(clause) for clause in node.clauses], boost=node.boost)
        case OrQuery():
            return whoosh.Or([whoosh_tree(clause) for clause in node.clauses], boost=node.boost)
        case NotQuery():
            return whoosh.Not(whoosh_tree(node.clause))
        case AndNotQuery():
            return whoosh.AndNot(whoosh_tree(node.positive), whoosh_tree(node.negative))
        case AndMaybeQuery():
            return whoosh.AndMaybe(whoosh_tree(node.required), whoosh_tree(node.optional))
        case EveryQuery():
            return whoosh.Every()
        case DateRangeQuery():
            return DateRange(node.start, node.end)
        case LabelQuery():
            kind = whoosh.Wildcard if node.pattern else whoosh.Term
            labels = [kind(node.field, value, node.boost) for value in node.values]
            return labels[0] if len(labels) == 1 else whoosh.Or(labels)
    return _whoosh_words(node)


def _whoosh_words(node: QueryNode) -> Any:
    """Whoosh's form of a leaf that asks for words."""
    match node:
        case WordQuery():
            return WordTerm(node.field, node.term, node.spelling, node.boost)
        case ExactWordQuery():
            return ExactWordTerm(node.field, node.term, node.spelling, node.boost)
        case WildcardQuery():
            return whoosh.Wildcard(node.field, node.pattern, node.boost)
        case FuzzyQuery():
            return whoosh.FuzzyTerm(node.field, node.word, node.boost, node.distance, prefixlength=0)
        case PhraseQuery():
            return whoosh.Phrase(node.field, list(node.terms), node.slop, node.boost)
    return whoosh.NullQuery
