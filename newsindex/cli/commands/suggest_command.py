"""``newsindex suggest``: prints the completions of the beginning of a query."""

from __future__ import annotations

from pathlib import Path

import click

import newsindex
from newsindex.cli.exit_status import NOTHING_FOUND
from newsindex.cli.free_text import FreeTextCommand
from newsindex.cli.json_output import echo_json
from newsindex.cli.options import at_option, json_option


@click.command("suggest", cls=FreeTextCommand)
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
