"""The summary of an import: its counts and its errors, as JSON and as lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import click

import newsindex
from newsindex.wording import counted

_MAX_PRINTED_ERRORS: Final = 20
_MAX_PRINTED_KINDS: Final = 20
_MAX_PRINTED_NAMES: Final = 12
_MAX_PRINTED_UNDATED: Final = 3  # many articles may have none, and ids may be long


def error_dict(error: newsindex.CorpusError) -> dict[str, str | int | None]:
    """Converts an error to JSON, with its place; ``record`` is the number of the record in its file."""
    number = (error.record or "").rpartition(" ")[2]
    return {
        "file": error.file,
        "line": error.line,
        "record": int(number) if number.isdecimal() else None,
        "reason": f"{error.record}: {error.reason}" if error.record else error.reason,
    }


def summary_dict(
    report: newsindex.AddReport, corpus: newsindex.Corpus, index: newsindex.Index, seconds: float
) -> dict[str, Any]:
    """Converts the counts and errors of an import to JSON."""
    counts = ("added", "updated", "skipped", "replaced", "replaced_ids", "kept_both", "kept_both_ids")
    summary = corpus.summary.to_dict()
    return {
        **{name: getattr(report, name) for name in counts},
        "errors": [error_dict(error) for error in report.errors],
        "error_count": report.error_count,
        "errors_by_kind": {kind["reason"]: kind["count"] for kind in summary["errors"]},
        "other_languages": corpus.left_out,
        "unchanged_files": corpus.unchanged_files,
        "summary": summary,
        "seconds": round(seconds, 3),
        "articles": len(index),
        "alerts": dict(Counter(match.alert.name for match in report.alerts)),
    }


def print_summary(
    report: newsindex.AddReport,
    corpus: newsindex.Corpus,
    index: newsindex.Index,
    seconds: float,
    *,
    errors_option: str | None = None,
) -> None:
    """Prints on standard error what an import met, and its counts on standard output.

    ``errors_option`` is the option of the command that lists all errors, if it has one.
    """
    _print_errors(report, corpus, errors_option)
    for line in (*lines_of_corpus(corpus), *lines_of_report(report)):
        click.echo(_printed(line), err=True)
    click.echo(
        f"{report.added:,} added, {report.updated:,} updated, {report.skipped:,} unchanged, "
        f"{counted(report.error_count, 'error')} in {seconds:.1f} s: "
        f"{counted(len(index), 'article')} in {index.name}"
    )


def lines_of_corpus(corpus: newsindex.Corpus) -> Iterator[str]:
    """What a reading met, a line for each thing that there is to say."""
    summary = corpus.summary
    if corpus.unchanged_files:
        yield counted(
            corpus.unchanged_files,
            "file has not changed and was not read again",
            "files have not changed and were not read again",
        )
    if corpus.left_out:
        yield counted(
            corpus.left_out,
            "article is in another language and was left out",
            "articles are in other languages and were left out",
        )
    if summary.articles:
        yield f"records read, by format: {_listed(summary.articles)}"
    if summary.undated or summary.without_body:
        undated = f"{summary.undated:,}"
        if summary.undated:
            undated += f" ({summary.undated_articles.listed(_MAX_PRINTED_UNDATED)})"
        yield f"records without a date: {undated}; without a body: {summary.without_body:,}"
    if summary.other_languages:
        yield f"articles in other languages than French: {_listed(summary.other_languages)}"
    if summary.passed_over:
        yield f"passed over, as no articles: {_listed(summary.passed_over, '{name} ({count:,})')}"
    if summary.unread:
        yield f"columns and keys that no field took: {_listed(summary.unread)} (--map names a field for one)"
    if summary.kept_apart:
        apart = counted(
            summary.kept_apart,
            "article has the id or address of another one in these files; it was given an id of its own",
            "articles have the id or address of another one in these files; each was given an id of its own",
        )
        yield f"{apart}: {summary.articles_kept_apart.listed()}"
    if summary.repeated:
        repeated = counted(
            summary.repeated,
            "article came again in these files under its id, and the later version was kept",
            "articles came again in these files under their id, and the later version was kept",
        )
        repeated += " (beside a feed or an archive, the fuller one)"
        yield f"{repeated}: {summary.repeated_articles.listed()}"
    if summary.entry_versions:
        yield counted(
            summary.entry_versions,
            "entry of a feed came again in another snapshot, and its longest version was kept",
            "entries of feeds came again in other snapshots, and the longest version of each was kept",
        )


def lines_of_report(report: newsindex.AddReport) -> Iterator[str]:
    """What became of articles whose id another article of the index has, and what is new for alerts."""
    if report.kept_both:
        both = counted(
            report.kept_both,
            "article has the id of another one in the index; both were kept, the new one as",
            "articles have the id of another one in the index; both were kept, the new ones as",
        )
        yield f"{both}: {report.kept_both_articles.listed()} (--replace keeps only what is new)"
    if report.replaced:
        replaced = counted(
            report.replaced,
            "article replaced another one with its id, whose text has little in common",
            "articles replaced another one with their id, whose text has little in common",
        )
        yield f"{replaced}: {report.replaced_articles.listed()}"
    if report.alerts:
        yield f"new for alerts: {_listed(Counter(match.alert.name for match in report.alerts))}"


def _listed(counts: Counter[str], form: str = "{count:,} {name}") -> str:
    """The highest counts with their names, each in a form, and how many more there are."""
    listed = [form.format(name=name, count=count) for name, count in counts.most_common(_MAX_PRINTED_NAMES)]
    more = len(counts) - len(listed)
    return ", ".join(listed) + (f", and {counted(more, 'more name')} (--json lists all)" if more else "")


def _printed(text: str) -> str:
    """A text as one line without control characters."""
    from .terminal import printable  # rich is only loaded to print for people

    return " ".join(printable(text).split())


def _print_errors(report: newsindex.AddReport, corpus: newsindex.Corpus, errors_option: str | None) -> None:
    """Prints the first errors, then how many there are of each kind, with an example."""
    if not report.error_count:
        return
    for error in report.errors[:_MAX_PRINTED_ERRORS]:
        click.echo(f"newsindex: {_printed(str(error))}", err=True)
    more = report.error_count - _MAX_PRINTED_ERRORS
    if more > 0:
        click.echo(f"newsindex: and {counted(more, 'more error')}", err=True)
    kinds = sorted(corpus.summary.errors.values(), key=lambda kind: -kind.count)
    if len(kinds) == report.error_count <= _MAX_PRINTED_ERRORS:
        return  # each has been printed
    hint = f" ({errors_option} lists them all)" if errors_option else ""
    click.echo(f"errors by kind, each with its first{hint}:", err=True)
    for kind in kinds[:_MAX_PRINTED_KINDS]:
        click.echo(f"{kind.count:>9,}  {_printed(_example(kind.example))}", err=True)
    more = len(kinds) - _MAX_PRINTED_KINDS
    if more > 0:
        click.echo(f"newsindex: and {counted(more, 'more kind')}", err=True)


def _example(error: newsindex.CorpusError) -> str:
    """The reason of an error before its place."""
    place = str(error).removesuffix(error.reason).removesuffix(": ")
    return f"{error.reason} ({place})" if place else error.reason
