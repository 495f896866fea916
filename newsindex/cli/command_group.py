"""A click group that loads each command when it is called and ends every error with one line and a status."""

from __future__ import annotations

import errno
import importlib
import io
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn

import click

import newsindex

from .exit_status import BROKEN_PIPE, INTERRUPTED, PROGRAM_FAULT, STORAGE_ERROR, USAGE_ERROR, fail
from .naming_group import NamingGroup

_DEBUG: Final = "NEWSINDEX_DEBUG"  # an environment variable
_INPUT_ERRORS: Final = (
    newsindex.QueryError,
    newsindex.CorpusError,
    newsindex.AlertExists,
    newsindex.AlertNotFound,
    newsindex.NotificationError,
    newsindex.ExtraNotInstalled,
)


class CommandGroup(NamingGroup):
    """A group of commands, whose names are given by the package of their modules.

    The command ``search`` is the object ``search_command`` of the module ``search_command``. A module is only
    imported when its command is called or listed, so that each command starts with no more than it needs.
    """

    def __init__(self, *args: Any, names: Mapping[str, Sequence[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._package = {name: package for package, some in names.items() for name in some}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Lists the names of the commands in the order of the alphabet."""
        return sorted(self._package)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Loads a command; None where there is no command of this name."""
        if cmd_name not in self._package:
            return None
        module = f"{cmd_name}_command"
        command: click.Command = getattr(
            importlib.import_module(f"{self._package[cmd_name]}.{module}"), module
        )
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the command line; output that cannot be written ends it with a status."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter still shows the rest
                stream.reconfigure(errors="replace")
        try:  # on Windows click would take the words of a query for patterns of file names
            return super().main(*args, **{"windows_expand_args": False, **kwargs})
        except OSError as error:  # raised by the help, which click prints before any command runs
            _end_after_output_error(error)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; every error ends it with one line on standard error and a status."""
        try:
            super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()  # an error of writing can still be reported here
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except _INPUT_ERRORS as error:
            fail(str(error), USAGE_ERROR)
        except newsindex.NewsIndexError as error:
            fail(str(error), STORAGE_ERROR)
        except OSError as error:
            _end_after_output_error(error)
        except KeyboardInterrupt:
            fail("interrupted: nothing of an unfinished change was kept", INTERRUPTED)
        except Exception as error:
            _end_after_fault(error)


def _end_after_output_error(error: OSError) -> NoReturn:
    try:  # output that cannot be written is dropped: Python would try to flush it once more at its end
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if is_reader_gone(error):  # as in `newsindex search … | head`
        sys.exit(BROKEN_PIPE)
    fail(str(error), STORAGE_ERROR)


def is_reader_gone(error: OSError, system: str = os.name) -> bool:
    """Whether output could not be written because its reader has ended; Windows tells that in two ways."""
    return error.errno == errno.EPIPE or (system == "nt" and error.errno == errno.EINVAL)


def _end_after_fault(error: Exception) -> NoReturn:
    if os.environ.get(_DEBUG):
        traceback.print_exc()
    message = " ".join(f"{type(error).__name__}: {error}".split())
    hint = f"this is a fault of newsindex; {_DEBUG}=1 shows where"
    fail(f"{message} ({hint})", PROGRAM_FAULT)
