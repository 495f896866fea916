"""``python -m benchmarks.written_forms`` measures what each rule for written forms costs and brings.

Each rule of ``newsindex.query.syntax.written_variants`` is left out in turn, and the judged questions are
asked without it. A figure above 0 is what the rule brings. The time is that of parsing a question, which
finds the variants, for the first time and again; how much of it a rule takes is told by the time without it.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import click
from rich.console import Console
from rich.table import Table

import newsindex
from newsindex import Searcher
from newsindex.query.evaluation.term_dictionary import SnapshotDictionary
from newsindex.query.syntax import written_variants
from newsindex.query.syntax.nodes import QueryNode
from newsindex.query.syntax.parser import parse_query

from .corpora import DATA
from .judged import COLLECTIONS, Judged, load
from .relevance import DEPTH, evaluate, means

_TABLES: Final = (
    written_variants.RULES_OF_WORDS,
    written_variants.RULES_OF_COMPOUNDS,
    written_variants.RULES_OF_RUNS,
)
_RULES: Final = tuple(dict.fromkeys(rule for table in _TABLES for rule in table))
_MEASURES: Final = ("nDCG@10", "R@100")


class Measured(NamedTuple):
    """What one set of rules gives: the trees of all questions, the measures, and how long parsing takes.

    The times are the median microseconds of parsing a question for the first time, and of parsing it again.
    """

    trees: dict[str, str]
    means: dict[str, float]
    first: float
    again: float


@contextmanager
def without(rules: Sequence[str]) -> Iterator[None]:
    """A block in which some rules are left out."""
    kept = [dict(table) for table in _TABLES]
    for table in _TABLES:
        for rule in rules:
            table.pop(rule, None)
    try:
        yield
    finally:
        for table, all_rules in zip(_TABLES, kept, strict=True):
            table.clear()
            table.update(all_rules)


class Asked:
    """One collection, indexed, and the rankings of the trees that were searched before."""

    def __init__(self, judged: Judged, searcher: Searcher) -> None:
        self._judged = judged
        self._searcher = searcher
        self._rankings: dict[tuple[str, str], list[str]] = {}

    def measure(self) -> Measured:
        """The measures with the rules of the moment."""
        self._searcher._backend.snapshot.written_variants.clear()
        first, again = self._parse_all(), self._parse_all()
        trees = {key: str(self._parse(text)) for key, text in self._judged.questions.items()}
        rankings = {key: self._ranking(key, tree) for key, tree in trees.items()}
        return Measured(trees, means(evaluate(rankings, self._judged.answers)), first, again)

    def _parse_all(self) -> float:
        taken = []
        for text in self._judged.questions.values():
            started = time.perf_counter()
            self._parse(text)
            taken.append(time.perf_counter() - started)
        return statistics.median(taken) * 1e6

    def _parse(self, text: str) -> QueryNode:
        searcher = self._searcher
        dictionary = SnapshotDictionary(searcher._backend.snapshot)
        return parse_query(text, searcher.zone, "any", searcher.lexicon, dictionary).tree

    def _ranking(self, key: str, tree: str) -> list[str]:
        if (key, tree) not in self._rankings:
            text = self._judged.questions[key]
            results = self._searcher.search(text, limit=DEPTH, highlight=False)
            self._rankings[key, tree] = [hit.article.id for hit in results]
        return self._rankings[key, tree]


def measured(judged: Judged) -> Table:
    """The table of one collection."""
    table = Table(title=f"{judged.name}: {len(judged.questions):,} questions")
    for column in ("rule", "questions with it", *_MEASURES, "parsing, µs", "again, µs"):
        table.add_column(column, justify="right")
    with tempfile.TemporaryDirectory() as home, newsindex.create(Path(home) / "index") as index:
        index.add(judged.articles)
        with index.snapshot() as searcher:
            asked = Asked(judged, searcher)
            whole = asked.measure()
            for rule in (*_RULES, "all of them"):
                with without(_RULES if rule == "all of them" else [rule]):
                    left = asked.measure()
                changed = sum(tree != left.trees[key] for key, tree in whole.trees.items())
                gains = (f"{whole.means[name] - left.means[name]:+.4f}" for name in _MEASURES)
                times = (f"{whole.first - left.first:+.0f}", f"{whole.again - left.again:+.0f}")
                table.add_row(rule, f"{changed:,}", *gains, *times)
    table.add_section()
    figures = (f"{whole.means[name]:.4f}" for name in _MEASURES)
    table.add_row("with all", "", *figures, f"{whole.first:.0f}", f"{whole.again:.0f}")
    return table


@click.command()
@click.option(
    "--collection", "collections", multiple=True, type=click.Choice(COLLECTIONS), help="Default: all."
)
def main(collections: tuple[str, ...]) -> None:
    """Leave each rule for written forms out in turn, and show what it brings and what it costs."""
    if not DATA.is_dir():
        raise click.ClickException(
            f"{DATA} is not there: set NEWSINDEX_DATA to the folder of the measuring data"
        )
    for name in collections or COLLECTIONS:
        Console(width=120).print(measured(load(name, DATA)))


if __name__ == "__main__":
    main()
