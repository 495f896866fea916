"""``python -m benchmarks.weights`` shows that the weights of the ranking are well chosen.

Each weight is changed alone, the others staying as they are, and newsindex answers the judged questions
anew. Every collection's questions fall into two halves. A weight is well chosen where its figures hardly
change around it, and where the value that is best on one half is no better on the other: then what is left
to gain is chance.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from statistics import fmean
from typing import Final

import click
from rich.console import Console
from rich.table import Table

import newsindex
from newsindex.query.evaluation.bm25f import BM25F

from .corpora import DATA
from .judged import COLLECTIONS, Judged, load
from .relevance import DEPTH, evaluate

MEASURE: Final = "nDCG@10"
FACTORS: Final = (0.0, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_ONE_IN: Final = 8  # of the articles of a large corpus that answer no question
_LARGE: Final = 10_000
_SHARES: Final = ("headline_b", "body_b")  # from 0 to 1
_POSITIVE: Final = ("k1", "headline_weight", "body_weight")

Halves = tuple[float, float]


def thinned(judged: Judged) -> Judged:
    """The collection; of a large corpus the articles that answer, and some others, for the sake of time."""
    if len(judged.articles) < _LARGE:
        return judged
    sought = {article for grades in judged.answers.values() for article in grades}
    kept = [a for i, a in enumerate(judged.articles) if a.id in sought or i % _ONE_IN == 0]
    return replace(judged, articles=kept)


def halves(judged: Judged, weights: dict[str, float]) -> Halves:
    """The measure's mean over each half of the questions, with some weights."""
    with tempfile.TemporaryDirectory() as home, newsindex.create(Path(home, "i"), **weights) as index:
        index.add(judged.articles)
        rankings = {
            key: [hit.article.id for hit in index.search(question, limit=DEPTH, highlight=False)]
            for key, question in judged.questions.items()
        }
    values = evaluate(rankings, judged.answers)[MEASURE]
    first, second = ([v for key, v in values.items() if zlib.crc32(key.encode()) & 1 == i] for i in (0, 1))
    return fmean(first), fmean(second)


def values_of(weight: str) -> list[float]:
    """What is tried for a weight: some multiples of what it is."""
    own = asdict(BM25F())[weight]
    tried = {own * factor for factor in FACTORS if factor or weight not in _POSITIVE}
    return sorted({min(value, 1.0) for value in tried} if weight in _SHARES else tried)


@click.command()
@click.option("--collection", "collections", multiple=True, type=click.Choice(COLLECTIONS))
@click.option("--weight", "weights", multiple=True, type=click.Choice(list(asdict(BM25F()))))
@click.option("--json", "output", type=click.Path(path_type=Path), help="Write the figures here too.")
def main(collections: tuple[str, ...], weights: tuple[str, ...], output: Path | None) -> None:
    """Change the weights of the ranking one at a time, and show what becomes of the answers."""
    asked = [thinned(load(name, DATA)) for name in collections or COLLECTIONS]
    now = [halves(judged, {}) for judged in asked]
    results = {}
    for weight in weights or asdict(BM25F()):
        own = asdict(BM25F())[weight]
        results[weight] = {
            value: now if value == own else [halves(judged, {weight: value}) for judged in asked]
            for value in values_of(weight)
        }
        _show(weight, own, results[weight], [judged.name for judged in asked])
    if output:
        output.write_text(json.dumps(results, indent=2) + "\n")


def _show(weight: str, own: float, by_value: dict[float, list[Halves]], names: Iterable[str]) -> None:
    table = Table(title=f"{weight}: {MEASURE} on each half of the questions")
    for column in ("value", *names, "mean"):
        table.add_column(column, justify="right")
    mean_of = {value: [fmean(half) for half in zip(*found, strict=True)] for value, found in by_value.items()}
    for value, found in by_value.items():
        cells = [f"{first:.4f} {second:.4f}" for first, second in [*found, tuple(mean_of[value])]]
        table.add_row(f"{value:.4g}", *cells, style="bold" if value == own else "")
    Console(width=120).print(table)
    for half, other in ((0, 1), (1, 0)):
        best = max(mean_of, key=lambda value: mean_of[value][half])
        gain = mean_of[best][other] - mean_of[own][other]
        click.echo(f"best on half {half + 1}: {best:.4g}; on the other half {gain:+.4f} against {own:.4g}")


if __name__ == "__main__":
    main()
