"""``python -m benchmarks.second_stage`` fits the second stage of the ranking to judged questions.

For every question the matches that the first stage puts first are collected once, with the first positions
of the words. The weight ``lead`` and the position HALF of ``query/ranking/second_stage.py`` are then varied
over a grid, and the gain in nDCG@10 over the first stage alone is shown for each collection. Of a grid, the
values are chosen that gain most in the mean over the collections, among those that lose on none.

They are cross-validated in two ways: chosen on all collections but one and tested on that one; and chosen on
four fifths of the questions of each collection and tested on the rest.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import click
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

import newsindex
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.ranking.ranked_page import rank
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.ranking.second_stage import MAX_RERANKED, SecondStage
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.storage.stored_articles import restore_article

from .corpora import DATA
from .judged import COLLECTIONS, Judged, load

HALVES: Final = (20, 30, 40, 50, 60, 80, 120)
LEADS: Final = (0.25, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5)
FOLDS: Final = 5
_CUTOFF: Final = 10
_DISCOUNTS: Final = 1 / np.log2(np.arange(2, _CUTOFF + 2))

Values = tuple[int, float]
"""HALF and ``lead``."""
Gains = Mapping[Values, Sequence[NDArray[np.float64]]]
"""For each values, and for each collection: the gain of every question."""


class Question(NamedTuple):
    """The best matches of a question in the order of the first stage.

    ``scores`` and ``grades`` have the shape (matches,), ``shares`` (words,), ``positions`` (words, matches).
    """

    fold: int
    scores: NDArray[np.float32]
    grades: NDArray[np.float64]
    shares: NDArray[np.float32]
    positions: NDArray[np.float32]
    ideal: float

    def ndcg(self, half: float, lead: float) -> float:
        """nDCG@10 with some values; with a ``lead`` of 0, that of the first stage."""
        factors = 1 + lead * self.shares @ (half / (half + self.positions))
        best = np.argsort(-(self.scores * factors)[:MAX_RERANKED], kind="stable")[:_CUTOFF]
        return float(self.grades[best] @ _DISCOUNTS[: len(best)]) / self.ideal


def collected(judged: Judged) -> list[Question]:
    """The questions of a collection, each with its best matches."""
    with tempfile.TemporaryDirectory() as home, newsindex.create(Path(home, "i")) as index:
        index.add(judged.articles)
        with index.snapshot() as searcher:
            return [
                _question(searcher._backend.snapshot, searcher._parsed(text, "any"), key, judged.answers[key])
                for key, text in judged.questions.items()
            ]


def _question(snapshot: Snapshot, query: ParsedQuery, key: str, answers: Mapping[str, int]) -> Question:
    page = rank(snapshot, query, SearchOptions(MAX_RERANKED, second_stage=False))
    stage = SecondStage(query.tree, snapshot)
    positions = np.full((len(stage.words), len(page.hits)), np.inf, np.float32)
    grades = np.zeros(len(page.hits))
    for place, hit in enumerate(page.hits):
        segment, document = hit.position.segment, hit.position.document
        positions[:, place] = stage.positions(snapshot.views[segment], np.array([document]))[:, 0]
        article = restore_article(snapshot.segments[segment].text(document), snapshot.zone)
        grades[place] = answers.get(article.id, 0)
    best = sorted(answers.values(), reverse=True)[:_CUTOFF]
    return Question(
        zlib.crc32(key.encode()) % FOLDS,
        np.array([hit.score for hit in page.hits], np.float32),
        grades,
        np.array([word.gain for word in stage.words], np.float32) / np.float32(snapshot.ranking.lead),
        positions,
        float(np.array(best) @ _DISCOUNTS[: len(best)]),
    )


def gains_of(asked: Sequence[Sequence[Question]]) -> Gains:
    """The gains of all values of the grid over the first stage."""
    first = [np.array([question.ndcg(1, 0) for question in questions]) for questions in asked]
    return {
        (half, lead): [
            np.array([question.ndcg(half, lead) for question in questions]) - before
            for questions, before in zip(asked, first, strict=True)
        ]
        for half in HALVES
        for lead in LEADS
    }


def chosen(gains: Gains, kept: Sequence[NDArray[np.bool_]]) -> Values:
    """The values that gain most in the mean over the collections, among those that lose on none.

    ``kept`` tells for each collection which questions count; a collection of which none counts is left out.
    """
    means = {
        values: [float(of_one[mask].mean()) for of_one, mask in zip(of_each, kept, strict=True) if mask.any()]
        for values, of_each in gains.items()
    }
    harmless = [values for values, of_each in means.items() if min(of_each) >= 0]
    return max(harmless or means, key=lambda values: sum(means[values]))


def validations(asked: Sequence[Sequence[Question]]) -> Iterator[tuple[str, list[NDArray[np.bool_]]]]:
    """What is tested, by name, and for each collection which questions the values are chosen on."""
    folds = [np.array([question.fold for question in questions]) for questions in asked]
    for left in range(len(asked)):
        yield f"collection {left + 1}", [np.full(len(fold), i != left) for i, fold in enumerate(folds)]
    for number in range(FOLDS):
        yield f"fold {number + 1}", [fold != number for fold in folds]


@click.command()
@click.option("--collection", "collections", multiple=True, type=click.Choice(COLLECTIONS))
@click.option("--json", "output", type=click.Path(path_type=Path), help="Write the figures here too.")
def main(collections: tuple[str, ...], output: Path | None) -> None:
    """Fit the second stage of the ranking to the judged questions, and cross-validate it."""
    names = collections or COLLECTIONS
    asked = [collected(load(name, DATA)) for name in names]
    gains = gains_of(asked)
    console = Console(width=120)
    table = _table("gain in nDCG@10 over the first stage", "HALF, lead", names)
    for values, of_each in gains.items():
        means = [float(of_one.mean()) for of_one in of_each]
        best = values == chosen(gains, [np.full(len(of_one), True) for of_one in of_each])
        table.add_row(_named(values), *_cells(means), style="bold" if best else "")
    console.print(table)
    table = _table("cross-validation: gains on what the values were not chosen on", "tested", names)
    for tested, kept in validations(asked):
        values = chosen(gains, kept)
        left = [of_one[~mask] for of_one, mask in zip(gains[values], kept, strict=True)]
        table.add_row(
            f"{tested} ({_named(values)})", *_cells([float(x.mean()) if x.size else None for x in left])
        )
    console.print(table)
    if output:
        figures = {_named(values): [float(x.mean()) for x in of_each] for values, of_each in gains.items()}
        output.write_text(json.dumps({"collections": names, "gains": figures}, indent=2) + "\n")


def _table(title: str, first: str, names: Sequence[str]) -> Table:
    table = Table(title=title)
    for column in (first, *names, "mean"):
        table.add_column(column, justify="right")
    return table


def _named(values: Values) -> str:
    return f"{values[0]}, {values[1]:g}"


def _cells(gains: Sequence[float | None]) -> list[str]:
    known = [gain for gain in gains if gain is not None]
    return ["" if gain is None else f"{gain:+.4f}" for gain in [*gains, sum(known) / len(known)]]


if __name__ == "__main__":
    main()
