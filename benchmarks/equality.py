"""``python -m benchmarks.equality`` compares what newsindex answers with its compiled kernel and without.

A corpus is indexed in both ways, and some thousands of questions of every kind are asked of the index: with
the kernel, without it, and without it of the index that was built without it. The answers must be equal in
every character: ids, scores to the last bit, totals, cursors, marks, facets, corrections, and so must the
pages that follow and the completions. A cursor names its index, and is left out between two indexes. Of a
small part of the corpus the scores of all matches must also be those of the reference engine of the tests.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click

import newsindex
from newsindex import Article, NewsIndexError, Results
from newsindex.compiled.loading import SWITCH
from newsindex.encoding.result_json import page_dict
from newsindex.query.evaluation.term_dictionary import SnapshotDictionary
from newsindex.query.syntax.parser import parse_query

from .corpora import DATA, Corpus
from .engine import in_process
from .questions import Question, questions

_PREFIXES: Final = 0.1  # of the questions whose first letters are completed too
_TOLERANCE: Final = 1e-5  # of the reference, which computes in 64 bits
_SHOWN: Final = 5  # differences


@click.command()
@click.option("--articles", type=int, help="So many recombined articles, instead of the real corpus.")
@click.option("--long", type=int, help="So many recombined articles of over 800 words.")
@click.option("--questions", "count", default=2000, show_default=True, help="How many are asked.")
@click.option("--reference", default=300, show_default=True, help="Articles that the reference engine reads.")
def main(articles: int | None, long: int | None, count: int, reference: int) -> None:
    """Compare both ways of answering, and exit with status 1 where they differ."""
    if newsindex.kernel() is None:
        raise click.ClickException("the compiled kernel is not installed, so there is nothing to compare")
    corpus = Corpus(articles, long)
    asked = list(questions(DATA, count))
    different = 0
    with tempfile.TemporaryDirectory() as home:
        by_kernel, by_arrays = Path(home) / "kernel", Path(home) / "arrays"
        in_process(build, by_kernel, corpus, True)
        in_process(build, by_arrays, corpus, False)
        expected = in_process(answers, by_kernel, asked, True)
        found = in_process(answers, by_kernel, asked, False)
        different += _compare("with the kernel and without", expected, found)
        built = in_process(answers, by_arrays, asked, False)
        different += _compare("of an index built without", map(_bare, expected), map(_bare, built))
    plain = [query for query, _ in asked if "source:" not in query and "date:" not in query]
    few = list(corpus._replace(limit=reference).articles(DATA))
    for with_kernel in (True, False):
        missed = in_process(compare_with_reference, few, plain[: count // 10], with_kernel)
        click.echo(f"reference engine, {'with the kernel' if with_kernel else 'without'}: {missed} differ")
        different += missed
    sys.exit(1 if different else 0)


def choose_way(with_kernel: bool) -> None:
    """Decides for this process, before anything asks for the kernel, whether it is used."""
    os.environ[SWITCH] = "1" if with_kernel else "0"
    if (newsindex.kernel() is not None) != with_kernel:
        raise RuntimeError("the kernel was looked for before it was decided whether it is used")


def build(folder: Path, corpus: Corpus, with_kernel: bool) -> None:
    """Indexes a corpus in one of the two ways."""
    choose_way(with_kernel)
    with newsindex.create(folder) as index:
        index.add(corpus.articles(DATA))


def answers(folder: Path, asked: list[Question], with_kernel: bool) -> list[str]:
    """What each question is answered, as JSON, and the completions of the beginnings of some."""
    choose_way(with_kernel)
    with newsindex.open(folder) as index:
        found = []
        for query, arguments in asked:
            pages = list(_pages(index, query, arguments))
            found.append(json.dumps({"question": query, "arguments": arguments, "pages": pages}))
        for query, _ in asked[:: round(1 / _PREFIXES)]:
            prefix = query[: len(query) // 2 + 1]
            found.append(json.dumps({"prefix": prefix, "suggestions": index.suggest(prefix)}))
        return found


def _pages(index: newsindex.Index, query: str, arguments: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The first page of results and the next one, or the error."""
    after = None
    for _ in range(2):
        try:
            results = index.search(query, after=after, **arguments)
        except NewsIndexError as error:
            yield {"error": repr(error)}
            return
        yield _page(results)
        after = results.next
        if after is None:
            return


def _page(results: Results) -> dict[str, Any]:
    page = page_dict(results)
    del page["seconds"]
    return page


def _bare(answer: str) -> str:
    """An answer without its cursors, which name the index."""
    read = json.loads(answer)
    for page in read.get("pages", ()):
        page.pop("next", None)
    return json.dumps(read)


def _compare(title: str, expected: Any, found: Any) -> int:
    """How many answers differ; the first of them are shown."""
    total = different = 0
    for mine, theirs in zip(expected, found, strict=True):
        total += 1
        if mine != theirs:
            different += 1
            if different <= _SHOWN:
                click.echo(f"  {_first_difference(mine, theirs)}", err=True)
    click.echo(f"{title}: {total} answers, {different} differ")
    return different


def _first_difference(mine: str, theirs: str) -> str:
    place = next((i for i, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), 0)
    start = max(place - 60, 0)
    return f"{mine[:90]} … {mine[start : place + 60]!r} and {theirs[start : place + 60]!r}"


def compare_with_reference(articles: list[Article], queries: list[str], with_kernel: bool) -> int:
    """How many of some queries have other matches or scores than the reference engine gives them.

    It computes the first stage of the ranking, so the index has no second one.
    """
    choose_way(with_kernel)
    engine = import_module("tests.reference.engine").ReferenceEngine(articles)
    different = 0
    with tempfile.TemporaryDirectory() as home, newsindex.create(Path(home) / "i", lead=0) as index:
        index.add(articles)
        dictionary = SnapshotDictionary(index.snapshot()._backend.snapshot)
        for query in filter(str.strip, queries):  # the engine finds nothing for an empty one
            try:
                tree = parse_query(query, index.zone, dictionary=dictionary).tree
                found = {hit.article.id: hit.score for hit in index.search(query, limit=len(articles))}
            except NewsIndexError:
                continue
            expected = engine.first_stage(tree)
            is_same = found.keys() == expected.keys() and all(
                abs(found[key] - expected[key]) <= _TOLERANCE * max(1.0, abs(expected[key])) for key in found
            )
            if not is_same:
                different += 1
                click.echo(f"  reference: {query!r}", err=True)
    return different


if __name__ == "__main__":
    main()
