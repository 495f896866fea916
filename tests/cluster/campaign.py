"""``python -m tests.cluster.campaign`` attacks a cluster for as long as you like, and prints what came of it.

Each attack starts nodes of its own, writes and searches all the while, and ends with an error at the first
article that was lost, came back, or was missing from an answer that did not say so.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Final

import click

from . import attacks
from .attacks import Failure
from .engine_files import VERSIONS, EngineBroken, EngineMissing
from .nodes import Nodes, running_nodes

Attack = Callable[[Nodes, Callable[[str], str]], Counter[str]]
_NAMES: Final = ("kills", "stops", "pauses", "rebuilds")


@click.command()
@click.option("--kills", default=20, show_default=True, help="Nodes to kill, one after another.")
@click.option("--stops", default=2, show_default=True, help="Times at which all nodes are killed.")
@click.option("--pauses", default=5, show_default=True, help="Nodes to stop for some seconds.")
@click.option("--rebuilds", default=3, show_default=True, help="Rebuilds while articles are written.")
@click.option("--version", "major", type=click.Choice(list(VERSIONS)), default="2", show_default=True)
@click.option("--only", type=click.Choice(_NAMES), multiple=True, help="Default: all.")
@click.option("--seed", default=7, show_default=True)
def main(
    kills: int, stops: int, pauses: int, rebuilds: int, major: str, only: tuple[str, ...], seed: int
) -> None:
    """Kill, stop and pause the nodes of a cluster, and verify that nothing acknowledged is lost."""
    chosen: dict[str, list[Attack]] = {
        "kills": [lambda nodes, at: attacks.kill_nodes(nodes, at, kills, seed)],
        "stops": [lambda nodes, at: attacks.stop_all_nodes(nodes, at, seed)] * stops,
        "pauses": [lambda nodes, at: attacks.pause_nodes(nodes, at, pauses, seed)],
        "rebuilds": [lambda nodes, at: attacks.rebuild_under_load(nodes, at, rebuilds, seed)],
    }
    try:
        with running_nodes(3, VERSIONS[major]) as nodes:
            for name in only or _NAMES:
                for number, attack in enumerate(chosen[name]):
                    _report(name, number, attack, nodes)
    except (EngineMissing, EngineBroken) as error:
        raise click.ClickException(str(error)) from error
    except Failure as failure:
        click.echo(f"LOST: {failure}", err=True)
        sys.exit(1)


def _report(name: str, number: int, attack: Attack, nodes: Nodes) -> None:
    started = time.monotonic()
    figures = attack(nodes, lambda index: f"{nodes.address}/{name}-{number}-{index}")
    click.echo(f"{name}, {time.monotonic() - started:.0f} s")
    for outcome, count in sorted(figures.items()):
        click.echo(f"  {count:>9,}  {outcome}")


if __name__ == "__main__":
    main()
