"""The timeline as a bar chart: which days it covers, and where its bars and labels stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from newsindex import TimelineUnit
from newsindex.dates.day_range import DayRange
from newsindex.dates.timeline_periods import period_days, search_bounds

from .wording.page_language import Language

HEIGHT: Final = 72  # pixels of the highest bar
_MIN_HEIGHT: Final = 2  # pixels of a bar that stands for at least one article
_GAP: Final = 0.2  # between two bars, as a part of the width of a period
_MAX_LABELS: Final = 6
_MAX_MONTHS_BY_UNIT: Final[dict[TimelineUnit, int]] = {
    "day": 2,
    "week": 14,
    "month": 84,
}  # longer timelines are shown by year
_MAX_MONTHS: Final = 60 * 12


@dataclass(frozen=True)
class Bar:
    """The bar of one period: ``x`` and ``width`` in percent of the chart's width, ``height`` in pixels."""

    x: float
    width: float
    height: float
    name: str
    count: int
    since: str
    until: str

    @property
    def inner_x(self) -> float:
        """The left edge of the visible bar in percent; the rest of ``width`` is the gap to the next."""
        return round(self.x + self.width * _GAP / 2, 4)

    @property
    def inner_width(self) -> float:
        """The width of the visible bar in percent."""
        return round(self.width * (1 - _GAP), 4)


@dataclass(frozen=True)
class Label:
    """The name of a period under the chart, at ``x`` percent; ``anchor`` is SVG's text-anchor.

    A minor label is left out where there is little room.
    """

    x: float
    anchor: str
    text: str
    is_minor: bool


@dataclass(frozen=True)
class Chart:
    """A bar chart of a timeline by ``unit``; ``outside`` counts the articles before and after it."""

    unit: str
    bars: list[Bar]
    labels: list[Label]
    max_count: int
    outside: int


def charted_days(months: Mapping[str, int], chosen: DayRange | None, last_day: date) -> DayRange:
    """Returns the days that a chart covers: the chosen ones, or else those of all ``months`` with articles.

    Months after ``last_day`` are left out where there are others, and where the rest is more than 60 years,
    the chart covers the 60 years with most articles: one wrong date would otherwise leave a single bar at
    either end.
    """
    if chosen and _count_months(chosen) <= _MAX_MONTHS:
        return chosen
    if not chosen:
        last_month = f"{last_day.year:04d}-{last_day.month:02d}"
        months = {month: count for month, count in months.items() if month <= last_month} or months
    spans = [(span, count) for month, count in months.items() if count and (span := period_days(month))]
    best = DayRange(spans[0][0].first, spans[0][0].last)
    max_count, count_inside, begin = 0, 0, 0
    for span, count in spans:  # a window that ends with this month
        count_inside += count
        while _count_months(DayRange(spans[begin][0].first, span.last)) > _MAX_MONTHS:
            count_inside -= spans[begin][1]
            begin += 1
        if count_inside >= max_count:
            best, max_count = DayRange(spans[begin][0].first, span.last), count_inside
    return best


def _count_months(span: DayRange) -> int:
    return (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1


def unit_for(span: DayRange) -> TimelineUnit:
    """Chooses the unit of a timeline over some days so that its bars can be seen and hit."""
    months = _count_months(span)
    for unit, max_months in _MAX_MONTHS_BY_UNIT.items():
        if months <= max_months:
            return unit
    return "year"


def make_chart(timeline: Mapping[str, int], unit: str, language: Language, outside: int = 0) -> Chart:
    """Lays out the chart of a timeline that has at least one article."""
    step = 100 / len(timeline)
    max_count = max(timeline.values())
    bars = [
        Bar(
            round(i * step, 4),
            round(step, 4),
            round(max(HEIGHT * count / max_count, _MIN_HEIGHT * bool(count)), 1),
            language.period(period),
            count,
            *search_bounds(period),
        )
        for i, (period, count) in enumerate(timeline.items())
    ]
    return Chart(unit, bars, period_labels(list(timeline), language), max_count, outside)


def period_labels(periods: Sequence[str], language: Language) -> list[Label]:
    """Spreads the labels of some periods evenly, one at either end; there is at least one period."""
    step, last = 100 / len(periods), len(periods) - 1
    if not last:
        return [Label(50.0, "middle", language.short_period(periods[0], with_year=True), False)]
    intervals = min(_MAX_LABELS - 1, last)
    labels = []
    for i in range(intervals + 1):
        position = round(i * last / intervals)
        anchor = "start" if position == 0 else "end" if position == last else "middle"
        x = {"start": 0.0, "end": 100.0}.get(anchor, (position + 0.5) * step)
        is_minor = i not in (0, intervals // 2, intervals)
        text = language.short_period(periods[position], with_year=position in (0, last))
        labels.append(Label(round(x, 3), anchor, text, is_minor))
    return labels
