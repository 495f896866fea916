"""The page that overlays the timelines of several searches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from newsindex import Series, Timeline, TimelineUnit
from newsindex.dates.day_range import DayRange
from newsindex.dates.local_dates import tomorrow
from newsindex.dates.timeline_periods import period_days, period_names
from newsindex.searching.searcher import Searcher
from newsindex.web.limits import Limits
from newsindex.web.search_parameters import TIMELINE_UNITS
from newsindex.web.service import service_of

from .comparison_address import MAX_COMPARED, SHARE, ComparisonAddress
from .comparison_chart import make_comparison_chart
from .filter_panel import filter_chips
from .html_rendering import render
from .page_address import DATE_FILTERS
from .timeline_chart import charted_days, unit_for
from .wording.page_language import choose_language

_MAX_PERIODS: Final = 400  # of a chart: the points of more would lie on each other
_EVERYTHING: Final = "*"  # the query of all articles


def comparison_page(request: Request, searcher: Searcher, limits: Limits) -> Response:
    """Shows how often some searches match over time, or where there is none, the fields for them.

    Raises QueryError.
    """
    if not len(searcher):
        return render(request, "empty.html", folder=service_of(request).index_title)
    compared, language = ComparisonAddress.from_query(request.query_params), choose_language(request)
    dates = [period_days(compared.filters.get(name) or "") for name in DATE_FILTERS]
    chart, timeline = None, None
    if compared.queries:
        timeline = _timeline(searcher, compared.timeline_arguments(limits), dates)
        if timeline.periods:
            chart = make_comparison_chart(timeline, language, by_share=compared.show == SHARE)
    return render(
        request,
        "comparison.html",
        address=compared.filters,
        chart=chart,
        chips=filter_chips(compared.filters, language),
        compared=compared,
        dates=dates,
        fields=min(MAX_COMPARED, max(2, len(compared.queries) + 1)),
        most=MAX_COMPARED,
        longest=limits.characters,
        timeline=timeline,
        units=TIMELINE_UNITS,
    )


def _timeline(searcher: Searcher, arguments: dict[str, Any], dates: Sequence[DayRange | None]) -> Timeline:
    """Compares the searches over the chosen period, or over that of their matches.

    The unit is the one that was asked for where the chart has room for so many periods, else a longer one.
    """
    asked = {**arguments, "queries": (*arguments["queries"], _EVERYTHING)}  # so that all periods have a total
    wanted = asked.pop("unit", None)
    months = searcher.timeline(unit="month", **asked)
    matched = Counter[str]()
    for series in months.series[:-1]:
        matched.update(dict(zip(months.periods, series.counts, strict=True)))
    if not any(matched.values()):
        return replace(months, periods=(), totals=(), series=_between(months, ())[1])
    since, until = dates
    chosen = DayRange(since.first, until.last) if since and until else None
    span = charted_days(dict(sorted(matched.items())), chosen, tomorrow(searcher.zone))
    unit = _fitting_unit(wanted or unit_for(span), span)
    timeline = months if unit == "month" else searcher.timeline(unit=unit, **asked)
    names = list(period_names(unit, span))
    if span != chosen:  # the span is of whole months: the empty periods at both ends are cut off
        filled = set[str]()
        for series in timeline.series[:-1]:
            filled |= {name for name, count in zip(timeline.periods, series.counts, strict=True) if count}
        places = [place for place, name in enumerate(names) if name in filled]
        names = names[places[0] : places[-1] + 1]
    totals, shown = _between(timeline, names)
    return replace(timeline, periods=tuple(names), totals=totals, series=shown)


def _fitting_unit(wanted: TimelineUnit, span: DayRange) -> TimelineUnit:
    """The shortest unit, from the wanted one on, of which the chart has room for all periods of the span."""
    for unit in TIMELINE_UNITS[TIMELINE_UNITS.index(wanted) :]:
        if len(list(islice(period_names(unit, span), _MAX_PERIODS + 1))) <= _MAX_PERIODS:
            return unit
    return "year"


def _between(timeline: Timeline, names: Sequence[str]) -> tuple[tuple[int, ...], tuple[Series, ...]]:
    """The totals of some periods, and the figures of all series but the last in them."""
    place_of = {name: place for place, name in enumerate(timeline.periods)}
    places = [place_of.get(name) for name in names]
    totals = tuple(0 if place is None else timeline.totals[place] for place in places)
    series = tuple(
        replace(
            series,
            counts=tuple(0 if place is None else series.counts[place] for place in places),
            shares=tuple(None if place is None else series.shares[place] for place in places),
        )
        for series in timeline.series[:-1]
    )
    return totals, series
