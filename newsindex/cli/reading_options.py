"""Options that say how files are read, for the commands that index files."""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from typing import Final

import click

from .options import CommandFunction

ARTICLES_PER_COMMIT: Final = 50_000
_MAX_WORKERS: Final = 4


def default_workers() -> int:
    """Returns the number of workers with which a command indexes: one for each core, at most four."""
    return min(_MAX_WORKERS, os.cpu_count() or 1)


def existing_paths(
    context: click.Context, parameter: click.Parameter, names: Sequence[str]
) -> tuple[str, ...]:
    """Checks that there is a file or folder of each name; a pattern such as ``*.txt`` stands for its files.

    The shells of Windows leave patterns to the command.
    """
    path = click.Path(exists=True, allow_dash=True)
    return tuple(
        str(path.convert(found, parameter, context)) for name in names for found in _files_of_name(name)
    )


def _files_of_name(name: str) -> list[str]:
    """Returns a name where there is such a file, else the files that it is a pattern of, if any."""
    if os.path.lexists(name):
        return [name]
    return sorted(glob.glob(os.path.expanduser(name), recursive=True)) or [name]


def _field_names(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> dict[str, str] | None:
    """Parses the pairs of ``--map title=titre,body=contenu``."""
    if value is None:
        return None
    pairs = [pair.partition("=") for pair in value.split(",")]
    if not all(ours.strip() and theirs.strip() for ours, _, theirs in pairs):
        raise click.BadParameter(f"{value!r} is not like title=titre,body=contenu", context, parameter)
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


def replace_option(command: CommandFunction) -> CommandFunction:
    """Adds the option that lets another article with a known id replace the first; both are kept without."""
    return click.option(
        "--replace",
        "same_id",
        flag_value="replace",
        default="keep_both",
        help="Let another article with a known id replace the first; both are kept without.",
    )(command)


_FORMAT_NAMES: Final = """page, text, markdown, jsonl, json, csv, spreadsheet, html, feed, wordpress, newsml,
nitf, sitemap, tei, spip, xml, ris, bibtex, parquet, warc, mhtml, eml, mbox, rtf, pdf, docx, odt, epub,
europresse, factiva, nexis, iramuteq or subtitles"""  # written out: the table of formats is slow to import


def reading_options(command: CommandFunction) -> CommandFunction:
    """Adds options with the names of the arguments of :func:`newsindex.read`."""
    options = (
        click.option(
            "--format",
            help=f"The format of every file, guessed if not given: {_FORMAT_NAMES}.",
        ),
        click.option(
            "--map",
            "fields",
            callback=_field_names,
            help="What fields are called there: title=titre,body=contenu.",
        ),
        click.option("--source", help="The source of articles whose file does not say."),
        click.option(
            "--month-first",
            is_flag=True,
            help="Read a date in figures with its month first: 3/12/2024 is the twelfth of March.",
        ),
        click.option("--lang", help="Only articles in this language, such as fr."),
    )
    for option in reversed(options):
        command = option(command)
    return command
