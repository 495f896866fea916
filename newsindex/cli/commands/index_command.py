"""``newsindex index``: files into an index."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any, Final, TextIO

import click

import newsindex
from newsindex.cli.command_group import at_option, fail, json_option, main, settings_option
from newsindex.cli.import_summary import error_dict, outcome_dict, summarize
from newsindex.cli.json_output import echo_json
from newsindex.cli.reading_options import reading_options
from newsindex.corpus import Corpus

COMMIT_EVERY: Final = 50_000  # articles
_INTERRUPTED_STATUS: Final = 130  # as a shell has it


@main.command("index")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True))
@at_option
@reading_options
@settings_option
@click.option(
    "--errors", "errors_file", type=click.File("w", encoding="utf-8"), help="List errors here, as JSON Lines."
)
@click.option("--strict", is_flag=True, help="Stop at the first error.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    help="Index in so many processes, at most four.  [default: as many as there are cores]",
)
@click.option(
    "--commit-every",
    type=click.IntRange(min=1),
    default=COMMIT_EVERY,
    show_default=True,
    help="So many articles are kept at a time, whatever happens after.",
)
@click.option(
    "--reread", is_flag=True, help="Read files again that have not changed since they were indexed."
)
@json_option
def index_command(
    paths: tuple[str, ...],
    folder: Path,
    settings: str | None,
    errors_file: TextIO | None,
    strict: bool,
    workers: int | None,
    commit_every: int,
    reread: bool,
    as_json: bool,
    **reading: Any,
) -> None:
    """Index the articles of PATHS: files, folders of them, or - for standard input.

    Reads press pages and plain text, JSON Lines, JSON and CSV, saved web pages, feeds, web archives and
    Parquet, each also as .gz or in a .zip. An article that is known already is updated, or skipped if it
    has not changed; so is a file. Interrupted, it keeps what was committed, and goes on from there when it
    is run again.
    """
    started = time.perf_counter()
    note = None if errors_file is None else partial(_note, errors_file)
    corpus = newsindex.read(paths, on_error=note, strict=strict, **reading)
    index = newsindex.open(folder, create=True, settings=settings)
    try:
        with _progress(corpus) if not as_json else nullcontext() as progress:
            report = index.add(
                corpus, workers=workers, progress=progress, commit_every=commit_every, resume=not reread
            )
    except KeyboardInterrupt:
        fail(
            f"interrupted: {len(index):,} articles are in {folder}; run it again to go on",
            _INTERRUPTED_STATUS,
        )
    seconds = time.perf_counter() - started
    if as_json:
        echo_json(outcome_dict(report, corpus, index, seconds))
    else:
        summarize(report, corpus, index, seconds)
    if report.errors and not (report.added or report.updated or report.skipped):
        raise SystemExit(2)


def _note(file: TextIO, error: newsindex.CorpusError) -> None:
    """Write an error as a line of JSON, at once: an interrupted run has noted what it met."""
    file.write(json.dumps(error_dict(error)) + "\n")


@contextmanager
def _progress(corpus: Corpus) -> Any:
    """A progress bar on the terminal; gives what Index.add calls with the number of articles."""
    from newsindex.cli.terminal import console  # rich is only loaded to print for people

    out = console(to_stderr=True)
    if not out.is_terminal:
        yield None
        return
    from rich.progress import (  # only a terminal needs it
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn("{task.fields[articles]:,} articles"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[speed]:,.0f}/s"),
        TimeRemainingColumn(),
        console=out,
        transient=True,
    ) as bar:
        task = bar.add_task("", total=corpus.bytes_total or None, articles=0, speed=0.0)
        yield _advance(bar, task, corpus)


def _advance(bar: Any, task: Any, corpus: Corpus) -> Callable[[int], object]:
    started = time.perf_counter()

    def advance(articles: int) -> None:
        if articles % 50 == 0:
            speed = articles / (time.perf_counter() - started)
            bar.update(task, completed=corpus.bytes_read, articles=articles, speed=speed)

    return advance
