"""The filters of a search: the labels and the period to which its articles are restricted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, TypedDict
from zoneinfo import ZoneInfo

from newsindex.arguments import optional_text, shown
from newsindex.dates.local_dates import tomorrow
from newsindex.dates.minutes import FAR_AHEAD, LONG_AGO, minutes_since_epoch
from newsindex.dates.period_expressions import parse_period

from .grammar import reversed_period
from .nodes import AndQuery, DateRangeQuery, EveryQuery, LabelQuery, QueryNode
from .parser import ParsedQuery

Labels = str | Iterable[str] | None
"""One value of a label, or several, any of which an article may have; None or no value for all articles."""


class FiltersOfPeriod(TypedDict, total=False):
    """The filters as keyword arguments of a question that names the beginning of its period itself."""

    source: Labels
    section: Labels
    author: Labels
    lang: Labels
    until: str | date | None


class FilterArguments(FiltersOfPeriod, total=False):
    """The filters as keyword arguments of a search."""

    since: str | date | None


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a search, checked.

    An article passes if it has one of the values of each label that is not empty, compared whole, without
    case or accents, and was published from ``since`` to ``until``, both included.
    """

    source: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    since: str | date | None = None
    until: str | date | None = None

    @classmethod
    def from_arguments(cls, arguments: FilterArguments) -> Filters:
        """The filters of keyword arguments.

        Raises TypeError for an unknown name or a value of the wrong type, and QueryError for a text that is
        not valid Unicode.
        """
        checked: dict[str, Any] = {}
        for name, value in arguments.items():
            if name in ("since", "until"):
                checked[name] = _day(name, value)
            elif name in cls.__slots__:
                checked[name] = tuple(_labels(name, value))
            else:
                known = ", ".join(cls.__slots__)
                raise TypeError(f"there is no argument {shown(name)}; the filters are {known}")
        return cls(**checked)

    def labels(self) -> dict[str, tuple[str, ...]]:
        """The values of each label that has any, by the name of its field."""
        fields = {"source": self.source, "section": self.section, "author": self.author, "lang": self.lang}
        return {field: values for field, values in fields.items() if values}


NO_FILTERS: Final = Filters()
"""The filters that let every article through."""


def _labels(name: str, value: object) -> Iterator[str]:
    if value is None:
        return
    if not isinstance(value, Iterable):
        raise TypeError(f"{name} must be text or several texts, not {shown(value)}")
    for label in [value] if isinstance(value, str) else value:
        if label is None:
            raise TypeError(f"{name} must be text or several texts, not a list with None")
        yield optional_text(name, label) or ""


def _day(name: str, value: object) -> str | date | None:
    if value is None or isinstance(value, str | date):
        return value
    raise TypeError(f"{name} must be a date or text such as '2026-01', not {shown(value)}")


def apply_filters(
    parsed: ParsedQuery, filters: Filters, zone: ZoneInfo, *, every_article: bool = False
) -> ParsedQuery:
    """The query restricted by the filters; with ``every_article``, all articles in place of the query's."""
    tree = EveryQuery() if every_article else parsed.tree
    if filters == NO_FILTERS:
        return ParsedQuery(tree, parsed.notes)
    clauses: list[QueryNode] = [LabelQuery(field, values) for field, values in filters.labels().items()]
    notes = parsed.notes
    if filters.since is not None or filters.until is not None:
        period = _period(filters, zone)
        clauses.append(period)
        if period.start >= period.end:
            notes = (*notes, reversed_period(filters.since, filters.until))
    return ParsedQuery(AndQuery((tree, *clauses)) if clauses else tree, notes)


def begins_in_future(filters: Filters, zone: ZoneInfo) -> bool:
    """Whether the period of the filters begins after the present moment. Raises QueryError."""
    if filters.since is None:
        return False
    return parse_period(filters.since, zone).start > minutes_since_epoch(datetime.now(zone), zone)


def until_now(filters: Filters, zone: ZoneInfo) -> Filters:
    """The filters with tomorrow as their last day where they have none: it is tomorrow already elsewhere."""
    if filters.until is not None:
        return filters
    return replace(filters, until=tomorrow(zone))


def _period(filters: Filters, zone: ZoneInfo) -> DateRangeQuery:
    """The node of the period of the filters, which is understood in the index's time zone."""
    return DateRangeQuery(
        LONG_AGO if filters.since is None else parse_period(filters.since, zone).start,
        FAR_AHEAD if filters.until is None else parse_period(filters.until, zone).end,
    )
