"""Compared timelines as a table for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsindex import Series, Timeline

from .terminal import console, printable

_MAX_NAME: Final = 24  # columns of a terminal that the name of a query takes
_GAP: Final = 2  # columns between two columns of the table


class _Column(NamedTuple):
    """A column of the table: its name, its cells and its width."""

    name: str
    cells: Sequence[str]
    width: int


def show_timeline(timeline: Timeline) -> None:
    """Prints a row for each period: all articles, then the count and the share of each query.

    A terminal that is too narrow for all queries gets several tables, one below the other.
    """
    out = console()
    has_undated = any(series.undated for series in timeline.series)
    undated = ["no date"] if has_undated else []
    first = [
        _column(timeline.unit, [*timeline.periods, *undated, "all"]),
        _column("articles", [*(f"{total:,}" for total in timeline.totals), *([""] * len(undated)), ""]),
    ]
    columns = [
        _column(_name(series, out), list(_cells(series, has_undated=has_undated)))
        for series in timeline.series
    ]
    for number, some in enumerate(_fitting(columns, out.width - _width(first), out)):
        if number:
            out.print()
        shown = [*first, *some]
        out.print(_table(shown), width=_width(shown), crop=False)


def _name(series: Series, out: Console) -> str:
    name = printable(series.query).replace("\n", " ")
    if not out.is_terminal or cell_len(name) <= _MAX_NAME:
        return name
    shortened = Text(name)
    shortened.truncate(_MAX_NAME, overflow="ellipsis")
    return str(shortened)


def _cells(series: Series, *, has_undated: bool) -> Iterator[str]:
    for count, share in zip(series.counts, series.shares, strict=True):
        yield f"{count:,} {'' if share is None else f'{share:.1%}':>6}"
    for count in (series.undated, series.total)[not has_undated :]:
        yield f"{count:,} {'':6}"  # it has no share, and stands below the counts that have one


def _column(name: str, cells: Sequence[str]) -> _Column:
    return _Column(name, cells, max(map(cell_len, (name, *cells))))


def _width(columns: Sequence[_Column]) -> int:
    return sum(column.width + _GAP for column in columns)


def _fitting(columns: Sequence[_Column], available: int, out: Console) -> Iterator[list[_Column]]:
    """Gives the columns in groups that fit the width available on a terminal, each of one at least."""
    group: list[_Column] = []
    for column in columns:
        if group and out.is_terminal and _width([*group, column]) - _GAP > available:
            yield group
            group = []
        group.append(column)
    yield group


def _table(columns: Sequence[_Column]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_edge=False, header_style="bold")
    for place, column in enumerate(columns):
        table.add_column(
            Text(column.name), justify="right" if place else "left", no_wrap=True, min_width=column.width
        )
    *rows, last = zip(*(column.cells for column in columns), strict=True)
    for row in rows:
        table.add_row(*row)
    table.add_row(*last, style="bold")
    return table
