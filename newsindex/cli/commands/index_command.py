"""``newsindex index``: indexes the articles of files."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import click

import newsindex
from newsindex.cli.exit_status import INTERRUPTED, USAGE_ERROR, fail, show_notes
from newsindex.cli.import_summary import error_dict, print_summary, summary_dict
from newsindex.cli.json_output import echo_json
from newsindex.cli.notifying import Digests, notify_options
from newsindex.cli.options import acronyms_option, at_option, json_option, settings_option, timezone_option
from newsindex.cli.reading_options import (
    ARTICLES_PER_COMMIT,
    default_workers,
    existing_paths,
    reading_options,
    replace_option,
)
from newsindex.wording import counted


@click.command("index")
@click.argument("paths", nargs=-1, required=True, callback=existing_paths)
@at_option
@reading_options
@settings_option
@acronyms_option
@timezone_option()
@click.option(
    "--errors",
    "errors_file",
    type=click.File("w", encoding="utf-8", lazy=False),
    help="List errors here, as JSON Lines.",
)
@click.option(
    "--files",
    "files_file",
    type=click.File("w", encoding="utf-8", lazy=False),
    help="List each file here with its articles by format and its errors, as JSON Lines; - prints them.",
)
@click.option("--strict", is_flag=True, help="Stop at the first error.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=default_workers,
    show_default="as many as there are cores",
    help="Index with so many threads, or processes without the kernel; at most four.",
)
@click.option(
    "--commit-every",
    type=click.IntRange(min=1),
    default=ARTICLES_PER_COMMIT,
    show_default=True,
    help="So many articles are kept at a time, whatever happens after.",
)
@click.option(
    "--reread", is_flag=True, help="Read files again that have not changed since they were indexed."
)
@replace_option
@notify_options
@json_option
def index_command(
    paths: tuple[str, ...],
    folder: Path,
    settings: str | None,
    acronyms: bool | None,
    timezone: str | None,
    errors_file: TextIO | None,
    files_file: TextIO | None,
    strict: bool,
    workers: int,
    commit_every: int,
    reread: bool,
    same_id: newsindex.SameId,
    addresses: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
    **reading: Any,
) -> None:
    """Index the articles of PATHS: files, folders of them, or - for standard input.

    Reads press pages, plain text and Markdown, JSON, tables and spreadsheets, saved web pages and mail,
    feeds, wire and blog exports in XML, exports of press databases, documents (Word, PDF, RTF) and web
    archives, each also packed (.gz, .bz2, .xz, .zst) or in a .zip, .tar or .wacz. An article that is
    known already is updated, or skipped if it has not changed; so is a file. Another article with a known
    id is kept beside the first. Status 2 says that a part could not be read; the rest was indexed.
    Interrupted, it keeps what was committed, and goes on from there when it is run again.
    """
    started = time.perf_counter()
    digests = Digests(addresses, dry_run)
    on_error = None if errors_file is None else partial(_write_error, errors_file)
    on_file = None if files_file is None else partial(_write_file, files_file)
    corpus = newsindex.read(paths, on_error=on_error, on_file=on_file, strict=strict, **reading)
    for written in (errors_file, files_file):
        name = getattr(written, "name", None)
        if isinstance(name, str):  # standard output may have none
            corpus.leave_out(name, "list of this command")
    index = newsindex.open(folder, create=True, timezone=timezone, settings=settings, acronyms=acronyms)
    try:
        with _progress(corpus) if not as_json else nullcontext() as progress:
            report = index.add(
                corpus,
                workers=workers,
                progress=progress,
                commit_every=commit_every,
                resume=not reread,
                same_id=same_id,
            )
    except KeyboardInterrupt:
        kept = counted(len(index), "article is", "articles are")
        fail(f"interrupted: {kept} in {index.name}; run it again to go on", INTERRUPTED)
    seconds = time.perf_counter() - started
    if as_json:
        echo_json(summary_dict(report, corpus, index, seconds))
    else:
        print_summary(report, corpus, index, seconds, errors_option="--errors FILE")
    if not corpus.files_total:
        show_notes([_nothing_read(paths, are_passed_over=bool(corpus.summary.passed_over))])
    digests.send(index)
    if report.error_count:
        raise SystemExit(USAGE_ERROR)


def _nothing_read(paths: Sequence[str], *, are_passed_over: bool) -> str:
    """The note that the folders have no file, or only such as are passed over for their names."""
    folders = ", ".join(map(repr, paths))
    if are_passed_over:
        return f"every file in {folders} was passed over: one that is given by its name is read"
    return f"no file was found in {folders}: look whether this is the right folder"


def _write_error(file: TextIO, error: newsindex.CorpusError) -> None:
    """Writes an error as a line of JSON, at once: the file of an interrupted run has the errors it met."""
    file.write(json.dumps(error_dict(error)) + "\n")


def _write_file(file: TextIO, summary: newsindex.FileSummary) -> None:
    """Writes what a file gave as a line of JSON, at once."""
    file.write(json.dumps(summary.to_dict()) + "\n")


def _progress(corpus: newsindex.Corpus) -> AbstractContextManager[Callable[[int], object] | None]:
    from newsindex.cli.progress_bar import import_progress  # rich is only loaded to print for people

    return import_progress(corpus)
