"""Combines the clauses of a query, or of a group in it, into one node.

Stop words are left out beside other words, a compound beside other words becomes its words, and among
words that only spaces separate, what cannot be an alternative (a NOT, a source, a period) restricts.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple, TypeAlias, TypeGuard

from newsindex.analyzer import Word
from newsindex.dates.minutes import FAR_AHEAD, LONG_AGO

from .nodes import (
    AndQuery,
    DateRangeQuery,
    LabelQuery,
    NoQuery,
    NotQuery,
    OrQuery,
    PhraseQuery,
    QueryNode,
    WordQuery,
)


class GroupKind(Enum):
    """What stands between the clauses of a group."""

    AND = auto()
    """AND, or a space where that means all of the words."""
    OR = auto()
    """OR, as written out: every clause is an alternative."""
    SPACE = auto()
    """A space that means any of the words."""


class StopWord(NamedTuple):
    """A stop word, which is searched for only where the group has nothing else."""

    word: WordQuery


class QuotedPhrase(NamedTuple):
    """A phrase in quotation marks; beside other words its words score too."""

    phrase: PhraseQuery
    words: Sequence[Word]


class CompoundWord(NamedTuple):
    """Words joined by hyphens or apostrophes: a phrase alone, and words beside other words."""

    phrase: PhraseQuery
    words: Sequence[Word]


Clause: TypeAlias = QueryNode | StopWord | QuotedPhrase | CompoundWord
"""A clause of a query whose final form depends on the group it stands in."""
NOTHING = NoQuery()


def word_clause(
    field: str, word: Word, boost: float = 1.0, position: int | None = None
) -> WordQuery | StopWord:
    """The clause of a word; ``position`` is its place in its group, where that is known."""
    node = WordQuery(field, word.term, word.spelling, boost, position)
    return StopWord(node) if word.stop else node


def _words_of(clause: QuotedPhrase | CompoundWord) -> list[WordQuery | StopWord]:
    """The clauses of the words of a phrase."""
    phrase, words = clause
    return [word_clause(phrase.field, word, phrase.boost) for word in words]


def unwrap(clause: Clause | None) -> QueryNode:
    """The node of a clause that stands alone: a stop word is searched for, a compound is a phrase."""
    if isinstance(clause, QueryNode):
        return clause
    if clause is None:
        return NOTHING
    return clause.word if isinstance(clause, StopWord) else clause.phrase


def all_of(clauses: Sequence[QueryNode]) -> QueryNode | None:
    """One node that requires all of the clauses; None where there are none."""
    return AndQuery(tuple(clauses)) if len(clauses) > 1 else next(iter(clauses), None)


def with_variants(node: QueryNode, variants: Sequence[QueryNode]) -> QueryNode:
    """A node, or any of its variants."""
    return OrQuery((node, *variants)) if variants else node


def make_group(
    kind: GroupKind, clauses: Sequence[Clause | None], boost: float = 1.0, variants: Sequence[QueryNode] = ()
) -> QueryNode:
    """One node for the clauses of a group; those that are empty are left out.

    In a group where any clause will do, ``variants`` are other ways to write the words of the clauses. They
    have no place in the order of the words.
    """
    if not variants and boost == 1.0 and len(clauses) > 1 and _are_numbered(clauses):
        return (AndQuery if kind is GroupKind.AND else OrQuery)(tuple(clauses))
    present = [clause for clause in clauses if clause is not None and type(clause) is not NoQuery]
    if not present:
        return NOTHING
    if len(present) == 1 and boost == 1.0:
        return with_variants(_at(unwrap(present[0]), None), variants)
    is_space = kind is GroupKind.SPACE
    if is_space and len(present) > 1:
        present = _without_compounds(present)
    nodes = [*_without_stop_words(present, is_space), *variants]
    if len(nodes) == 1 and boost == 1.0:
        return nodes[0]
    if is_space:
        return _alternatives(nodes, boost)
    return (OrQuery if kind is GroupKind.OR else AndQuery)(tuple(nodes), boost)


def _are_numbered(clauses: Sequence[Clause | None]) -> TypeGuard[Sequence[WordQuery]]:
    """Whether all clauses of a group are words that have their positions in it."""
    for position, clause in enumerate(clauses):
        if type(clause) is not WordQuery or clause.position != position:
            return False
        if clause.stop_words or clause.phrase_words:
            return False
    return True


def _without_compounds(clauses: list[Clause]) -> list[Clause]:
    """The clauses, each compound replaced by its words."""
    parts: list[Clause] = []
    for clause in clauses:
        if isinstance(clause, CompoundWord):
            parts += _words_of(clause)
        else:
            parts.append(clause)
    return parts


def _without_stop_words(clauses: Sequence[Clause], is_space: bool) -> list[QueryNode]:
    """The nodes of the clauses, their words numbered.

    Where the group has another clause, its stop words are left out and its first word that is not limited to
    a field holds them; if a space means any of the words, that word also holds the words of the phrases.
    """
    position = 0
    numbered: list[QueryNode] = []
    kept: list[QueryNode] = []
    stop_words: list[WordQuery] = []
    phrase_words: list[WordQuery] = []
    for clause in clauses:
        if type(clause) is WordQuery:  # most are; the cases below would do the same more slowly
            node: QueryNode = _at(clause, position)
            position += 1
        elif isinstance(clause, QuotedPhrase):
            node = clause.phrase
            for part in _words_of(clause):
                word = _at(unwrap(part), position)
                position += 1
                if is_space and isinstance(word, WordQuery) and word.field == "text":
                    (stop_words if isinstance(part, StopWord) else phrase_words).append(word)
        else:
            node = _at(unwrap(clause), position)
            position += len(node.terms) if isinstance(node, PhraseQuery) else 1
            if isinstance(clause, StopWord) and isinstance(node, WordQuery) and node.field == "text":
                stop_words.append(node)
        numbered.append(node)
        if not isinstance(clause, StopWord):
            kept.append(node)
    for i, node in enumerate(kept):
        if isinstance(node, WordQuery) and node.field == "text":
            if stop_words or phrase_words or node.stop_words or node.phrase_words:
                kept[i] = _holding(node, stop_words, phrase_words)
            return kept
    return numbered if all(isinstance(node, NotQuery) for node in kept) else kept


def _at(node: QueryNode, position: int | None) -> QueryNode:
    """The node, with its position in the group if it is a word."""
    if type(node) is not WordQuery or node.position == position:
        return node
    return WordQuery(
        node.field, node.term, node.spelling, node.boost, position,
        node.stop_words, node.phrase_words, node.stands_for,
    )  # fmt: skip


def _holding(word: WordQuery, stop_words: list[WordQuery], phrase_words: list[WordQuery]) -> WordQuery:
    """The first word of a group, holding the words of the group that need not occur."""
    return WordQuery(
        word.field, word.term, word.spelling, word.boost, word.position,
        tuple(stop_words), tuple(phrase_words), word.stands_for,
    )  # fmt: skip


def _alternatives(nodes: Sequence[QueryNode], boost: float) -> QueryNode:
    """Any of the nodes that only spaces separate; what cannot be an alternative restricts.

    ``a b NOT c`` asks for a or b, without c, and ``a b source:d`` for a or b, from d.
    """
    by_choice: dict[object, list[QueryNode]] = {}
    for node in nodes:
        by_choice.setdefault(_choice(node), []).append(node)
    groups = [group[0] if len(group) == 1 else OrQuery(tuple(group)) for group in by_choice.values()]
    if len(groups) == 1 and not isinstance(groups[0], NotQuery) and boost == 1.0:
        return groups[0]
    return AndQuery(tuple(groups), boost)


def _choice(node: QueryNode) -> object:
    """A key that nodes share which are alternatives to each other; a new object for a node that has none."""
    if isinstance(node, WordQuery):
        return None
    if isinstance(node, NotQuery):
        return object()
    if isinstance(node, DateRangeQuery):
        is_open = node.start == LONG_AGO or node.end == FAR_AHEAD
        return object() if is_open else "date"
    if isinstance(node, LabelQuery):
        return node.field
    if isinstance(node, OrQuery):
        choices = set()
        for inner in sorted(node.clauses, key=lambda inner: isinstance(inner, OrQuery)):  # leaves first
            choice = _choice(inner)
            if choice is None:  # the clauses below decide nothing more, however deep they are
                return None
            choices.add(choice)
        return choices.pop() if len(choices) == 1 else None
    return None
