"""The ``newsindex`` command and the list of its subcommands."""

from __future__ import annotations

import click

import newsindex

from .command_group import CommandGroup

_COMMANDS = (
    "check",
    "delete",
    "demo",
    "explain",
    "export",
    "index",
    "optimize",
    "search",
    "serve",
    "show",
    "similar",
    "stats",
    "suggest",
    "watch",
)


@click.group(
    cls=CommandGroup,
    package=f"{__package__}.commands",
    names=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(newsindex.__version__, prog_name="newsindex")
def main() -> None:
    """Full-text search for French-language news.

    Make an index with `newsindex index FILES…`, then ask it with `newsindex search "WORDS"`.
    """
