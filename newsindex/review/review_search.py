"""The search that a review is made of: one that is given, or an alert's; it leaves later articles out."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

from newsindex.arguments import is_unicode, shown, text
from newsindex.dates.local_dates import tomorrow
from newsindex.errors import QueryError
from newsindex.query.ranking.search_options import Operator
from newsindex.query.syntax.filters import FilterArguments, Filters, begins_in_future
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


def split_later(filters: FilterArguments, zone: ZoneInfo) -> tuple[FilterArguments, FilterArguments | None]:
    """The filters of a review, and those of the articles that it leaves out because of a later date.

    A period that has begun and has no end ends with tomorrow, which some time zones have reached already: a
    later date is wrong, or that of an embargo. For other periods the second filters are None.
    """
    checked = Filters.from_arguments(filters)
    shown: FilterArguments = {"since": checked.since, "until": checked.until}
    shown |= cast("FilterArguments", checked.labels())  # what was given may be readable only once
    if checked.since is None or checked.until is not None or begins_in_future(checked, zone):
        return shown, None
    last = tomorrow(zone)
    return {**shown, "until": last}, {**shown, "since": last + timedelta(days=1)}
