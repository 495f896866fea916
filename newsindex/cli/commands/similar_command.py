"""``newsindex similar``: prints the articles that are about the same as one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import newsindex
from newsindex.cli.exit_status import NOTHING_FOUND, check_known
from newsindex.cli.free_text import FreeTextCommand
from newsindex.cli.json_output import echo_json
from newsindex.cli.options import after_option, at_option, json_option, label_and_date_options
from newsindex.encoding.result_json import page_dict


@click.command("similar", cls=FreeTextCommand)
@click.argument("article_id", metavar="ID")
@at_option
@click.option("--limit", default=10, show_default=True, help="How many articles to show.")
@label_and_date_options
@click.option("--collapse/--no-collapse", help="Show near-identical articles once, or each one.")
@after_option
@click.option("--no-highlight", is_flag=True, help="Do not mark the words that the articles share.")
@json_option
def similar_command(article_id: str, folder: Path, no_highlight: bool, as_json: bool, **options: Any) -> None:
    """Find the articles that are about the same as the one with this ID."""
    index = newsindex.open(folder)
    check_known(index, article_id)
    results = index.similar(article_id, highlight=not no_highlight, **options)
    if as_json:
        echo_json({"id": article_id, **page_dict(results)})
    else:
        from newsindex.cli.terminal import show_results_page  # rich is only loaded to print for people

        show_results_page(results)
    if not results.total:
        raise SystemExit(NOTHING_FOUND)
