"""``newsindex check``: verifies every byte of an index."""

from __future__ import annotations

from pathlib import Path

import click

import newsindex
from newsindex.cli.json_output import echo_json
from newsindex.cli.options import at_option, json_option


@click.command("check")
@at_option
@json_option
def check_command(folder: Path, as_json: bool) -> None:
    """Read every byte of the index and say whether all is as it was written."""
    index = newsindex.open(folder)
    index.check()
    if as_json:
        echo_json({"index": index.name, "sound": True, "articles": len(index)})
    else:
        click.echo(f"{index.name} is sound")
