"""``newsindex demo``: a first search, with nothing to prepare."""

from __future__ import annotations

from pathlib import Path

import click

import newsindex
from newsindex.cli.command_group import NOTHING_FOUND, WordsCommand, fail, json_option, main
from newsindex.cli.json_output import echo_json
from newsindex.encoding.result_json import results_dict


def sample_corpus() -> Path | None:
    """The sample articles: inside the installed package, or beside it in a checkout."""
    package = Path(newsindex.__file__).parent
    for folder in (package / "sample_corpus", package.parent / "sample_corpus"):
        if folder.is_dir():
            return folder
    return None


@main.command(cls=WordsCommand)
@click.argument("query", nargs=-1)
@json_option
def demo(query: tuple[str, ...], as_json: bool) -> None:
    """Index the sample articles in a temporary folder and search them for QUERY.

    Without a QUERY, for "Interpol Marrakech".
    """
    corpus = sample_corpus()
    if corpus is None:
        fail("the sample articles are not installed", 2)
    import tempfile  # no other command needs it

    text = " ".join(query) or "Interpol Marrakech"
    with tempfile.TemporaryDirectory() as folder:
        index = newsindex.create(Path(folder) / "demo.newsindex")
        report = index.add(newsindex.read(corpus))
        click.echo(f"{report.added} sample articles indexed; searching them for: {text}\n", err=True)
        results = index.search(text, limit=5)
        index.close()
    if as_json:
        echo_json(results_dict(text, results))
    else:
        from newsindex.cli.terminal import show_results  # rich is only loaded to print for people

        show_results(results)
        click.echo(f"{len(results)} of {results.total:,} articles, {results.seconds * 1000:.0f} ms", err=True)
    click.echo("Your own files: newsindex index FILES…, then newsindex search WORDS", err=True)
    if not results.total:
        raise SystemExit(NOTHING_FOUND)
