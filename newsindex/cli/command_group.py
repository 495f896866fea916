"""Which commands are there, which options do they share, and how does an error end one?"""

from __future__ import annotations

import errno
import io
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

import click

import newsindex

NOTHING_FOUND: Final = 1
USAGE_STATUS: Final = 2
_STORAGE_STATUS: Final = 3
_FAULT_STATUS: Final = 70  # as sysexits.h has it
_INTERRUPTED_STATUS: Final = 130  # as a shell has it for SIGINT, and below for SIGPIPE
_READER_GONE_STATUS: Final = 141
_DEBUG: Final = "NEWSINDEX_DEBUG"
_DEFAULT_INDEX: Final = "presse.newsindex"

Command = TypeVar("Command", bound=Callable[..., Any])


class _Group(click.Group):
    """A group whose commands end with one line on standard error for every error."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except OSError as error:  # of the help, which click prints before any command runs
            _output_failed(error)

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter still shows the rest
                stream.reconfigure(errors="replace")
        try:
            super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()  # here an error can still be told
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except (newsindex.QueryError, newsindex.CorpusError) as error:
            fail(str(error), USAGE_STATUS)
        except newsindex.NewsIndexError as error:
            fail(str(error), _STORAGE_STATUS)
        except OSError as error:
            _output_failed(error)
        except KeyboardInterrupt:
            fail("interrupted: nothing of an unfinished change was kept", _INTERRUPTED_STATUS)
        except Exception as error:
            if os.environ.get(_DEBUG):
                traceback.print_exc()
            told = " ".join(f"{type(error).__name__}: {error}".split())
            hint = f"this is a fault of newsindex; {_DEBUG}=1 shows where"
            fail(f"{told} ({hint})", _FAULT_STATUS)


def _output_failed(error: OSError) -> NoReturn:
    try:  # forget output that cannot be written: Python flushes once more at its end
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno == errno.EPIPE:  # nobody reads on, as in `newsindex search … | head`
        sys.exit(_READER_GONE_STATUS)
    fail(str(error), _STORAGE_STATUS)


def fail(message: str, status: int) -> NoReturn:
    """Say what went wrong on standard error, and end with a status."""
    click.echo(f"newsindex: {message}", err=True)
    sys.exit(status)


def check_known(index: newsindex.Index, article_id: str) -> None:
    """End where no article has this id."""
    if article_id not in index:
        fail(f"no article has the id {article_id!r}", NOTHING_FOUND)


class WordsCommand(click.Command):
    """A command whose words may begin with a dash, such as ``-drogue``: only ``--names`` are options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        options = [option for option in self.params if isinstance(option, click.Option)]
        with_value = {name for option in options if not option.is_flag for name in option.opts}
        given: list[str] = []
        words: list[str] = []
        rest = iter(args)
        for arg in rest:
            if arg == "--":
                words.extend(rest)
            elif arg in with_value:
                value = next(rest, None)
                if value is None:
                    raise click.BadOptionUsage(arg, f"Option {arg!r} requires an argument.", ctx)
                given.append(f"{arg}={value}")
            elif arg.startswith("--") or arg in ctx.help_option_names:
                given.append(arg)
            else:
                words.append(arg)
        return super().parse_args(ctx, [*given, "--", *words])


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


def settings_option(command: Command) -> Command:
    """The --settings option of commands that may make an index."""
    return click.option(
        "--settings",
        type=click.Path(exists=True, dir_okay=False),
        help="Your own stop words, synonyms and protected words, a TOML file, where the index is made now.",
    )(command)


def label_and_date_options(command: Command) -> Command:
    """The options that say which articles count."""
    options = (
        click.option("--source", help="Only articles of this source."),
        click.option("--section", help="Only articles of this section."),
        click.option("--author", help="Only articles of this author."),
        click.option("--lang", help="Only articles in this language."),
        click.option("--since", help="Only from this date on: 2026, 2026-01, 2026-01-31, 31/01/2026."),
        click.option("--until", help="Only up to this date, which is included."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def filter_options(command: Command) -> Command:
    """The options that say which articles count, and whether all words of a query must be in them."""
    return label_and_date_options(
        click.option("--all/--any", "all_words", help="Find all the words, or any of them (the default).")(
            command
        )
    )


# ruff: noqa: E402, F401 - the commands register themselves
from .commands import (
    demo_command,
    explain_command,
    export_command,
    index_command,
    library_commands,
    search_command,
    serve_command,
    similar_command,
    suggest_command,
    watch_command,
)
