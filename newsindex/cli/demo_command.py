"""``newsindex demo``: a first search, with nothing to prepare."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

import newsindex

from .app import NOTHING_FOUND, fail, main
from .view import show_results


def sample_corpus() -> Path | None:
    """The sample articles: inside the installed package, or beside it in a checkout."""
    package = Path(newsindex.__file__).parent
    for folder in (package / "sample_corpus", package.parent / "sample_corpus"):
        if folder.is_dir():
            return folder
    return None


@main.command()
@click.argument("query", nargs=-1)
def demo(query: tuple[str, ...]) -> None:
    """Index the sample articles in a temporary folder and search them for QUERY.

    Without a QUERY, for "Interpol Marrakech".
    """
    corpus = sample_corpus()
    if corpus is None:
        fail("the sample articles are not installed", 2)
        return
    text = " ".join(query) or "Interpol Marrakech"
    with tempfile.TemporaryDirectory() as folder:
        index = newsindex.create(Path(folder) / "demo.newsindex")
        report = index.add(newsindex.read(corpus))
        click.echo(f"{report.added} sample articles indexed; searching them for: {text}\n", err=True)
        results = index.search(text, limit=5)
        index.close()
    show_results(results)
    click.echo(f"{len(results)} of {results.total:,} articles, {results.seconds * 1000:.0f} ms")
    click.echo("Your own files: newsindex index FILES…, then newsindex search WORDS", err=True)
    if not results.total:
        raise SystemExit(NOTHING_FOUND)
