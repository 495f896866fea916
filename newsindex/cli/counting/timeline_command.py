"""``newsindex timeline``: compares how often queries match over time."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click

import newsindex
from newsindex.cli.exit_status import NOTHING_FOUND, show_notes
from newsindex.cli.free_text import FreeTextCommand
from newsindex.cli.json_output import echo_json
from newsindex.cli.options import at_option, filter_options, json_option
from newsindex.encoding.result_json import timeline_dict
from newsindex.encoding.timeline_csv import timeline_csv


@click.command("timeline", cls=FreeTextCommand)
@click.argument("queries", nargs=-1, required=True, metavar="QUERY...")
@at_option
@click.option(
    "--by",
    "unit",
    type=click.Choice(get_args(newsindex.TimelineUnit)),
    default="month",
    show_default=True,
    help="The periods.",
)
@filter_options
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, with shares as fractions of 1.")
def timeline_command(
    queries: tuple[str, ...], folder: Path, all_words: bool, as_json: bool, as_csv: bool, **options: Any
) -> None:
    """Compare how often each QUERY matches over time.

    Each argument is one query; several words in one are quoted. Beside each count is its share of all
    articles of the period that pass the filters.

    \b
    newsindex timeline neige pluie
    newsindex timeline "coupe d'Afrique" "coupe du monde" --by year --csv > coupes.csv
    """
    if as_json and as_csv:
        raise click.UsageError("choose one of --json and --csv")
    operator: newsindex.Operator = "all" if all_words else "any"
    timeline = newsindex.open(folder).timeline(queries, operator=operator, **options)
    show_notes(timeline.notes)
    if as_json:
        echo_json(timeline_dict(timeline))
    elif as_csv:
        click.echo(timeline_csv(timeline), nl=False)
    else:
        from newsindex.cli.timeline_table import show_timeline  # rich is only loaded to print for people

        show_timeline(timeline)
    if not any(series.total for series in timeline.series):
        raise SystemExit(NOTHING_FOUND)
