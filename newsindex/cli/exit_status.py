"""The exit statuses of the command, the functions that end it with one, and its notes on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Final, NoReturn

import click

import newsindex

NOTHING_FOUND: Final = 1
USAGE_ERROR: Final = 2
STORAGE_ERROR: Final = 3
PROGRAM_FAULT: Final = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED: Final = 130  # what a shell reports for SIGINT
BROKEN_PIPE: Final = 141  # what a shell reports for SIGPIPE


def fail(message: str, status: int) -> NoReturn:
    """Prints what went wrong on standard error and ends the command with a status."""
    click.echo(f"newsindex: {message}", err=True)
    sys.exit(status)


def show_notes(notes: Iterable[str]) -> None:
    """Prints on standard error what is to be known of an answer, such as how the query was read."""
    for note in notes:
        click.echo(f"newsindex: {note}", err=True)


def check_known(index: newsindex.Index, article_id: str) -> None:
    """Ends the command where no article has this id."""
    if article_id not in index:
        fail(f"no article has the id {article_id!r}", NOTHING_FOUND)
