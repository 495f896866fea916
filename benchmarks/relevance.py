"""``python -m benchmarks.relevance`` measures how often newsindex and its peers put the right article first.

Every engine indexes the same articles and is asked the same questions, as a reader would type them, for a
hundred articles each. The measures are those of ir_measures; how likely newsindex and the best peer differ
by chance is told by the paired t-test over questions (Smucker, Allan and Carterette, "A Comparison of
Statistical Significance Tests for Information Retrieval Evaluation", CIKM 2007, found it to agree with the
randomisation test).
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import click
from rich.console import Console
from rich.table import Table

from .corpora import DATA
from .engine import in_process
from .floors import raised, read_floors, write_floors
from .judged import COLLECTIONS, Judged, load
from .peers import peer

ENGINES: Final = ("newsindex", "tantivy", "fts5", "bm25s")
DEPTH: Final = 100
MEASURES: Final = ("nDCG@10", "RR@10", "R@100")
Figures = dict[str, dict[str, float]]
"""By measure and question."""


class Comparison(NamedTuple):
    """newsindex against the best peer: how much more, and how likely chance alone differs as much."""

    peer: str
    gain: float
    p: float


def ask(engine: str, judged: Judged) -> dict[str, list[str]]:
    """The ids of the articles that an engine gives for each question, best first."""
    asked = peer(engine)
    with tempfile.TemporaryDirectory() as home:
        asked.build(Path(home), judged.articles, 1)
        asked.open(Path(home))
        return {key: asked.ranked(question, DEPTH) for key, question in judged.questions.items()}


def evaluate(rankings: Mapping[str, list[str]], answers: Mapping[str, dict[str, int]]) -> Figures:
    """Each measure of each question."""
    import ir_measures

    # parse_measure of the library needs a part of ast that Python 3.14 no longer has.
    parts = {name: name.split("@") for name in MEASURES}
    measures = {name: getattr(ir_measures, kind) @ int(depth) for name, (kind, depth) in parts.items()}
    run = {
        question: {article: float(-place) for place, article in enumerate(articles)}
        for question, articles in rankings.items()
    }
    figures: Figures = {name: dict.fromkeys(answers, 0.0) for name in measures}
    for metric in ir_measures.iter_calc(measures.values(), answers, run):
        figures[str(metric.measure)][metric.query_id] = metric.value
    return figures


def means(figures: Figures) -> dict[str, float]:
    """Each measure's mean over the questions."""
    return {name: sum(values.values()) / len(values) for name, values in figures.items()}


def compare(by_engine: Mapping[str, Figures], measure: str) -> Comparison:
    """Compares newsindex with the peer with the highest mean."""
    from scipy.stats import ttest_rel

    own = by_engine["newsindex"][measure]
    best = max(
        (name for name in by_engine if name != "newsindex"), key=lambda n: means(by_engine[n])[measure]
    )
    other = by_engine[best][measure]
    gains = [own[question] - other[question] for question in own]
    p = ttest_rel(list(own.values()), [other[question] for question in own]).pvalue if any(gains) else 1.0
    return Comparison(best, sum(gains) / len(gains), float(p))


def measured(name: str, data: Path, engines: Iterable[str]) -> dict[str, Any]:
    """All figures of one collection, for the table and for JSON."""
    judged = load(name, data)
    by_engine = {engine: evaluate(in_process(ask, engine, judged), judged.answers) for engine in engines}
    result: dict[str, Any] = {
        "collection": name,
        "sha256": judged.digest,
        "articles": len(judged.articles),
        "questions": len(judged.questions),
        "engines": {engine: means(figures) for engine, figures in by_engine.items()},
    }
    if "newsindex" in by_engine and len(by_engine) > 1:
        result["newsindex against the best peer"] = {
            measure: compare(by_engine, measure)._asdict() for measure in MEASURES
        }
    return result


@click.command()
@click.option(
    "--collection", "collections", multiple=True, type=click.Choice(COLLECTIONS), help="Default: all."
)
@click.option("--engine", "engines", multiple=True, type=click.Choice(ENGINES), help="Default: all.")
@click.option("--json", "output", type=click.Path(path_type=Path), help="Write the figures here too.")
@click.option("--raise-floors", is_flag=True, help="Raise the floors that newsindex surpassed.")
@click.option(
    "--accept-lower", is_flag=True, help="Set the floors to these figures, also where that lowers them."
)
def main(
    collections: tuple[str, ...],
    engines: tuple[str, ...],
    output: Path | None,
    raise_floors: bool,
    accept_lower: bool,
) -> None:
    """Ask newsindex and its peers judged questions; exit with 1 where newsindex misses a floor."""
    results = [measured(name, DATA, engines or ENGINES) for name in collections or COLLECTIONS]
    for result in results:
        _show(result)
    if output:
        output.write_text(json.dumps(results, indent=2) + "\n")
    sys.exit(_keep(results, raise_floors, accept_lower))


def _show(result: dict[str, Any]) -> None:
    table = Table(
        title=f"{result['collection']}: {result['questions']:,} questions, {result['articles']:,} articles"
    )
    for column in ("engine", *MEASURES):
        table.add_column(column, justify="right")
    for engine, figures in result["engines"].items():
        table.add_row(engine, *(f"{figures[measure]:.4f}" for measure in MEASURES))
    compared = result.get("newsindex against the best peer")
    if compared:
        table.add_section()
        table.add_row(
            "more than the best peer",
            *(f"{c['gain']:+.4f} ({c['peer']}, p={c['p']:.2g})" for c in compared.values()),
        )
    Console(width=120).print(table)


def _keep(results: Iterable[dict[str, Any]], raise_floors: bool, accept_lower: bool) -> int:
    """Compares with the floors, and writes them anew where that is asked for; the exit status."""
    floors = read_floors()
    status = 0
    for result in results:
        name, digest, figures = result["collection"], result["sha256"], result["engines"].get("newsindex")
        if figures is None:
            continue
        known = floors.get(name)
        if known and known.digest != digest:
            click.echo(f"{name}: the floors are of other data")
        elif known and not accept_lower:
            for measure, floor in known.missed(figures).items():
                click.echo(
                    f"{name}: {measure} is {figures[measure]:.4f}, below its floor of {floor}", err=True
                )
                status = 1
        floors[name] = raised(known, digest, figures, accept_lower)
    if raise_floors or accept_lower:
        write_floors(floors)
    return status


if __name__ == "__main__":
    main()
