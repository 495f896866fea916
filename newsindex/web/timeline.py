"""How do the counts of periods become bars of a chart?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .language import Language
from .period import bounds

HEIGHT: Final = 72  # pixels of the highest bar
_GAP: Final = 0.2  # of the width of a period
_LABELS: Final = 6  # at most so many periods are written under the chart
_DAYS: Final = 2  # up to so many months are shown by day
_WEEKS: Final = 14  # up to so many by week
_MONTHS: Final = 84  # up to so many by month


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
    """A bar chart of a timeline by ``unit``."""

    unit: str
    bars: list[Bar]
    labels: list[Label]
    most: int


def unit_for(months: int) -> str:
    """The unit of a timeline over so many months."""
    for most, unit in ((_DAYS, "day"), (_WEEKS, "week"), (_MONTHS, "month")):
        if months <= most:
            return unit
    return "year"


def chart(timeline: Mapping[str, int], unit: str, language: Language) -> Chart | None:
    """The chart of a timeline; None if it has one period only."""
    if len(timeline) < 2:
        return None
    step = 100 / len(timeline)
    most = max(timeline.values())
    bars = [
        Bar(
            round(i * step, 4),
            round(step, 4),
            round(max(HEIGHT * count / most, 2 * bool(count)), 1),
            language.period(period),
            count,
            *bounds(period),
        )
        for i, (period, count) in enumerate(timeline.items())
    ]
    return Chart(unit, bars, _labels(list(timeline), step, language), most)


def _labels(periods: list[str], step: float, language: Language) -> list[Label]:
    last = len(periods) - 1
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
