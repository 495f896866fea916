"""``newsindex show``: prints one whole article."""

from __future__ import annotations

from pathlib import Path

import click

import newsindex
from newsindex.cli.exit_status import NOTHING_FOUND, fail
from newsindex.cli.free_text import FreeTextCommand
from newsindex.cli.json_output import echo_json
from newsindex.cli.options import at_option, json_option
from newsindex.encoding.article_codec import article_to_dict


@click.command("show", cls=FreeTextCommand)
@click.argument("article_id", metavar="ID")
@at_option
@json_option
def show_command(article_id: str, folder: Path, as_json: bool) -> None:
    """Show the article with this ID, whole, and which others have the same text."""
    index = newsindex.open(folder)
    article = index.get(article_id)
    if article is None:
        fail(f"no article has the id {article_id!r}", NOTHING_FOUND)
    duplicates = [duplicate.id for duplicate in index.duplicates_of(article_id)]
    if as_json:
        echo_json({**article_to_dict(article), "duplicates": duplicates})
    else:
        from newsindex.cli.terminal import show_article  # rich is only loaded to print for people

        show_article(article, duplicates)
