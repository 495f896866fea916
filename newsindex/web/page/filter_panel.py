"""The filter panel: the filters that are set, and those that can be chosen, with their counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from newsindex.query.evaluation.segment_view import comparable_label
from newsindex.results import Results
from newsindex.searching.searcher import Searcher
from newsindex.web.search_parameters import FACETS, counting_arguments

from .page_address import DATE_FILTERS, LABEL_FILTERS, PageAddress
from .wording.page_language import Language

_MAX_VALUES_AT_FIRST: Final = 7  # of one facet; the others are folded away
_MAX_VALUES: Final = 60


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet, its count, and the address that sets it, or removes it if it is set."""

    name: str
    count: int
    address: PageAddress
    is_set: bool


@dataclass(frozen=True)
class FacetGroup:
    """The values of one facet; those in ``more`` are folded away at first."""

    field: str
    shown: list[FacetValue]
    more: list[FacetValue]


@dataclass(frozen=True)
class FilterChip:
    """A filter that is set, and the address without it."""

    field: str
    text: str
    address: PageAddress


def facet_groups(
    searcher: Searcher, address: PageAddress, arguments: Mapping[str, Any], results: Results
) -> list[FacetGroup]:
    """Lists the facets that have at least two values, or one that is set."""
    groups = []
    for field in FACETS:
        counts = _facet_counts(searcher, field, address, arguments, results)
        values = [_facet_value(address, field, name, count) for name, count in counts.items()]
        if len(values) > 1 or any(value.is_set for value in values):
            values.sort(key=lambda value: not value.is_set)
            groups.append(FacetGroup(field, values[:_MAX_VALUES_AT_FIRST], values[_MAX_VALUES_AT_FIRST:]))
    return groups


def _facet_counts(
    searcher: Searcher, field: str, address: PageAddress, arguments: Mapping[str, Any], results: Results
) -> dict[str, int]:
    """Counts the values of a facet, without its own filter, so that others can be chosen."""
    counts = results.facets[field]
    is_year_set = field == "year" and address.get("since") == address.get("until") is not None
    if is_year_set or field in address.values:
        removed = dict.fromkeys(DATE_FILTERS) if is_year_set else {field: None}
        counts = searcher.search(**counting_arguments(arguments, **removed, facets=[field])).facets[field]
    return dict(islice(counts.items(), _MAX_VALUES))


def _facet_value(address: PageAddress, field: str, name: str, count: int) -> FacetValue:
    if field == "year":
        is_set = address.get("since") == address.get("until") == name
        year = None if is_set else name
        return FacetValue(name, count, address.changed(since=year, until=year), is_set)
    set_values = [value for value in address.all(field) if comparable_label(value) == comparable_label(name)]
    if not set_values:
        return FacetValue(name, count, address.changed(**{field: name}), False)
    without = address
    for value in set_values:
        without = without.without_value(field, value)
    return FacetValue(name, count, without, True)


def filter_chips(address: PageAddress, language: Language) -> list[FilterChip]:
    """Lists the filters that are set."""
    chips = [
        FilterChip(field, value, address.without_value(field, value))
        for field in LABEL_FILTERS
        for value in dict.fromkeys(address.all(field))
    ]
    since, until = address.get("since"), address.get("until")
    if since or until:
        without_dates = address.changed(since=None, until=None)
        chips.append(FilterChip("period", language.date_range(since, until), without_dates))
    return chips
