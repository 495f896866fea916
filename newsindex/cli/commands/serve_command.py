"""``newsindex serve``: serves the search page and the JSON API of an index."""

from __future__ import annotations

from pathlib import Path

import click

from newsindex.cli.exit_status import USAGE_ERROR, fail
from newsindex.cli.options import at_option
from newsindex.optional import missing_library


@click.command("serve")
@at_option
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address of this machine to serve at."
)
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any free one."
)
@click.option(
    "--token",
    envvar="NEWSINDEX_TOKEN",
    show_envvar=True,
    help="Whoever sends it may add and delete articles and change alerts; without one, nobody can.",
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A name that requests may be addressed to, as behind a proxy.",
)
def serve_command(
    folder: Path, host: str, port: int, token: str | None, workers: int, hosts: tuple[str, ...]
) -> None:
    """Serve the search page and the JSON API, until Ctrl-C.

    Only this machine is served, unless --host says otherwise.
    """
    try:
        from newsindex.web import server  # an extra
    except ModuleNotFoundError as error:
        fail(missing_library("web", error), USAGE_ERROR)
    serving = server.Serving(str(folder), host, port, token, hosts)

    def announce(name: str, address: str) -> None:
        click.echo(f"newsindex: {name} is served at {address} until Ctrl-C", err=True)
        if not serving.is_local:
            click.echo("newsindex: whoever reaches this address can read the index", err=True)

    try:
        server.serve(serving, workers, announce)
    except server.CannotServe as error:
        fail(str(error), USAGE_ERROR)
