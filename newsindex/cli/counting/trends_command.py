"""``newsindex trends``: prints the words that rose most in the last days."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

import newsindex
from newsindex.cli.exit_status import NOTHING_FOUND
from newsindex.cli.free_text import FreeTextCommand
from newsindex.cli.json_output import echo_json
from newsindex.cli.options import at_option, filter_options, json_option
from newsindex.encoding.result_json import words_dict

_DEFAULT_PERIOD: Final = "7 jours"


@click.command("trends", cls=FreeTextCommand)
@click.argument("query", nargs=-1)
@at_option
@click.option("--limit", default=30, show_default=True, help="How many words at most.")
@filter_options
@json_option
def trends_command(
    query: tuple[str, ...], folder: Path, all_words: bool, since: str | None, as_json: bool, **options: Any
) -> None:
    """Find the words that rose most in the last 7 days, or from --since on.

    They are compared with the four weeks before, or for a period longer than a week, with four times its
    length. With QUERY only the articles that it finds count.

    \b
    newsindex trends
    newsindex trends --since "30 jours" --section Politique
    """
    operator: newsindex.Operator = "all" if all_words else "any"
    index = newsindex.open(folder)
    period = _DEFAULT_PERIOD if since is None else since
    words = index.trends(period, query=" ".join(query), operator=operator, **options)
    if as_json:
        echo_json(words_dict(words))
    else:
        from newsindex.cli.words_table import show_words  # rich is only loaded to print for people

        show_words(words, "before")
    if not words:
        raise SystemExit(NOTHING_FOUND)
