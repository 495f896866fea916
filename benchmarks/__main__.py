"""``python -m benchmarks``: the table of the engines, and its figures as JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

import newsindex

from .corpora import DATA
from .engine import WHOOSH_SUBSET, measure, save
from .peers import NAMES

_BASIS = "tantivy"
"""The engine that the others are compared with."""


@click.command()
@click.option("--articles", type=int, help="So many recombined articles, instead of the real corpus.")
@click.option("--subset", type=int, help="Only the first so many articles.")
@click.option("--engine", "engines", multiple=True, type=click.Choice(NAMES), help="Default: all but whoosh.")
@click.option("--workers", default=1, show_default=True, help="Indexing threads or processes.")
@click.option("--json", "output", type=click.Path(path_type=Path), help="Write the figures here too.")
def main(
    articles: int | None, subset: int | None, engines: tuple[str, ...], workers: int, output: Path | None
) -> None:
    """Measure newsindex, with its compiled kernel and without, and its peers in one run."""
    if not newsindex.kernel():
        click.echo("the compiled kernel is not installed: newsindex is measured without it", err=True)
    results = []
    for name in engines or NAMES[:-1]:
        limit = min(subset or WHOOSH_SUBSET, WHOOSH_SUBSET) if name == "whoosh" else subset
        results.append(measure(name, DATA, articles, limit, workers))
        click.echo(f"measured {name}", err=True)
    _show(results)
    if output:
        save(results, output)


def _show(results: list[dict[str, Any]]) -> None:
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    kinds = ("any", "all", "phrase", "end to end")
    table = _table(machine, kinds, "mean / median / p99 ms")
    for row in results:
        cells = [
            row["engine"],
            f"{row['articles']:,}",
            f"{row['articles_per_second']:,.0f}",
            f"{row['bytes'] / 1e6:,.1f}",
            f"{row['peak_memory'] / 1e6:,.0f}",
            f"{row['open_ms']:.0f}",
            f"{row['cold_ms']:.0f}",
        ]
        for kind in kinds:
            times = row["queries"].get(kind)
            cells.append(" / ".join(f"{times[of]:.2f}" for of in ("mean", "median", "p99")) if times else "-")
        table.add_row(*cells)
    console = Console(width=170)
    console.print(table)
    by_name = {row["engine"]: row for row in results}
    if _BASIS in by_name:
        _show_ratios(console, by_name.pop(_BASIS), list(by_name.values()), kinds)


def _table(title: str, kinds: Sequence[str], unit: str) -> Table:
    table = Table(title=title)
    for column in ("engine", "articles", "articles/s", "MB", "peak MB", "open ms", "cold ms"):
        table.add_column(column, justify="right")
    for kind in kinds:
        table.add_column(f"{kind}\n{unit}", justify="right")
    return table


def _show_ratios(
    console: Console, basis: dict[str, Any], others: list[dict[str, Any]], kinds: Sequence[str]
) -> None:
    """Each figure as so many times the one of the engine that is the basis."""
    table = _table(f"as ratios to {_BASIS}", kinds, "mean / p99")
    for row in others:
        figures = ("articles_per_second", "bytes", "peak_memory", "open_ms", "cold_ms")
        cells = [row["engine"], f"{row['articles'] / basis['articles']:.2f}"]
        cells += [f"{row[name] / basis[name]:.2f}" for name in figures]
        for kind in kinds:
            mine, theirs = row["queries"].get(kind), basis["queries"].get(kind)
            both = mine and theirs
            cells.append(
                " / ".join(f"{mine[of] / theirs[of]:.2f}" for of in ("mean", "p99")) if both else "-"
            )
        table.add_row(*cells)
    console.print(table)


if __name__ == "__main__":
    main()
