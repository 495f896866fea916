"""What stands on the search page?"""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from ..index import Index
from ..query.results import Results
from .address import PERIOD, Address, counting
from .filters import FACETS, chips, groups
from .language import Language, spoken
from .limits import Limits
from .period import days
from .rendering import render
from .timeline import Chart, chart, unit_for

_ORDERS: Final = ("relevance", "recent", "newest", "oldest")


def search_page(request: Request, index: Index, limits: Limits) -> Response:
    """The hits of a search with everything to go on from there. Raises QueryError."""
    if not len(index):
        return render(request, "empty.html", folder=index.path.name)
    address, language = Address.of(request.query_params), spoken(request)
    arguments = address.arguments(limits)
    results = index.search(**arguments, facets=FACETS, timeline="month")
    return render(
        request,
        "search.html",
        articles=len(index),
        chart=_chart(index, arguments, results, language),
        chips=chips(address, language),
        groups=groups(index, address, arguments, results),
        dates=[days(address.get(name) or "") for name in PERIOD],
        results=results,
        sorts=_ORDERS if address.query else _ORDERS[-2:],
        zone=index.zone,
    )


def _chart(index: Index, arguments: dict[str, Any], results: Results, language: Language) -> Chart | None:
    """The timeline of all matches, in the unit that gives bars which can be seen and hit."""
    unit = unit_for(len(results.timeline))
    timeline = results.timeline
    if timeline and unit != "month":
        timeline = index.search(**counting(arguments, timeline=unit)).timeline
    return chart(timeline, unit, language)
