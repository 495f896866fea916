"""The summary of an import: its counts and its errors, as JSON and as lines for people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

import click

import newsindex

_MAX_PRINTED_ERRORS: Final = 20
_MAX_KIND_CHARACTERS: Final = 80
_NUMBER: Final = re.compile(r"\d[\d,]*")


def error_dict(error: newsindex.CorpusError) -> dict[str, str | int | None]:
    """Convert an error to JSON, with its place; ``record`` is the number of the record in its file."""
    number = (error.record or "").rpartition(" ")[2]
    return {
        "file": error.file,
        "line": error.line,
        "record": int(number) if number.isdecimal() else None,
        "reason": f"{error.record}: {error.reason}" if error.record else error.reason,
    }


def _count_kinds(errors: Iterable[newsindex.CorpusError]) -> Counter[str]:
    """Count the errors by kind: the part of a reason before its first colon, without numbers."""
    return Counter(
        _NUMBER.sub("…", error.reason).partition(":")[0][:_MAX_KIND_CHARACTERS] for error in errors
    )


def summary_dict(
    report: newsindex.AddReport, corpus: newsindex.Corpus, index: newsindex.Index, seconds: float
) -> dict[str, Any]:
    """Convert the counts and errors of an import to JSON."""
    counts = {name: getattr(report, name) for name in ("added", "updated", "skipped")}
    return {
        **counts,
        "errors": [error_dict(error) for error in report.errors],
        "error_count": report.error_count,
        "errors_by_kind": dict(_count_kinds(report.errors)),
        "other_languages": corpus.left_out,
        "unchanged_files": corpus.unchanged_files,
        "seconds": round(seconds, 3),
        "articles": len(index),
    }


def print_summary(
    report: newsindex.AddReport, corpus: newsindex.Corpus, index: newsindex.Index, seconds: float
) -> None:
    """Print the errors of an import on standard error and its counts on standard output."""
    _print_errors(report)
    if corpus.unchanged_files:
        click.echo(f"{corpus.unchanged_files:,} files have not changed and were not read again", err=True)
    if corpus.left_out:
        click.echo(f"{corpus.left_out:,} articles are in other languages and were left out", err=True)
    click.echo(
        f"{report.added:,} added, {report.updated:,} updated, {report.skipped:,} unchanged, "
        f"{report.error_count:,} errors in {seconds:.1f} s: "
        f"{len(index):,} articles in {index.path}"
    )


def _print_errors(report: newsindex.AddReport) -> None:
    """Print the first errors; where there are more, how many there are of each kind."""
    from .terminal import printable  # rich is only loaded to print for people

    for error in report.errors[:_MAX_PRINTED_ERRORS]:
        click.echo(f"newsindex: {' '.join(printable(str(error)).split())}", err=True)
    if report.error_count > _MAX_PRINTED_ERRORS:
        more = report.error_count - _MAX_PRINTED_ERRORS
        click.echo(f"newsindex: and {more:,} errors more; --errors FILE lists them all", err=True)
        if report.unlisted_errors:
            click.echo(f"newsindex: the first {len(report.errors):,} by their kind:", err=True)
        for kind, count in _count_kinds(report.errors).most_common():
            click.echo(f"{count:>9,}  {printable(kind)}", err=True)
