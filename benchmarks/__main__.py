"""``python -m benchmarks``: the tables of the engines, and their figures as JSON."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console
from rich.table import Table

import newsindex

from .corpora import DATA, LONG_WORDS, Corpus
from .engine import WHOOSH_SUBSET, measure, save
from .peers import NAMES, PeerUnavailable

_BASIS: Final = "tantivy"
"""The engine that the others are compared with."""
_TOTAL: Final = " + total"
_KINDS: Final = ("any", "all", "phrase")
_COLUMNS: Final = (*_KINDS, *(kind + _TOTAL for kind in _KINDS), "end to end", "end to end + facets")
_Row = dict[str, Any]


@click.command()
@click.option("--articles", type=int, help="So many recombined articles, instead of the real corpus.")
@click.option("--long", type=int, help=f"So many recombined articles of over {LONG_WORDS} words.")
@click.option("--subset", type=int, help="Only the first so many articles.")
@click.option("--engine", "engines", multiple=True, type=click.Choice(NAMES), help="Default: all but whoosh.")
@click.option("--workers", default=1, show_default=True, help="Indexing threads or processes.")
@click.option("--json", "output", type=click.Path(path_type=Path), help="Write the figures here too.")
def main(
    articles: int | None,
    long: int | None,
    subset: int | None,
    engines: tuple[str, ...],
    workers: int,
    output: Path | None,
) -> None:
    """Measure newsindex, with its compiled kernel and without, and its peers in one run.

    Times of queries are of the processor, and each query has been asked before it is timed. An engine that
    always gives the exact number of matches has the same figures with a total and without.
    """
    if articles is not None and long is not None:
        raise click.UsageError("--articles and --long name two corpora")
    if not newsindex.kernel():
        click.echo("the compiled kernel is not installed: newsindex is measured without it", err=True)
    results = []
    for name in engines or NAMES[:-1]:
        limit = min(subset or WHOOSH_SUBSET, WHOOSH_SUBSET) if name == "whoosh" else subset
        try:
            results.append(measure(name, DATA, Corpus(articles, long, limit), workers))
        except PeerUnavailable as reason:
            click.echo(f"left out {name}: {reason}", err=True)
        else:
            click.echo(f"measured {name}", err=True)
    _show(results)
    if output:
        save(results, output)


def _show(results: list[_Row]) -> None:
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    basis = next((row for row in results if row["engine"] == _BASIS), None)
    others = [row for row in results if row is not basis]
    console = Console(width=170)
    console.print(_sizes(results, f"{machine}: building and opening"))
    if basis:
        console.print(_size_ratios(others, basis))
    console.print(_queries(results))
    if basis:
        console.print(_query_ratios(others, basis))


_SIZES: Final = {
    "articles/s": ("articles_per_second", 1.0, ",.0f"),
    "processor s": ("index_processor_seconds", 1.0, ",.1f"),
    "MB": ("bytes", 1e-6, ",.1f"),
    "peak MB": ("peak_memory", 1e-6, ",.0f"),
    "open ms": ("open_ms", 1.0, ".0f"),
    "cold ms": ("cold_ms", 1.0, ".0f"),
}
"""The columns of the first table: the figure, its factor and its format."""


def _sizes(results: list[_Row], title: str) -> Table:
    table = _table(title, ("articles", *_SIZES))
    for row in results:
        figures = [format(row[name] * factor, form) for name, factor, form in _SIZES.values()]
        table.add_row(row["engine"], f"{row['articles']:,}", *figures)
    return table


def _size_ratios(others: list[_Row], basis: _Row) -> Table:
    """Each figure as so many times the one of the engine that is the basis."""
    table = _table(f"as ratios to {_BASIS}", ("articles", *_SIZES))
    for row in others:
        names = ("articles", *(name for name, _, _ in _SIZES.values()))
        table.add_row(row["engine"], *[f"{row[name] / basis[name]:.2f}" for name in names])
    return table


def _queries(results: list[_Row]) -> Table:
    table = _table("ten best: processor ms, mean / median / p99", _COLUMNS)
    for row in results:
        cells = []
        for kind in _COLUMNS:
            times = _times_of(row, kind)
            cells.append(" / ".join(f"{times[of]:.2f}" for of in ("mean", "median", "p99")) if times else "-")
        table.add_row(row["engine"], *cells)
    return table


def _query_ratios(others: list[_Row], basis: _Row) -> Table:
    """The times of each engine as so many times those of the engine that is the basis."""
    columns = [kind for kind in _COLUMNS if _times_of(basis, kind)]
    table = _table(f"as ratios to {_BASIS}, mean / p99", columns)
    for row in others:
        cells = []
        for kind in columns:
            mine, theirs = _times_of(row, kind), _times_of(basis, kind)
            ratios = [mine[of] / theirs[of] for of in ("mean", "p99")] if mine and theirs else []
            cells.append(" / ".join(f"{ratio:.2f}" for ratio in ratios) or "-")
        table.add_row(row["engine"], *cells)
    return table


def _times_of(row: _Row, kind: str) -> dict[str, float] | None:
    """The times of a kind of query; where the engine always counts, those with a total stand for it too."""
    times: dict[str, float] | None = row["queries"].get(kind) or row["queries"].get(kind + _TOTAL)
    return times


def _table(title: str, columns: tuple[str, ...] | list[str]) -> Table:
    table = Table(title=title)
    table.add_column("engine")
    for column in columns:
        table.add_column(column, justify="right")
    return table


if __name__ == "__main__":
    main()
