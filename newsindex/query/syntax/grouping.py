"""How do the parts of a query, or of a group in it, become one part?

Stop words are left out where there is another word, a compound among other words is its words, and
what is no alternative restricts instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from whoosh import query as whoosh_query

from newsindex.dates.minutes import FAR_AHEAD, LONG_AGO

from .grammar import Spaced
from .nodes import LABEL_FIELDS, DateRangeQuery, WordQuery


class Stop(NamedTuple):
    """A stop word, looked for only where there is nothing else."""

    term: WordQuery


class QuotedPhrase(NamedTuple):
    """A phrase in quotation marks; beside other words its words count too."""

    phrase: Any
    words: Sequence[WordQuery | Stop]


class CompoundWord(NamedTuple):
    """Words that hyphens or apostrophes join: a phrase, or among other words each a word."""

    phrase: Any
    words: Sequence[WordQuery | Stop]


def together(parts: Sequence[Any]) -> Any:
    """All of the parts, where there is any."""
    return whoosh_query.And(parts) if len(parts) > 1 else next(iter(parts), None)


def settled(node: Any) -> Any:
    """A part on its own: a lone stop word is looked for after all."""
    if isinstance(node, Stop):
        return node.term
    if isinstance(node, CompoundWord | QuotedPhrase):
        return node.phrase
    return whoosh_query.NullQuery if node is None else node


def joined(group: type, parts: Sequence[Any], boost: float) -> Any:
    """The parts as one of some kind of group."""
    parts = [part for part in parts if part is not None and part is not whoosh_query.NullQuery]
    if group is Spaced and len(parts) > 1 and any(isinstance(part, CompoundWord) for part in parts):
        parts = [
            word for part in parts for word in (part.words if isinstance(part, CompoundWord) else [part])
        ]
    parts = _without_stops(parts, group is Spaced)
    if not parts:
        return whoosh_query.NullQuery
    if len(parts) == 1 and boost == 1.0:
        return parts[0]
    if group is Spaced:
        return _any_of(parts, boost)
    return group(parts, boost=boost)


def _without_stops(parts: Sequence[Any], any_of: bool) -> list[Any]:
    """The parts without stop words where there is another word, which then knows them, and the words of
    phrases if any of the parts will do; the words numbered."""
    place = 0
    said: list[Any] = []
    stops: list[WordQuery] = []
    quoted: list[WordQuery] = []
    for part in parts:
        node = settled(part)
        for word in part.words if isinstance(part, QuotedPhrase) else [part]:
            inner = settled(word)
            if isinstance(inner, WordQuery):
                inner.place = place
            place += len(inner.words) if isinstance(inner, whoosh_query.Phrase) else 1
            if getattr(inner, "fieldname", None) != "text" or (isinstance(part, QuotedPhrase) and not any_of):
                continue
            if isinstance(word, Stop):
                stops.append(word.term)
            elif isinstance(part, QuotedPhrase):
                quoted.append(inner)
        if not isinstance(part, Stop):
            said.append(node)
    if all(isinstance(part, whoosh_query.Not) for part in said):
        return [settled(part) for part in parts]
    first = next((word for word in said if type(word) is WordQuery), None)
    if first is not None:
        first.beside = tuple(stops)
        first.quoted = tuple(quoted)
    return said


def _any_of(parts: Sequence[Any], boost: float) -> Any:
    """Any of the parts that only spaces part; what is no alternative restricts instead.

    ``a b NOT c`` asks for a or b, without c, and ``a b source:d`` for a or b, from d.
    """
    choices: dict[object, list[Any]] = {}
    for part in parts:
        choices.setdefault(_choice(part), []).append(part)
    groups = [group[0] if len(group) == 1 else whoosh_query.Or(group) for group in choices.values()]
    if len(groups) == 1 and not isinstance(groups[0], whoosh_query.Not) and boost == 1.0:
        return groups[0]
    return whoosh_query.And(groups, boost=boost)


def _choice(part: Any) -> object:
    """What a part of an OR is an alternative to: parts that share this are alternatives."""
    if isinstance(part, whoosh_query.Not):
        return id(part)
    if isinstance(part, DateRangeQuery):
        is_open = part.start == LONG_AGO or part.end == FAR_AHEAD
        return id(part) if is_open else "date"
    if isinstance(part, whoosh_query.Term) and part.fieldname in LABEL_FIELDS:
        return part.fieldname
    if isinstance(part, whoosh_query.Or):
        choices = {_choice(inner) for inner in part.subqueries}
        return choices.pop() if len(choices) == 1 else None
    return None
