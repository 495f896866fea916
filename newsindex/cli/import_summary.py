"""What is said of files that were taken into an index?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

import click

import newsindex
from newsindex.corpus import Corpus

_SHOWN_ERRORS: Final = 20


def error_dict(error: newsindex.CorpusError) -> dict[str, str | int | None]:
    """An error with its place; ``record`` is the number of the record, where it has one."""
    number = (error.record or "").rpartition(" ")[2]
    return {
        "file": error.file,
        "line": error.line,
        "record": int(number) if number.isdecimal() else None,
        "reason": f"{error.record}: {error.reason}" if error.record else error.reason,
    }


def _kinds(errors: Iterable[newsindex.CorpusError]) -> Counter[str]:
    """How many errors there are of each kind: what their reasons say before any detail."""
    return Counter(re.sub(r"\d[\d,]*", "…", error.reason).partition(":")[0][:80] for error in errors)


def outcome_dict(
    report: newsindex.AddReport, corpus: Corpus, index: newsindex.Index, seconds: float
) -> dict[str, Any]:
    """The counts and errors of a run."""
    counts = {name: getattr(report, name) for name in ("added", "updated", "skipped")}
    return {
        **counts,
        "errors": [error_dict(error) for error in report.errors],
        "error_count": report.error_count,
        "errors_by_kind": dict(_kinds(report.errors)),
        "other_languages": corpus.left_out,
        "unchanged_files": corpus.unchanged_files,
        "seconds": round(seconds, 3),
        "articles": len(index),
    }


def summarize(report: newsindex.AddReport, corpus: Corpus, index: newsindex.Index, seconds: float) -> None:
    """Say it to people: errors on standard error, the counts on standard output."""
    from .terminal import printable  # rich is only loaded to print for people

    for error in report.errors[:_SHOWN_ERRORS]:
        click.echo(f"newsindex: {' '.join(printable(str(error)).split())}", err=True)
    if report.error_count > _SHOWN_ERRORS:
        more = report.error_count - _SHOWN_ERRORS
        click.echo(f"newsindex: and {more:,} errors more; --errors FILE lists them all", err=True)
        if report.unlisted_errors:
            click.echo(f"newsindex: the first {len(report.errors):,} by their kind:", err=True)
        for kind, count in _kinds(report.errors).most_common():
            click.echo(f"{count:>9,}  {printable(kind)}", err=True)
    if corpus.unchanged_files:
        click.echo(f"{corpus.unchanged_files:,} files have not changed and were not read again", err=True)
    if corpus.left_out:
        click.echo(f"{corpus.left_out:,} articles are in other languages and were left out", err=True)
    click.echo(
        f"{report.added:,} added, {report.updated:,} updated, {report.skipped:,} unchanged, "
        f"{report.error_count:,} errors in {seconds:.1f} s: "
        f"{len(index):,} articles in {index.path}"
    )
