"""How do the counts of periods become bars of a chart?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from newsindex.dates.day_range import DayRange
from newsindex.dates.timeline_periods import period_days, search_bounds

from .page_language import Language

HEIGHT: Final = 72  # pixels of the highest bar
_GAP: Final = 0.2  # of the width of a period
_LABELS: Final = 6  # at most so many periods are written under the chart
_DAYS: Final = 2  # up to so many months are shown by day
_WEEKS: Final = 14  # up to so many by week
_MONTHS: Final = 84  # up to so many by month
_MOST: Final = 60 * 12  # and so many at all


@dataclass(frozen=True)
class Bar:
    """One period: its place in percent of the chart's width, and its height in pixels."""

    x: float
    width: float
    height: float
    name: str
    count: int
    since: str
    until: str

    @property
    def inner_x(self) -> float:
        """Where the bar itself begins, in percent; the rest of its width is the gap to the next."""
        return round(self.x + self.width * _GAP / 2, 4)

    @property
    def inner_width(self) -> float:
        """How wide the bar itself is, in percent."""
        return round(self.width * (1 - _GAP), 4)


@dataclass(frozen=True)
class Label:
    """A period written under the chart, at ``x`` percent; ``anchor`` is SVG's."""

    x: float
    anchor: str
    text: str
    is_minor: bool  # left out where there is little room


@dataclass(frozen=True)
class Chart:
    """A bar chart of a timeline by ``unit``; ``outside`` counts the articles before and after it."""

    unit: str
    bars: list[Bar]
    labels: list[Label]
    most: int
    outside: int


def shown_days(months: Mapping[str, int], chosen: DayRange | None) -> DayRange:
    """The days that a chart shows of the counts of months: the chosen ones, else from the first to the last.

    Of more than 60 years the 60 with most articles: a wrong date would leave a bar at either end.
    """
    if chosen and _months(chosen) <= _MOST:
        return chosen
    spans = [(span, count) for month, count in months.items() if count and (span := period_days(month))]
    best, most, inside, begin = DayRange(spans[0][0].first, spans[0][0].last), 0, 0, 0
    for span, count in spans:
        inside += count
        while _months(DayRange(spans[begin][0].first, span.last)) > _MOST:
            inside -= spans[begin][1]
            begin += 1
        if inside >= most:
            best, most = DayRange(spans[begin][0].first, span.last), inside
    return best


def _months(span: DayRange) -> int:
    return (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1


def unit_for(span: DayRange) -> str:
    """The unit of a timeline over some days: bars that can be seen and hit."""
    months = _months(span)
    for most, unit in ((_DAYS, "day"), (_WEEKS, "week"), (_MONTHS, "month")):
        if months <= most:
            return unit
    return "year"


def chart(timeline: Mapping[str, int], unit: str, language: Language, outside: int = 0) -> Chart:
    """The chart of a timeline that has something to show."""
    step = 100 / len(timeline)
    most = max(timeline.values())
    bars = [
        Bar(
            round(i * step, 4),
            round(step, 4),
            round(max(HEIGHT * count / most, 2 * bool(count)), 1),
            language.period(period),
            count,
            *search_bounds(period),
        )
        for i, (period, count) in enumerate(timeline.items())
    ]
    return Chart(unit, bars, _labels(list(timeline), step, language), most, outside)


def _labels(periods: list[str], step: float, language: Language) -> list[Label]:
    last = len(periods) - 1
    if not last:
        return [Label(50.0, "middle", language.short(periods[0], with_year=True), False)]
    parts = min(_LABELS - 1, last)
    labels = []
    for i in range(parts + 1):
        place = round(i * last / parts)
        anchor = "start" if place == 0 else "end" if place == last else "middle"
        x = {"start": 0.0, "end": 100.0}.get(anchor, (place + 0.5) * step)
        is_minor = i not in (0, parts // 2, parts)
        text = language.short(periods[place], with_year=place in (0, last))
        labels.append(Label(round(x, 3), anchor, text, is_minor))
    return labels
