"""Which options say how files are to be read?"""

from __future__ import annotations

import click

from .command_group import Command


def _fields(context: click.Context, parameter: click.Parameter, written: str | None) -> dict[str, str] | None:
    """The pairs of ``--map title=titre,body=contenu``."""
    if written is None:
        return None
    pairs = [pair.partition("=") for pair in written.split(",")]
    if not all(ours.strip() and theirs.strip() for ours, _, theirs in pairs):
        raise click.BadParameter(f"{written!r} is not like title=titre,body=contenu", context, parameter)
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


def reading_options(command: Command) -> Command:
    """Options with the names of the arguments of :func:`newsindex.read`."""
    options = (
        click.option(
            "--format",
            help="page, text, jsonl, json, csv, html, feed, warc or parquet; guessed if not given.",
        ),
        click.option(
            "--map",
            "fields",
            callback=_fields,
            help="What fields are called there: title=titre,body=contenu.",
        ),
        click.option("--source", help="The source of articles whose file does not say."),
        click.option("--lang", help="Only articles in this language, such as fr."),
    )
    for option in reversed(options):
        command = option(command)
    return command
