"""The search page: hits, filters, timeline and the links to go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from newsindex import Sort
from newsindex.dates.day_range import DayRange
from newsindex.dates.local_dates import tomorrow
from newsindex.dates.timeline_periods import period_days, period_names
from newsindex.results import Results
from newsindex.searching.searcher import Searcher
from newsindex.web.limits import Limits
from newsindex.web.search_parameters import FACETS, counting_arguments
from newsindex.web.service import service_of

from .filter_panel import facet_groups, filter_chips
from .html_rendering import render
from .page_address import DATE_FILTERS, PageAddress
from .timeline_chart import Chart, charted_days, make_chart, unit_for
from .wording.page_language import Language, choose_language

_SORTS: Final = ("relevance", "recent", "newest", "oldest")  # in the order in which they are offered
_SORTS_WITHOUT_QUERY: Final = ("newest", "oldest")


def search_page(request: Request, searcher: Searcher, limits: Limits) -> Response:
    """Shows the hits of a search. Raises QueryError."""
    if not len(searcher):
        return render(request, "empty.html", folder=service_of(request).index_title)
    address, language = PageAddress.from_query(request.query_params), choose_language(request)
    arguments = address.search_arguments(limits)
    if not address.query and not address.get("sort"):
        arguments["sort"] = _order_of_latest(searcher, address, arguments)
    results = searcher.search(**arguments, facets=FACETS, timeline="month")
    chips = filter_chips(address, language)
    unfiltered_total = 0
    if chips and not results.total:
        unfiltered = counting_arguments(address.unfiltered().search_arguments(limits))
        unfiltered_total = searcher.search(**unfiltered).total
    dates = [period_days(address.get(name) or "") for name in DATE_FILTERS]
    return render(
        request,
        "search.html",
        articles=len(searcher),
        chart=_timeline_chart(searcher, arguments, results, dates, language),
        chips=chips,
        commit=searcher.commit,
        groups=facet_groups(searcher, address, arguments, results),
        may_save=service_of(request).token is not None and bool(address.query or chips),
        dates=dates,
        results=results,
        sort=arguments["sort"],
        rows=limits.rows,
        sorts=_SORTS if address.query else _SORTS_WITHOUT_QUERY,
        unfiltered_total=unfiltered_total,
        zone=searcher.zone,
    )


def _order_of_latest(searcher: Searcher, address: PageAddress, arguments: Mapping[str, Any]) -> Sort:
    """Chooses the order of the latest articles: one that is dated in the future is not the latest.

    The order by date is several times faster, so that the other one is only taken where it is needed. Without
    a query that is the order by date, too, except that later dates count as those of the day before the
    newest one.
    """
    if any(address.get(name) for name in DATE_FILTERS):
        return "newest"
    later = counting_arguments(arguments, since=tomorrow(searcher.zone))
    return "recent" if searcher.search(**later).total else "newest"


def _timeline_chart(
    searcher: Searcher,
    arguments: dict[str, Any],
    results: Results,
    dates: Sequence[DayRange | None],
    language: Language,
) -> Chart | None:
    """Charts all matches over the chosen period, or over their own; None where no match has a date."""
    months = results.timeline
    if not months:
        return None
    since, until = dates
    chosen = DayRange(since.first, until.last) if since and until else None
    span = charted_days(months, chosen, tomorrow(searcher.zone))
    unit = unit_for(span)
    counts = months
    if unit != "month":
        counts = searcher.search(**counting_arguments(arguments, timeline=unit)).timeline
    charted = {period: counts.get(period, 0) for period in period_names(unit, span)}
    if span != chosen:  # the span is of whole months: the empty periods at both ends are cut off
        filled = [position for position, count in enumerate(charted.values()) if count]
        charted = dict(list(charted.items())[filled[0] : filled[-1] + 1])
    return make_chart(charted, unit, language, sum(months.values()) - sum(charted.values()))
