"""Compared timelines as a chart of lines, and as the table that says the same in figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from newsindex import Series, Timeline
from newsindex.dates.timeline_periods import search_bounds

from .timeline_chart import Label, period_labels
from .wording.page_language import Language

HEIGHT: Final = 200  # pixels from the line of zero to the highest point
UNITS: Final = 1000  # of the coordinates of lines, in both directions
_MAX_MARKERS: Final = 24  # of one line; more would hide it


@dataclass(frozen=True)
class Marker:
    """A point that is marked: ``x`` in percent of the width, ``y`` in pixels, and what it stands for."""

    x: float
    y: float
    title: str


@dataclass(frozen=True)
class Line:
    """The line of one search: its number from 1, which gives it its look, and the points of its parts.

    It has several parts where periods have no articles at all, of which there is no share.
    """

    number: int
    query: str
    total: int
    parts: list[str]
    markers: list[Marker]


@dataclass(frozen=True)
class Row:
    """The figures of one period: all articles, and of each search its count and its share."""

    name: str
    since: str
    until: str
    articles: int
    cells: list[tuple[int, str]]


@dataclass(frozen=True)
class ComparisonChart:
    """The chart and the table of compared timelines; ``highest`` is the value of the topmost line."""

    unit: str
    lines: list[Line]
    labels: list[Label]
    highest: str
    rows: list[Row]


def make_comparison_chart(timeline: Timeline, language: Language, *, by_share: bool) -> ComparisonChart:
    """Lays out timelines that have at least one period."""
    values = [series.shares if by_share else series.counts for series in timeline.series]
    highest = max((value for series in values for value in series if value is not None), default=0) or 1
    heights = [
        [None if value is None else value / highest for value in series] for series in values
    ]  # from 0 to 1
    titles = [_titles(series, timeline.periods, language) for series in timeline.series]
    return ComparisonChart(
        unit=timeline.unit,
        lines=[
            Line(
                number,
                series.query,
                series.total,
                list(_parts(of_line)),
                list(_markers(number, of_line, said)),
            )
            for number, (series, of_line, said) in enumerate(
                zip(timeline.series, heights, titles, strict=True), 1
            )
        ],
        labels=period_labels(timeline.periods, language),
        highest=language.percent(highest) if by_share else language.number(int(highest)),
        rows=list(_rows(timeline, language)),
    )


def _titles(series: Series, periods: Sequence[str], language: Language) -> list[str]:
    """What each point of a line stands for."""
    return [
        f"{series.query} · {language.translate('bar', n=count, period=language.period(period))}"
        + ("" if share is None else f" ({language.percent(share)})")
        for period, count, share in zip(periods, series.counts, series.shares, strict=True)
    ]


def _parts(heights: Sequence[float | None]) -> Iterator[str]:
    """The points of a line, as SVG writes them; a new part begins behind each period without a value."""
    part: list[str] = []
    for place, height in enumerate(heights):
        if height is not None:
            part.append(f"{(place + 0.5) / len(heights) * UNITS:.1f},{(1 - height) * UNITS:.1f}")
        elif part:
            yield " ".join(part)
            part = []
    if part:
        yield " ".join(part)


def _markers(number: int, heights: Sequence[float | None], titles: Sequence[str]) -> Iterator[Marker]:
    """The marked points: each, or every so many, at other periods than those of the other lines.

    A point without neighbours is always marked, for it is on no line.
    """
    step = -(-len(heights) // _MAX_MARKERS)
    around = [None, *heights, None]
    for place, height in enumerate(heights):
        is_alone = around[place] is around[place + 2] is None
        if height is not None and (is_alone or (place + number) % step == 0):
            x = (place + 0.5) / len(heights) * 100
            yield Marker(round(x, 3), round((1 - height) * HEIGHT, 1), titles[place])


def _rows(timeline: Timeline, language: Language) -> Iterator[Row]:
    for place, (period, articles) in enumerate(zip(timeline.periods, timeline.totals, strict=True)):
        shares = [series.shares[place] for series in timeline.series]
        said = ["" if share is None else language.percent(share) for share in shares]
        counts = [series.counts[place] for series in timeline.series]
        cells = list(zip(counts, said, strict=True))
        yield Row(language.period(period), *search_bounds(period), articles, cells)
