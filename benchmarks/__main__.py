"""``python -m benchmarks``: the table of the engines, and its figures as JSON."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from .corpora import DATA
from .engine import WHOOSH_SUBSET, measure, save
from .peers import NAMES


@click.command()
@click.option("--articles", type=int, help="So many recombined articles, instead of the real corpus.")
@click.option("--subset", type=int, help="Only the first so many articles.")
@click.option("--engine", "engines", multiple=True, type=click.Choice(NAMES), help="Default: all but whoosh.")
@click.option("--workers", default=1, show_default=True, help="Indexing threads or processes.")
@click.option("--json", "output", type=click.Path(path_type=Path), help="Write the figures here too.")
def main(
    articles: int | None, subset: int | None, engines: tuple[str, ...], workers: int, output: Path | None
) -> None:
    """Measure newsindex and its peers in one run."""
    results = []
    for name in engines or NAMES[:-1]:
        limit = min(subset or WHOOSH_SUBSET, WHOOSH_SUBSET) if name == "whoosh" else subset
        results.append(measure(name, DATA, articles, limit, workers))
        click.echo(f"measured {name}", err=True)
    _show(results)
    if output:
        save(results, output)


def _show(results: list[dict[str, Any]]) -> None:
    table = Table(title=f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for column in ("engine", "articles", "articles/s", "MB", "peak MB", "open ms"):
        table.add_column(column, justify="right")
    kinds = ("any", "all", "phrase", "end to end")
    for kind in kinds:
        table.add_column(f"{kind}\nmean / median / p99 ms", justify="right")
    for row in results:
        cells = [
            row["engine"],
            f"{row['articles']:,}",
            f"{row['articles_per_second']:,.0f}",
            f"{row['bytes'] / 1e6:,.1f}",
            f"{row['peak_memory'] / 1e6:,.0f}",
            f"{row['open_ms']:.0f}",
        ]
        for kind in kinds:
            times = row["queries"].get(kind)
            cells.append(
                f"{times['mean']:.2f} / {times['median']:.2f} / {times['p99']:.2f}" if times else "-"
            )
        table.add_row(*cells)
    Console(width=160).print(table)


if __name__ == "__main__":
    main()
