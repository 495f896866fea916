"""``newsindex delete``: deletes articles by id."""

from __future__ import annotations

from pathlib import Path

import click

import newsindex
from newsindex.cli.exit_status import NOTHING_FOUND
from newsindex.cli.free_text import FreeTextCommand
from newsindex.cli.json_output import echo_json
from newsindex.cli.options import at_option, json_option
from newsindex.wording import counted


@click.command("delete", cls=FreeTextCommand)
@click.argument("article_ids", metavar="ID…", nargs=-1, required=True)
@at_option
@json_option
def delete_command(article_ids: tuple[str, ...], folder: Path, as_json: bool) -> None:
    """Delete the articles with these IDs."""
    index = newsindex.open(folder)
    deleted = index.delete(*article_ids)
    if as_json:
        echo_json({"deleted": deleted, "articles": len(index)})
    else:
        click.echo(f"{deleted:,} deleted: {counted(len(index), 'article')} in {index.name}")
    if not deleted:
        raise SystemExit(NOTHING_FOUND)
