"""``newsindex demo``: searches the sample articles, with nothing to prepare."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

import newsindex
from newsindex.cli.exit_status import NOTHING_FOUND, USAGE_ERROR, fail
from newsindex.cli.free_text import FreeTextCommand
from newsindex.cli.json_output import echo_json
from newsindex.cli.options import json_option
from newsindex.encoding.result_json import results_dict
from newsindex.wording import counted


def _sample_corpus() -> Path | None:
    """Finds the folder of the sample articles: inside the installed package, or beside it in a checkout."""
    package = Path(newsindex.__file__).parent
    for folder in (package / "sample_corpus", package.parent / "sample_corpus"):
        if folder.is_dir():
            return folder
    return None


@click.command("demo", cls=FreeTextCommand)
@click.argument("query", nargs=-1)
@json_option
def demo_command(query: tuple[str, ...], as_json: bool) -> None:
    """Index the sample articles in a temporary folder and search them for QUERY.

    Without a QUERY, for "Interpol Marrakech".
    """
    corpus = _sample_corpus()
    if corpus is None:
        fail("the sample articles are not installed", USAGE_ERROR)
    text = " ".join(query) or "Interpol Marrakech"
    with tempfile.TemporaryDirectory() as folder:
        # The files are read into memory: the results use them, and Windows deletes no file that is mapped.
        index = newsindex.open(Path(folder) / "demo.newsindex", create=True, mapped=False)
        report = index.add(newsindex.read(corpus))
        click.echo(
            f"{counted(report.added, 'sample article')} indexed; searching them for: {text}\n", err=True
        )
        results = index.search(text, limit=5)
        index.close()
    if as_json:
        echo_json(results_dict(text, results))
    else:
        from newsindex.cli.terminal import show_results  # rich is only loaded to print for people

        show_results(results)
        click.echo(
            f"{len(results)} of {counted(results.total, 'article')}, {results.seconds * 1000:.0f} ms",
            err=True,
        )
    click.echo("Your own files: newsindex index FILES…, then newsindex search WORDS", err=True)
    if not results.total:
        raise SystemExit(NOTHING_FOUND)
