"""Writes compared timelines as CSV: a row for each period, two columns for each query.

A last row counts the matches without a date, where there are any.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from newsindex.timelines import Timeline

_SHARE_DIGITS = 6  # a share is written as a fraction of 1


def timeline_csv(timeline: Timeline, name_column: Callable[[str], str] = str) -> str:
    """The file as text.

    The columns are ``period``, ``articles`` (all that pass the filters), and for each query its count under
    the query itself and its share, a fraction of 1, under ``share of`` and the query; the share is empty for
    a period without articles. ``name_column`` makes the name of the column of counts of the query. The row
    ``no date`` has the matches without a date, neither with the number of all such articles nor with shares.
    """
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(_rows(timeline, name_column))
    return written.getvalue()


def _rows(timeline: Timeline, name_column: Callable[[str], str]) -> Iterator[list[object]]:
    names = [(name_column(series.query), f"share of {series.query}") for series in timeline.series]
    yield ["period", "articles", *(name for pair in names for name in pair)]
    for place, (period, total) in enumerate(zip(timeline.periods, timeline.totals, strict=True)):
        row: list[object] = [period, total]
        for series in timeline.series:
            share = series.shares[place]
            row += [series.counts[place], "" if share is None else round(share, _SHARE_DIGITS)]
        yield row
    if any(series.undated for series in timeline.series):
        yield ["no date", "", *(cell for series in timeline.series for cell in (series.undated, ""))]
