"""``newsindex stats``: prints the counts and sizes of an index."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

import newsindex
from newsindex.cli.json_output import echo_json
from newsindex.cli.options import at_option, json_option


@click.command("stats")
@at_option
@json_option
def stats_command(folder: Path, as_json: bool) -> None:
    """Show what the index holds and how large it is."""
    figures = newsindex.open(folder).stats()
    kernel = newsindex.kernel()
    if as_json:
        echo_json({**asdict(figures), "kernel": kernel})
        return
    for name in ("articles", "deleted", "terms", "segments", "commit"):
        click.echo(f"{name:<12} {getattr(figures, name):>15,}")
    click.echo(f"{'bytes':<12} {figures.bytes:>15,}")
    for part, size in figures.bytes_by_part.items():
        click.echo(f"  {part:<10} {size:>15,}")
    click.echo(f"{'acronyms':<12} {figures.acronyms:>15,}")
    for one in figures.frequent_acronyms:
        click.echo(f"  {one.acronym:<10} {one.articles:>15,}  {one.name}")
    click.echo(f"{'kernel':<12} {kernel or 'none':>15}")
