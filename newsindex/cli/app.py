"""Which commands are there, which options do they share, and how does an error end one?"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

import newsindex

_STORAGE_STATUS: Final = 3
_USAGE_STATUS: Final = 2
NOTHING_FOUND: Final = 1
_DEFAULT_INDEX: Final = "presse.newsindex"

Command = TypeVar("Command", bound=Callable[..., Any])


class _Group(click.Group):
    """A group whose commands end with one line on standard error for every deliberate error."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter still shows the rest
                stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except (newsindex.QueryError, newsindex.CorpusError) as error:
            fail(str(error), _USAGE_STATUS)
        except newsindex.NewsIndexError as error:
            fail(str(error), _STORAGE_STATUS)
        except OSError as error:
            fail(str(error), _STORAGE_STATUS)


def fail(message: str, status: int) -> None:
    """Say what went wrong on standard error, and end with a status."""
    click.echo(f"newsindex: {message}", err=True)
    sys.exit(status)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(newsindex.__version__, prog_name="newsindex")
def main() -> None:
    """Full-text search for French-language news.

    Make an index with `newsindex index FILES…`, then ask it with `newsindex search "WORDS"`.
    """


def at_option(command: Command) -> Command:
    """The --at option that every command on an index takes."""
    return click.option(
        "--at",
        "folder",
        envvar="NEWSINDEX_PATH",
        default=_DEFAULT_INDEX,
        show_default=True,
        show_envvar=True,
        type=click.Path(path_type=Path, file_okay=False),
        help="The folder of the index.",
    )(command)


def json_option(command: Command) -> Command:
    """The --json option that every command that prints data takes."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


from . import demo_command, index_command, library_commands, search_command  # noqa: E402, F401 - they register themselves
