"""``newsindex optimize``: merges the segments of an index, or indexes its articles anew."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

import newsindex
from newsindex.cli.json_output import echo_json
from newsindex.cli.options import at_option, json_option
from newsindex.wording import counted


@click.command("optimize")
@at_option
@click.option(
    "--rebuild",
    is_flag=True,
    help="Index all articles anew from what the index stores, also where the index is of an older newsindex.",
)
@json_option
def optimize_command(folder: Path, rebuild: bool, as_json: bool) -> None:
    """Merge the index into as few segments as can be, and take what is deleted off the disk."""
    if rebuild:
        newsindex.rebuild(folder)
        after = newsindex.open(folder).stats()
        if as_json:
            echo_json({"after": asdict(after)})
        else:
            click.echo(f"{counted(after.articles, 'article')} indexed anew")
            click.echo(f"{counted(after.segments, 'segment')}, {after.bytes:,} bytes, after")
        return
    index = newsindex.open(folder)
    before = index.stats()
    index.optimize()
    after = index.stats()
    if as_json:
        echo_json({"before": asdict(before), "after": asdict(after)})
        return
    click.echo(f"{counted(before.segments, 'segment')}, {before.bytes:,} bytes, before")
    click.echo(f"{counted(after.segments, 'segment')}, {after.bytes:,} bytes, after")
