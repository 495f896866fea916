"""``newsindex index``: files into an index."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click

import newsindex
from newsindex.corpus import Corpus

from .app import at_option, json_option, main
from .encode import echo_json

_SHOWN_ERRORS = 20


@main.command("index")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True))
@at_option
@click.option("--format", "format_", help="page, text, jsonl, json or csv; guessed if not given.")
@click.option("--source", help="The source of articles whose file does not say.")
@json_option
def index_command(
    paths: tuple[str, ...], folder: Path, format_: str | None, source: str | None, as_json: bool
) -> None:
    """Index the articles of PATHS: files, folders of them, or - for standard input.

    Reads press pages and plain text, JSON Lines, JSON and CSV, each also as .gz. An article that is known
    already is updated, or skipped if it has not changed.
    """
    started = time.perf_counter()
    corpus = newsindex.read(paths, format=format_, source=source)
    index = newsindex.open(folder, create=True)
    with _progress(corpus) if not as_json else nullcontext() as progress:
        report = index.add(corpus, progress=progress)
    seconds = time.perf_counter() - started
    if as_json:
        errors = [{"file": e.file, "line": e.line, "reason": e.reason} for e in report.errors]
        counts = {name: getattr(report, name) for name in ("added", "updated", "skipped")}
        echo_json({**counts, "errors": errors, "seconds": round(seconds, 3), "articles": len(index)})
    else:
        _summarize(report, index, seconds)
    if report.errors and not (report.added or report.updated or report.skipped):
        raise SystemExit(2)


def _summarize(report: newsindex.AddReport, index: newsindex.Index, seconds: float) -> None:
    from .view import printable  # rich is only loaded to print for people

    for error in report.errors[:_SHOWN_ERRORS]:
        click.echo(f"newsindex: {' '.join(printable(str(error)).split())}", err=True)
    if len(report.errors) > _SHOWN_ERRORS:
        more = len(report.errors) - _SHOWN_ERRORS
        click.echo(f"newsindex: and {more:,} errors more; --json lists them all", err=True)
    click.echo(
        f"{report.added:,} added, {report.updated:,} updated, {report.skipped:,} unchanged, "
        f"{len(report.errors):,} errors in {seconds:.1f} s: "
        f"{len(index):,} articles in {index.path}"
    )


@contextmanager
def _progress(corpus: Corpus) -> Any:
    """A progress bar on the terminal; gives what Index.add calls with the number of articles."""
    from .view import console  # rich is only loaded to print for people

    out = console(to_stderr=True)
    if not out.is_terminal:
        yield None
        return
    from rich.progress import (  # only a terminal needs it
        BarColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn("{task.fields[articles]:,} articles"),
        BarColumn(),
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
