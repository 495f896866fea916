"""``newsindex words``: prints the words that stand out in what a query finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click

import newsindex
from newsindex.cli.exit_status import NOTHING_FOUND
from newsindex.cli.free_text import FreeTextCommand
from newsindex.cli.json_output import echo_json
from newsindex.cli.options import at_option, filter_options, json_option
from newsindex.distinctive_words import Reference
from newsindex.encoding.result_json import words_dict


@click.command("words", cls=FreeTextCommand)
@click.argument("query", nargs=-1)
@at_option
@click.option("--limit", default=30, show_default=True, help="How many words at most.")
@click.option(
    "--reference",
    type=click.Choice(get_args(Reference)),
    default="rest",
    show_default=True,
    help="What to compare with: the rest of the index, or the time before --since.",
)
@filter_options
@json_option
def words_command(
    query: tuple[str, ...], folder: Path, all_words: bool, reference: Reference, as_json: bool, **options: Any
) -> None:
    """Find the words that stand out in what QUERY finds: words, names and two-word expressions.

    Without QUERY they are those of all articles that the filters let through.

    \b
    newsindex words neige
    newsindex words --section Sport --since 2026-01
    newsindex words maroc --since "30 jours" --reference before
    """
    operator: newsindex.Operator = "all" if all_words else "any"
    index = newsindex.open(folder)
    words = index.words(" ".join(query), operator=operator, reference=reference, **options)
    if as_json:
        echo_json(words_dict(words))
    else:
        from newsindex.cli.words_table import show_words  # rich is only loaded to print for people

        show_words(words, "elsewhere" if reference == "rest" else "before")
    if not words:
        raise SystemExit(NOTHING_FOUND)
