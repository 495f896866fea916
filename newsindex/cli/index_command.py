"""``newsindex index``: files into an index."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any, Final, TextIO

import click

import newsindex
from newsindex.corpus import Corpus

from .app import at_option, fail, json_option, main
from .encode import echo_json

_SHOWN_ERRORS: Final = 20
_COMMIT_EVERY: Final = 50_000  # articles
_INTERRUPTED_STATUS: Final = 130  # as a shell has it
_RECORD: Final = re.compile(r"(?:record|row|entry) (\d+): ")


def _fields(context: click.Context, parameter: click.Parameter, written: str | None) -> dict[str, str] | None:
    """The pairs of ``--map title=titre,body=contenu``."""
    if written is None:
        return None
    pairs = [pair.partition("=") for pair in written.split(",")]
    if not all(ours.strip() and theirs.strip() for ours, _, theirs in pairs):
        raise click.BadParameter(f"{written!r} is not like title=titre,body=contenu", context, parameter)
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


@main.command("index")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True))
@at_option
@click.option(
    "--format",
    "format_",
    help="page, text, jsonl, json, csv, html, feed, warc or parquet; guessed if not given.",
)
@click.option(
    "--map", "fields", callback=_fields, help="What fields are called there: title=titre,body=contenu."
)
@click.option("--source", help="The source of articles whose file does not say.")
@click.option("--lang", help="Only articles in this language, such as fr.")
@click.option(
    "--errors", "errors_file", type=click.File("w", encoding="utf-8"), help="List errors here, as JSON Lines."
)
@click.option("--strict", is_flag=True, help="Stop at the first error.")
@click.option(
    "--commit-every",
    type=click.IntRange(min=1),
    default=_COMMIT_EVERY,
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
    format_: str | None,
    fields: dict[str, str] | None,
    source: str | None,
    lang: str | None,
    errors_file: TextIO | None,
    strict: bool,
    commit_every: int,
    reread: bool,
    as_json: bool,
) -> None:
    """Index the articles of PATHS: files, folders of them, or - for standard input.

    Reads press pages and plain text, JSON Lines, JSON and CSV, saved web pages, feeds, web archives and
    Parquet, each also as .gz or in a .zip. An article that is known already is updated, or skipped if it
    has not changed; so is a file. Interrupted, it keeps what was committed, and goes on from there when it
    is run again.
    """
    started = time.perf_counter()
    note = None if errors_file is None else partial(_note, errors_file)
    corpus = newsindex.read(
        paths, format=format_, fields=fields, source=source, lang=lang, on_error=note, strict=strict
    )
    index = newsindex.open(folder, create=True)
    try:
        with _progress(corpus) if not as_json else nullcontext() as progress:
            report = index.add(corpus, progress=progress, commit_every=commit_every, resume=not reread)
    except KeyboardInterrupt:
        fail(
            f"interrupted: {len(index):,} articles are in {folder}; run it again to go on",
            _INTERRUPTED_STATUS,
        )
    seconds = time.perf_counter() - started
    if as_json:
        _print_json(report, corpus, index, seconds)
    else:
        _summarize(report, corpus, index, seconds)
    if report.errors and not (report.added or report.updated or report.skipped):
        raise SystemExit(2)


def _note(file: TextIO, error: newsindex.CorpusError) -> None:
    """Write an error as a line of JSON, at once: an interrupted run has noted what it met."""
    file.write(json.dumps(_error_dict(error)) + "\n")


def _error_dict(error: newsindex.CorpusError) -> dict[str, str | int | None]:
    record = _RECORD.match(error.reason)
    return {
        "file": error.file,
        "line": error.line,
        "record": int(record[1]) if record else None,
        "reason": error.reason,
    }


def _kinds(errors: Iterable[newsindex.CorpusError]) -> Counter[str]:
    """How many errors there are of each kind: what their reasons say before any detail."""
    return Counter(
        re.sub(r"\d[\d,]*", "…", _RECORD.sub("", error.reason)).partition(":")[0][:80] for error in errors
    )


def _print_json(report: newsindex.AddReport, corpus: Corpus, index: newsindex.Index, seconds: float) -> None:
    counts = {name: getattr(report, name) for name in ("added", "updated", "skipped")}
    echo_json(
        {
            **counts,
            "errors": [_error_dict(error) for error in report.errors],
            "errors_by_kind": dict(_kinds(report.errors)),
            "other_languages": corpus.left_out,
            "unchanged_files": corpus.unchanged_files,
            "seconds": round(seconds, 3),
            "articles": len(index),
        }
    )


def _summarize(report: newsindex.AddReport, corpus: Corpus, index: newsindex.Index, seconds: float) -> None:
    from .view import printable  # rich is only loaded to print for people

    for error in report.errors[:_SHOWN_ERRORS]:
        click.echo(f"newsindex: {' '.join(printable(str(error)).split())}", err=True)
    if len(report.errors) > _SHOWN_ERRORS:
        more = len(report.errors) - _SHOWN_ERRORS
        click.echo(f"newsindex: and {more:,} errors more; --errors FILE lists them all", err=True)
        for kind, count in _kinds(report.errors).most_common():
            click.echo(f"{count:>9,}  {printable(kind)}", err=True)
    if corpus.unchanged_files:
        click.echo(f"{corpus.unchanged_files:,} files have not changed and were not read again", err=True)
    if corpus.left_out:
        click.echo(f"{corpus.left_out:,} articles are in other languages and were left out", err=True)
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
