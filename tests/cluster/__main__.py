"""``python -m tests.cluster`` runs OpenSearch nodes until it is interrupted, or while a command runs.

``python -m tests.cluster -- COMMAND…`` runs a command, which finds the nodes in NEWSINDEX_TEST_CLUSTER.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress

import click

from .engine_files import VERSIONS, EngineBroken, EngineMissing
from .nodes import running_nodes
from .running import GIVEN


@click.command()
@click.option("--nodes", "count", default=3, show_default=True, help="How many.")
@click.option("--version", "major", type=click.Choice(list(VERSIONS)), default="2", show_default=True)
@click.option("--heap", default="512m", show_default=True, help="Memory of each, as Java writes it.")
@click.argument("command", nargs=-1)
def main(count: int, major: str, heap: str, command: tuple[str, ...]) -> None:
    """Start OpenSearch nodes on free ports of loopback, and end them at the end."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as an interruption, which ends the nodes
    try:
        with running_nodes(count, VERSIONS[major], heap=heap) as nodes:
            urls = ",".join(node.url for node in nodes.nodes)
            click.echo(f"export {GIVEN}={urls}", err=True)
            click.echo(f"export NEWSINDEX_PATH={nodes.address}/presse", err=True)
            if command:
                sys.exit(subprocess.run(command, env={**os.environ, GIVEN: urls}, check=False).returncode)
            with suppress(KeyboardInterrupt):
                signal.pause()
    except (EngineMissing, EngineBroken) as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
