"""Defines the nodes of query trees: frozen dataclasses, siblings under one base.

A node is a leaf, which names terms, labels or dates, or it combines other nodes. Nodes are hashable, and
two nodes that match and score alike on their own are equal. ``str()`` of a node is a form for people.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime, timedelta

from newsindex.dates.minutes import FAR_AHEAD, LONG_AGO


class QueryNode:
    """A part of a query tree."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class WordQuery(QueryNode):
    """A word in any inflection: its term, and its spelling as typed, in lower case.

    ``position`` is the place of the word among the words of its group, stop words counted; None outside
    of groups. The first word of a group also holds the words that score where the query matches but need
    not occur: the ``stop_words`` beside it, and the ``phrase_words`` of the quoted phrases beside it. These
    three describe the group, not the word: words that differ only in them are equal.

    A synonym, or another way to write some words of the query, ``stands_for`` the terms of these words.
    """

    field: str
    term: str
    spelling: str
    boost: float = 1.0
    position: int | None = dataclasses.field(default=None, compare=False)
    stop_words: tuple[WordQuery, ...] = dataclasses.field(default=(), compare=False)
    phrase_words: tuple[WordQuery, ...] = dataclasses.field(default=(), compare=False)
    stands_for: tuple[str, ...] = dataclasses.field(default=(), compare=False)

    def __str__(self) -> str:
        return f"{self.field}:{self.term}{_boost(self.boost)}"


@dataclass(frozen=True, slots=True)
class ExactWordQuery(QueryNode):
    """A word in one spelling only, accents and inflection included."""

    field: str
    term: str
    spelling: str
    boost: float = 1.0

    def __str__(self) -> str:
        return f"{self.field}:={self.spelling}"


@dataclass(frozen=True, slots=True)
class WildcardQuery(QueryNode):
    """The words that match a pattern; ``*`` stands for any letters and ``?`` for one letter."""

    field: str
    pattern: str
    boost: float = 1.0

    def __str__(self) -> str:
        return f"{self.field}:{self.pattern}{_boost(self.boost)}"


@dataclass(frozen=True, slots=True)
class FuzzyQuery(QueryNode):
    """The words at most ``distance`` edits away from a word without accents."""

    field: str
    word: str
    distance: int = 1
    boost: float = 1.0

    def __str__(self) -> str:
        distance = self.distance if self.distance > 1 else ""
        return f"{self.field}:{self.word}~{distance}{_boost(self.boost)}"


@dataclass(frozen=True, slots=True)
class PhraseQuery(QueryNode):
    """Terms in this order, each at most ``slop`` positions after the one before it.

    A synonym, or another way to write some words of the query, ``stands_for`` the terms of these words.
    """

    field: str
    terms: tuple[str, ...]
    slop: int = 1
    boost: float = 1.0
    stands_for: tuple[str, ...] = dataclasses.field(default=(), compare=False)

    def __str__(self) -> str:
        slop = f"~{self.slop}" if self.slop > 1 else ""
        return f'{self.field}:"{" ".join(self.terms)}"{slop}{_boost(self.boost)}'


@dataclass(frozen=True, slots=True)
class LabelQuery(QueryNode):
    """A source, section, author, language or id that is any of some values, or matches any if ``pattern``.

    It ``is_bare`` where it was typed as one word without quotation marks.
    """

    field: str
    values: tuple[str, ...]
    pattern: bool = False
    boost: float = 1.0
    is_bare: bool = dataclass_field(default=False, compare=False)

    def __str__(self) -> str:
        return " OR ".join(f"{self.field}:{value}{_boost(self.boost)}" for value in self.values)


@dataclass(frozen=True, slots=True)
class DateRangeQuery(QueryNode):
    """Articles published from ``start`` to before ``end``, in minutes since 1970, local time."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"date:[{_minute(self.start)} TO {_minute(self.end)}}}"


@dataclass(frozen=True, slots=True)
class AndQuery(QueryNode):
    """Documents that match all the clauses; a NotQuery among them takes documents away."""

    clauses: tuple[QueryNode, ...]
    boost: float = 1.0

    def __str__(self) -> str:
        return f"({' AND '.join(map(str, self.clauses))}){_boost(self.boost)}"


@dataclass(frozen=True, slots=True)
class OrQuery(QueryNode):
    """Documents that match any of the clauses."""

    clauses: tuple[QueryNode, ...]
    boost: float = 1.0

    def __str__(self) -> str:
        return f"({' OR '.join(map(str, self.clauses))}){_boost(self.boost)}"


@dataclass(frozen=True, slots=True)
class NotQuery(QueryNode):
    """Documents that do not match the clause; they score nothing."""

    clause: QueryNode

    def __str__(self) -> str:
        return f"NOT {self.clause}"


@dataclass(frozen=True, slots=True)
class AndNotQuery(QueryNode):
    """Documents that match ``positive`` and not ``negative``."""

    positive: QueryNode
    negative: QueryNode

    def __str__(self) -> str:
        return f"({self.positive} ANDNOT {self.negative})"


@dataclass(frozen=True, slots=True)
class AndMaybeQuery(QueryNode):
    """Documents that match ``required``; those that also match ``optional`` score its score more."""

    required: QueryNode
    optional: QueryNode

    def __str__(self) -> str:
        return f"({self.required} ANDMAYBE {self.optional})"


@dataclass(frozen=True, slots=True)
class EveryQuery(QueryNode):
    """All documents; they score nothing."""

    def __str__(self) -> str:
        return "*:*"


@dataclass(frozen=True, slots=True)
class NoQuery(QueryNode):
    """No document."""

    def __str__(self) -> str:
        return "()"


def _boost(boost: float) -> str:
    return "" if boost == 1.0 else f"^{boost}"


def _minute(minutes: int) -> str:
    if minutes in (LONG_AGO, FAR_AHEAD):
        return ""
    return (datetime(1970, 1, 1) + timedelta(minutes=minutes)).isoformat(" ", "minutes")
