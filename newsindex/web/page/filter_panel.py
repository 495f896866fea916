"""Which filters are set, and which could be, with how many articles?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from newsindex.index import Index
from newsindex.query.evaluation.segment_view import comparable_label
from newsindex.results import Results

from .page_address import FILTERS, PERIOD, Address, counting
from .page_language import Language

FACETS: Final = (*FILTERS, "year")
_SHOWN: Final = 7  # values of a facet at first
_MOST: Final = 60  # and at all


@dataclass(frozen=True)
class Value:
    """A value of a facet: how many articles have it, and where its choice, or its removal, leads."""

    name: str
    count: int
    address: Address
    is_set: bool


@dataclass(frozen=True)
class Group:
    """The values of one facet."""

    field: str
    shown: list[Value]
    more: list[Value]


@dataclass(frozen=True)
class Chip:
    """A filter that is set, and the address without it."""

    field: str
    text: str
    address: Address


def groups(index: Index, address: Address, arguments: Mapping[str, Any], results: Results) -> list[Group]:
    """The facets that have something to choose, or something chosen."""
    made = []
    for field in FACETS:
        counts = results.facets[field]
        is_year = field == "year" and address.get("since") == address.get("until") is not None
        if is_year or field in address.values:  # the others that could be chosen instead
            unset = dict.fromkeys(PERIOD) if is_year else {field: None}
            others = counting(arguments, **unset, facets=[field])
            counts = index.search(**others).facets[field]
        if field == "year":
            counts = dict(sorted(counts.items(), reverse=True))
        values = [_value(address, field, name, count) for name, count in list(counts.items())[:_MOST]]
        if len(values) > 1 or any(value.is_set for value in values):
            values.sort(key=lambda value: not value.is_set)
            made.append(Group(field, values[:_SHOWN], values[_SHOWN:]))
    return made


def _value(address: Address, field: str, name: str, count: int) -> Value:
    if field == "year":
        is_set = address.get("since") == address.get("until") == name
        year = None if is_set else name
        return Value(name, count, address.changed(since=year, until=year), is_set)
    is_set = comparable_label(address.get(field) or "") == comparable_label(name)
    return Value(name, count, address.changed(**{field: None if is_set else name}), is_set)


def chips(address: Address, language: Language) -> list[Chip]:
    """The filters that are set, each to be taken away."""
    made = [
        Chip(field, value, address.changed(**{field: None}))
        for field in FILTERS
        if (value := address.get(field))
    ]
    since, until = address.get("since"), address.get("until")
    if since or until:
        made.append(Chip("period", language.span(since, until), address.changed(since=None, until=None)))
    return made
