"""``newsindex export``: writes articles of an index to a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

import newsindex
from newsindex.cli.exit_status import NOTHING_FOUND, USAGE_ERROR, fail, show_notes
from newsindex.cli.free_text import FreeTextCommand
from newsindex.cli.options import at_option, filter_options
from newsindex.wording import counted


@click.command("export", cls=FreeTextCommand)
@click.argument("query", nargs=-1)
@at_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl", "csv"]),
    help="Default: as the ending of the output says, and jsonl where it has none.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    default="-",
    help="The file to write, .jsonl or .csv, gzipped if its name ends in .gz; default: standard output.",
)
@filter_options
@click.option("--json", "as_json", is_flag=True, help="The same as --format jsonl.")
def export_command(
    query: tuple[str, ...], folder: Path, format_: str | None, output: str, all_words: bool, as_json: bool,
    **filters: Any,
) -> None:  # fmt: skip
    """Write all articles, or those that QUERY finds, as JSON Lines or CSV, the oldest first.

    Indexing what was written gives the same articles again.

    \b
    newsindex export --output presse.jsonl.gz
    newsindex export "Interpol Marrakech" --since 2025-11 --format csv
    """
    if as_json and format_ == "csv":
        raise click.UsageError("--json and --format csv are two formats: choose one")
    text = " ".join(query)
    operator: newsindex.Operator = "all" if all_words else "any"
    index = newsindex.open(folder)
    show_notes(index.parse(text, operator).notes)
    target = getattr(sys.stdout, "buffer", None) if output == "-" else output
    if target is None:
        fail("standard output is closed: name a file with --output", USAGE_ERROR)
    count = index.export(target, text, format="jsonl" if as_json else format_, operator=operator, **filters)
    click.echo(f"{counted(count, 'article')} written", err=True)
    if not count:
        raise SystemExit(NOTHING_FOUND)
