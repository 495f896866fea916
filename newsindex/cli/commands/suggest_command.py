"""``newsindex suggest``: the beginning of a query to its completions."""

from __future__ import annotations

from pathlib import Path

import click

import newsindex
from newsindex.cli.command_group import NOTHING_FOUND, WordsCommand, at_option, json_option, main
from newsindex.cli.json_output import echo_json


@main.command("suggest", cls=WordsCommand)
@click.argument("prefix", nargs=-1)
@at_option
@click.option("--limit", default=8, show_default=True, help="How many suggestions to show.")
@json_option
def suggest_command(prefix: tuple[str, ...], folder: Path, limit: int, as_json: bool) -> None:
    """Complete PREFIX, the beginning of a query, from the words and headlines of the index.

    \b
    newsindex suggest interpol mar
    """
    typed = " ".join(prefix)
    suggestions = newsindex.open(folder).suggest(typed, limit)
    if as_json:
        echo_json({"prefix": typed, "suggestions": suggestions})
    else:
        from newsindex.cli.terminal import printable  # rich is only loaded to print for people

        for suggestion in suggestions:
            click.echo(printable(suggestion))
    if not suggestions:
        raise SystemExit(NOTHING_FOUND)
