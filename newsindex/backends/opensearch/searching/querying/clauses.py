"""Queries of the cluster: objects of terms, never text that is parsed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

from newsindex.backends.opensearch.layout import word_token
from newsindex.query.syntax.nodes import FuzzyQuery, WildcardQuery

from .patterns import literal_pattern, wildcard_of

Clause: TypeAlias = dict[str, Any]
"""A query of the cluster."""

EVERYTHING: Final[Clause] = {"match_all": {"boost": 0.0}}
NOTHING: Final[Clause] = {"match_none": {}}


def term(field: str, word: str, boost: float = 1.0) -> Clause:
    """Returns the query for a stem, a form or a spelling in a field."""
    token = word_token(word)
    return {"term": {field: token}} if boost == 1.0 else {"term": {field: {"value": token, "boost": boost}}}


def any_of(clauses: Sequence[Clause], boost: float = 1.0) -> Clause:
    """Returns the query for what matches any of some queries; nothing matches none."""
    if not clauses:
        return NOTHING
    if len(clauses) == 1 and boost == 1.0:
        return clauses[0]
    return boolean(should=clauses, minimum=1, boost=boost)


def boolean(
    *,
    must: Sequence[Clause] = (),
    filters: Sequence[Clause] = (),
    should: Sequence[Clause] = (),
    must_not: Sequence[Clause] = (),
    minimum: int | None = None,
    boost: float = 1.0,
) -> Clause:
    """Returns the query that combines others; of ``should`` so many must match, none without ``minimum``."""
    if not (must or filters or should):
        must = (EVERYTHING,)
    parts: Clause = {
        name: list(clauses)
        for name, clauses in (
            ("must", must), ("filter", filters), ("should", should), ("must_not", must_not),
        )
        if clauses
    }  # fmt: skip
    if should:
        parts["minimum_should_match"] = minimum or 0
    if boost != 1.0:
        parts["boost"] = boost
    return {"bool": parts}


def numbered(stem: str, others: Iterable[str] = ()) -> Clause:
    """Returns the query for the stems that are a stem and a number after it, but for some others."""
    expression = f"{literal_pattern(stem)}[0-9]+"
    left_out = "|".join(map(literal_pattern, sorted(others)))
    if not left_out:
        return regexp("stems", expression)
    return regexp("stems", f"({expression})&~({left_out})", "COMPLEMENT|INTERSECTION")


def fuzzy(node: FuzzyQuery, **options: object) -> Clause:
    """Returns the query for the forms near a word."""
    value = {"value": node.word, "fuzziness": node.distance, "transpositions": True, "prefix_length": 0}
    return {"fuzzy": {"forms": {**value, **options}}}


def wildcard_clause(pattern: str, rewrite: str, boost: float = 1.0) -> Clause:
    """Returns the query for a pattern of forms; ``rewrite`` says how the forms it stands for are scored."""
    return {"wildcard": {"forms": {"value": wildcard_of(pattern), "rewrite": rewrite, "boost": boost}}}


def counted_wildcard(node: WildcardQuery) -> Clause:
    """Returns the query for a pattern that the cluster refuses where it stands for too many words."""
    return wildcard_clause(node.pattern, "constant_score_boolean")


def regexp(field: str, expression: str, flags: str = "NONE") -> Clause:
    """Returns the query for the words of a field that a regular expression matches."""
    return {"regexp": {field: {"value": expression, "flags": flags, "rewrite": "constant_score"}}}


def in_order(field: str, stems: Sequence[str], slop: int) -> list[Clause]:
    """Returns queries for stems in this order, each at most ``slop`` places after the one before it.

    The cluster finds a nearest place for the inner stems only, so that the stems are combined from the left
    and from the right.
    """
    if len(stems) == 1:
        return [term(field, stems[0])]
    if slop <= 1:
        return [{"match_phrase": {field: " ".join(map(word_token, stems))}}]
    spans: list[Clause] = [{"span_term": {field: word_token(stem)}} for stem in stems]
    from_left, from_right = spans[0], spans[-1]
    for following, before in zip(spans[1:], spans[-2::-1], strict=True):
        from_left = _near(from_left, following, slop)
        from_right = _near(before, from_right, slop)
    return [from_left] if len(stems) == 2 else [from_left, from_right]


def _near(first: Clause, second: Clause, slop: int) -> Clause:
    return {"span_near": {"clauses": [first, second], "slop": slop - 1, "in_order": True}}
