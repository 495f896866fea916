"""``newsindex search``: prints the articles that answer a query best."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click

import newsindex
from newsindex.cli.exit_status import NOTHING_FOUND
from newsindex.cli.free_text import FreeTextCommand
from newsindex.cli.json_output import echo_json
from newsindex.cli.options import after_option, at_option, filter_options, json_option
from newsindex.encoding.result_json import results_dict


def check_facets(_: click.Context, __: click.Parameter, facets: tuple[str, ...]) -> tuple[str, ...]:
    """Refuses several fields in one value, and says how they are given."""
    for facet in facets:
        fields = facet.replace(",", " ").split()
        if len(fields) > 1:
            repeated = " ".join(f"--facet {field}" for field in fields)
            raise click.BadParameter(f"{facet!r} is not one field; the option may be repeated: {repeated}")
    return facets


@click.command("search", cls=FreeTextCommand)
@click.argument("query", nargs=-1)
@at_option
@click.option("--limit", default=10, show_default=True, help="How many hits to show.")
@filter_options
@click.option(
    "--sort",
    type=click.Choice(get_args(newsindex.Sort)),
    default="relevance",
    show_default=True,
    help="The order of the articles; recent blends relevance with age.",
)
@click.option("--half-life", default=30.0, show_default=True, help="Days, for --sort recent.")
@click.option(
    "--facet",
    "facets",
    multiple=True,
    callback=check_facets,
    help="Count by source, section, author, lang or year; may be repeated. Shorter periods: --timeline.",
)
@click.option(
    "--timeline", type=click.Choice(get_args(newsindex.TimelineUnit)), help="Count by date of publication."
)
@click.option(
    "--collapse/--no-collapse", help="Show near-identical articles once, or each one (the default)."
)
@after_option
@click.option("--no-highlight", is_flag=True, help="Do not mark the words of the query.")
@click.option("--explain", is_flag=True, help="Say of each hit how its score came about.")
@json_option
def search_command(
    query: tuple[str, ...], folder: Path, all_words: bool, no_highlight: bool, as_json: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Find the articles that answer QUERY best.

    \b
    newsindex search "Interpol Marrakech"
    newsindex search '"médaille d’honneur"'        a phrase
    newsindex search 'titre:sécurité NOT drogue' --since 2025-11
    newsindex search interpol -drogue              without drogue
    """
    text = " ".join(query)
    index = newsindex.open(folder)
    operator: newsindex.Operator = "all" if all_words else "any"
    results = index.search(text, operator=operator, highlight=not no_highlight, **options)
    if as_json:
        echo_json(results_dict(text, results))
    else:
        from newsindex.cli.terminal import show_results_page  # rich is only loaded to print for people

        show_results_page(results)
    if not results.total:
        raise SystemExit(NOTHING_FOUND)
