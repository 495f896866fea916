"""``newsindex explain``: prints how the score of one article for a query is computed."""

from __future__ import annotations

from pathlib import Path

import click

import newsindex
from newsindex.cli.exit_status import NOTHING_FOUND, check_known
from newsindex.cli.free_text import FreeTextCommand
from newsindex.cli.json_output import echo_json
from newsindex.cli.options import at_option, json_option
from newsindex.encoding.result_json import explanation_dict


@click.command("explain", cls=FreeTextCommand)
@click.argument("query")
@click.argument("article_id", metavar="ID")
@at_option
@click.option("--all/--any", "all_words", help="All words must be in an article, or any (the default).")
@json_option
def explain_command(query: str, article_id: str, folder: Path, all_words: bool, as_json: bool) -> None:
    """Say how the score of the article with this ID for QUERY comes about."""
    index = newsindex.open(folder)
    check_known(index, article_id)
    explanation = index.explain(query, article_id, "all" if all_words else "any")
    if as_json:
        details = None if explanation is None else explanation_dict(explanation)
        echo_json({"query": query, "id": article_id, "explanation": details})
    elif explanation is not None:
        click.echo(str(explanation))
    if explanation is None:
        click.echo("The article does not match the query.", err=True)
        raise SystemExit(NOTHING_FOUND)
