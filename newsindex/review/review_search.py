"""The search that a review is made of: one that is given, or that of an alert."""

from __future__ import annotations

from typing import NamedTuple, cast

from newsindex.arguments import is_unicode, shown, text
from newsindex.errors import QueryError
from newsindex.query.ranking.search_options import Operator
from newsindex.query.syntax.filters import FilterArguments
from newsindex.results import Alert


class ReviewSearch(NamedTuple):
    """A search, and the ``subject`` that the title of its review names; empty for a search of everything."""

    query: str
    operator: Operator
    filters: FilterArguments
    subject: str


def review_search(query: str | Alert, operator: Operator, filters: FilterArguments) -> ReviewSearch:
    """The search of a review; ``operator`` and ``filters`` that are given beside an alert go before its own.

    Raises QueryError for an alert that this version cannot run and for invalid Unicode, and TypeError.
    """
    if isinstance(query, Alert):
        if query.error is not None:
            raise QueryError(f"the alert {shown(query.name)} is not run: {query.error}")
        own = cast("FilterArguments", dict(query.filters))
        if operator == "any":
            operator = cast("Operator", query.operator)
        return ReviewSearch(query.query, operator, {**own, **filters}, query.name)
    if not is_unicode(text("query", query)):
        raise QueryError("the query is not valid Unicode (a lone surrogate)")
    return ReviewSearch(query, operator, filters, query.strip())
