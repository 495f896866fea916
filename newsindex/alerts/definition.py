"""The definition of an alert: its name, query and filters, checked, as JSON, and parsed as a search is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, NamedTuple, cast, get_args
from zoneinfo import ZoneInfo

from newsindex.analyzer import Lexicon
from newsindex.arguments import is_unicode, shown, text
from newsindex.dates.period_expressions import is_relative
from newsindex.errors import QueryError
from newsindex.query.ranking.search_options import Operator
from newsindex.query.syntax.filters import FilterArguments, Filters, apply_filters
from newsindex.query.syntax.nodes import NoQuery, QueryNode, WordQuery
from newsindex.query.syntax.parser import ParsedQuery, parse_query
from newsindex.query.syntax.query_acronyms import AcronymDictionary
from newsindex.query.syntax.visitor import leaves
from newsindex.results import Alert
from newsindex.storage.alerts.alert_rows import AlertRow

from .stored_trees import KEY_VERSION

MAX_NAME: Final = 200
"""Characters of a name."""


class Definition(NamedTuple):
    """What an alert searches for."""

    query: str
    operator: Operator
    filters: Filters

    def body(self) -> str:
        """The definition as JSON; equal definitions give equal texts."""
        filters = {name: _encoded(value) for name, value in self.given().items()}
        record = {"query": self.query, "operator": self.operator, "filters": filters}
        return json.dumps(record, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_body(cls, body: str) -> Definition:
        """The inverse of :meth:`body`. Raises QueryError for what this version does not know."""
        try:
            record = json.loads(body)
            filters = {name: _decoded(value) for name, value in record["filters"].items()}
            checked = Filters.from_arguments(cast("FilterArguments", filters))
            return cls(record["query"], record["operator"], checked)
        except (KeyError, TypeError, ValueError) as error:
            message = f"the alert was saved in a form that is not known here ({error}): save it anew"
            raise QueryError(message, "alert_of_other_form", str(error)) from error

    def given(self) -> dict[str, object]:
        """The filters that restrict anything, by name."""
        dates = {"since": self.filters.since, "until": self.filters.until}
        return {**self.filters.labels(), **{name: day for name, day in dates.items() if day is not None}}

    def parse(
        self, zone: ZoneInfo, lexicon: Lexicon, dictionary: AcronymDictionary | None = None
    ) -> ParsedQuery:
        """The tree that a search would run; without a ``dictionary``, what was typed and no variants of it.

        Relative dates are those of the moment. Raises QueryError.
        """
        return self.within_filters(parse_query(self.query, zone, self.operator, lexicon, dictionary), zone)

    def within_filters(self, parsed: ParsedQuery, zone: ZoneInfo) -> ParsedQuery:
        """The tree of the query within the filters. Raises QueryError."""
        return apply_filters(parsed, self.filters, zone, every_article=not self.query.strip())


def checked_definition(
    query: str, operator: Operator, filters: FilterArguments, zone: ZoneInfo, lexicon: Lexicon
) -> Definition:
    """The definition of an alert to be saved.

    Raises QueryError for a query that search refuses, for one that is empty where no filter restricts it, for
    one of stop words only, and for a period that ends before it begins on every day; TypeError for a filter
    of the wrong type. A period with a relative date is taken on every day.
    """
    if not is_unicode(text("query", query)):
        raise QueryError("the query is not valid Unicode (a lone surrogate)", "no_unicode", "q")
    if text("operator", operator) not in get_args(Operator):
        raise QueryError(f"operator must be 'any' or 'all', not {shown(operator)}")
    definition = Definition(query, operator, Filters.from_arguments(filters))
    if not query.strip() and not definition.given():
        message = "an alert needs a query or a filter: with neither it would tell of every article"
        raise QueryError(message, "alert_of_everything")
    for note in definition.parse(zone, lexicon).notes:
        if note.kind == "reversed_period" and not any(map(is_relative, note.values)):
            start, end = note.values
            message = f"the period from {start} to {end} ends before it begins: no article would be told"
            raise QueryError(message, "alert_of_no_time", start, end)
    tree = parse_query(query, zone, operator, lexicon).tree
    if query.strip() and isinstance(tree, NoQuery):
        raise QueryError(f"the query {shown(query)} has no word to look for", "alert_without_word", query)
    words = list(leaves(tree))
    if words and all(_is_stop_word(word, lexicon) for word in words):
        raise QueryError(
            f"the query {shown(query)} has only words that nearly every article has: add one that tells more",
            "alert_of_stop_words",
            query,
        )
    return definition


def _is_stop_word(node: QueryNode, lexicon: Lexicon) -> bool:
    if not isinstance(node, WordQuery):
        return False
    return all(word.stop for word in lexicon.french.analyze(node.spelling))


def checked_name(name: object) -> str:
    """The name of an alert if it can be one. Raises QueryError, and TypeError."""
    given = text("name", name)
    if not given.strip() or given != given.strip():
        message = f"an alert needs a name without spaces around it, not {shown(given)}"
        raise QueryError(message, "alert_name_spaces", given)
    if len(given) > MAX_NAME:
        message = f"the name of an alert has at most {MAX_NAME} characters, not {len(given):,}"
        raise QueryError(message, "alert_name_too_long", MAX_NAME, len(given))
    if not given.isprintable() or "/" in given or given in (".", ".."):
        message = f"the name of an alert is printable and has no slash, unlike {shown(given)}"
        raise QueryError(message, "alert_name_unprintable", given)
    return given


def alert_of(row: AlertRow, zone: ZoneInfo, lexicon: Lexicon) -> Alert:
    """The alert of a row; its ``error`` says why this version cannot run it.

    Where the query was parsed to the tree in the row by this version, it is not parsed again.
    """
    created = datetime.fromisoformat(row.created)
    seen = datetime.fromisoformat(row.seen_at) if row.seen_at else None
    try:
        definition = Definition.from_body(row.body)
    except QueryError as error:
        return Alert(row.name, _raw_query(row.body), {}, created, seen, error=str(error), cause=error)
    cause: QueryError | None = None
    if not row.tree or row.key_version != KEY_VERSION:
        try:
            definition.parse(zone, lexicon)
        except QueryError as error:
            cause = error
    filters: Mapping[str, object] = MappingProxyType(definition.given())
    reason = None if cause is None else str(cause)
    return Alert(row.name, definition.query, filters, created, seen, definition.operator, reason, cause)


def _raw_query(body: str) -> str:
    """The query in a body that cannot be read as a whole."""
    try:
        record = json.loads(body)
    except ValueError:
        return ""
    return str(record.get("query", "")) if isinstance(record, dict) else ""


def _encoded(value: object) -> object:
    """A filter as a JSON value."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


def _decoded(value: object) -> object:
    """The inverse of :func:`_encoded`."""
    match value:
        case {"datetime": str(written)}:
            return datetime.fromisoformat(written)
        case {"date": str(written)}:
            return date.fromisoformat(written)
    return value
