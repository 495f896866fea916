"""The ``newsindex`` command and the list of its subcommands."""

from __future__ import annotations

import click

import newsindex

from .command_group import CommandGroup

_COMMANDS = (
    "alert",
    "delete",
    "demo",
    "explain",
    "export",
    "index",
    "review",
    "search",
    "serve",
    "show",
    "similar",
    "suggest",
    "watch",
)
_COUNTING = ("timeline", "trends", "words")
_UPKEEP = ("check", "cluster", "optimize", "stats")


def _show_version(context: click.Context, option: click.Parameter, is_asked: bool) -> None:
    if is_asked and not context.resilient_parsing:
        kernel = newsindex.kernel()
        with_kernel = f"with kernel {kernel}" if kernel else "without kernel"
        click.echo(f"newsindex, version {newsindex.__version__} ({with_kernel})")
        context.exit()


@click.group(
    cls=CommandGroup,
    names={
        f"{__package__}.commands": _COMMANDS,
        f"{__package__}.counting": _COUNTING,
        f"{__package__}.upkeep": _UPKEEP,
    },
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Full-text search for French-language news.

    Make an index with `newsindex index FILES…`, then ask it with `newsindex search "WORDS"`.
    """
