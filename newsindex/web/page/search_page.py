"""What stands on the search page?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from newsindex.dates.day_range import DayRange
from newsindex.dates.timeline_periods import period_days, period_names
from newsindex.index import Index
from newsindex.results import Results
from newsindex.web.limits import Limits

from .filter_panel import FACETS, chips, groups
from .html_rendering import render
from .page_address import PERIOD, Address, counting
from .page_language import Language, spoken
from .timeline_chart import Chart, chart, shown_days, unit_for

_ORDERS: Final = ("relevance", "recent", "newest", "oldest")


def search_page(request: Request, index: Index, limits: Limits) -> Response:
    """The hits of a search with everything to go on from there. Raises QueryError."""
    if not len(index):
        return render(request, "empty.html", folder=index.path.name)
    address, language = Address.of(request.query_params), spoken(request)
    arguments = address.arguments(limits)
    results = index.search(**arguments, facets=FACETS, timeline="month")
    filters = chips(address, language)
    unfiltered = 0
    if filters and not results.total:
        unfiltered = index.search(**counting(address.unfiltered().arguments(limits))).total
    dates = [period_days(address.get(name) or "") for name in PERIOD]
    return render(
        request,
        "search.html",
        articles=len(index),
        chart=_chart(index, arguments, results, dates, language),
        chips=filters,
        groups=groups(index, address, arguments, results),
        dates=dates,
        results=results,
        rows=limits.rows,
        sorts=_ORDERS if address.query else _ORDERS[-2:],
        unfiltered=unfiltered,
        zone=index.zone,
    )


def _chart(
    index: Index,
    arguments: dict[str, Any],
    results: Results,
    dates: Sequence[DayRange | None],
    language: Language,
) -> Chart | None:
    """The timeline of all matches, over the whole chosen period where there is one; None without a date."""
    months = results.timeline
    if not months:
        return None
    since, until = dates
    chosen = DayRange(since.first, until.last) if since and until else None
    span = shown_days(months, chosen)
    unit = unit_for(span)
    counts = months if unit == "month" else index.search(**counting(arguments, timeline=unit)).timeline
    shown = {period: counts.get(period, 0) for period in period_names(unit, span)}
    if span != chosen:  # whole months: from the first period of them with an article to the last
        filled = [place for place, count in enumerate(shown.values()) if count]
        shown = dict(list(shown.items())[filled[0] : filled[-1] + 1])
    return chart(shown, unit, language, sum(months.values()) - sum(shown.values()))
