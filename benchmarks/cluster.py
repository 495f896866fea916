"""``python -m benchmarks.cluster`` measures an index on OpenSearch nodes, and compares it with a local one.

It starts the nodes itself, all on this machine: so it tells what a cluster costs, and not how far one grows.
The rate of indexing is without the processor time that the making of the articles takes. The times of
searches are by the clock, from the call to the last mark of ten hits, once every query has been asked before.
Agreement is between the ten best articles of the cluster and of a folder with the same articles.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import click
from rich.console import Console
from rich.table import Table

import newsindex
from newsindex import Article, Index
from tests.cluster.engine_files import VERSIONS, EngineBroken, EngineMissing
from tests.cluster.nodes import ask, running_nodes

from .corpora import DATA, Corpus, queries
from .judged import COLLECTIONS, load
from .relevance import evaluate, means

PARTS: Final = ("scale", "agreement", "growth")
GROWTH: Final = (1, 2, 3)
_BEST: Final = 10
_GIGABYTE: Final = 10**9
_FULL_SHARD: Final = 30 * _GIGABYTE  # OpenSearch advises 10 to 50 GB
_Figures = dict[str, Any]


class Running(NamedTuple):
    """A cluster that is measured: the address of its nodes, and the first one's URL."""

    address: str
    url: str


@click.command()
@click.option("--only", "parts", type=click.Choice(PARTS), multiple=True, help="Default: all.")
@click.option("--articles", default=300_000, show_default=True, help="Recombined articles of the first part.")
@click.option("--growth", "grown", default=30_000, show_default=True, help="Those on 1, 2 and 3 nodes.")
@click.option("--queries", "asked", default=200, show_default=True, help="Of each kind.")
@click.option("--questions", type=int, help="Judged questions of each collection; default: all.")
@click.option("--heap", default="1g", show_default=True, help="Memory of each node, as Java writes it.")
@click.option("--version", "major", type=click.Choice(list(VERSIONS)), default="2", show_default=True)
@click.option("--at", help="A cluster that runs, as http://host:port, instead of nodes of its own.")
@click.option("--json", "output", type=click.Path(path_type=Path), help="Write the figures here too.")
def main(
    parts: tuple[str, ...],
    articles: int,
    grown: int,
    asked: int,
    questions: int | None,
    heap: str,
    major: str,
    at: str | None,
    output: Path | None,
) -> None:
    """Measure indexing, searches, agreement with a local index, growth, and the size of shards."""

    @contextmanager
    def cluster(count: int) -> Iterator[Running]:
        if at is not None:
            yield Running(f"opensearch://{at.removeprefix('http://').rstrip('/')}", at.rstrip("/"))
            return
        with running_nodes(count, VERSIONS[major], heap=heap, is_measured=True) as nodes:
            yield Running(nodes.address, nodes[0].url)

    figures: _Figures = {}
    chosen = parts or PARTS
    try:
        if "scale" in chosen or "agreement" in chosen:
            with cluster(3) as running:
                if "agreement" in chosen:
                    figures["agreement"] = [agreement(running, name, questions) for name in COLLECTIONS]
                    _show_agreement(figures["agreement"])
                if "scale" in chosen:
                    corpus = Corpus(recombined=articles)
                    figures["scale"] = [{"nodes": 3, **scale(running, corpus, asked, "shards=3&replicas=1")}]
                    _show_scale(f"{articles:,} articles, 3 shards with one replica each", figures["scale"])
        if "growth" in chosen and at is None:
            figures["growth"] = []
            for count in GROWTH:
                with cluster(count) as running:
                    measured = scale(running, Corpus(recombined=grown), asked, "shards=3&replicas=0")
                    figures["growth"].append({"nodes": count, **measured})
            _show_scale(f"{grown:,} articles, 3 shards without replicas", figures["growth"])
    except (EngineMissing, EngineBroken) as error:
        raise click.ClickException(str(error)) from error
    if output:
        output.write_text(json.dumps(figures, indent=2) + "\n")


# Scale


def scale(running: Running, corpus: Corpus, asked: int, options: str) -> _Figures:
    """Indexes a corpus; returns articles in a second, milliseconds by kind of query, and sizes."""
    drawn = queries(DATA)
    with _fresh_index(running, options) as index:
        articles = _Timed(corpus.articles(DATA))
        started = time.perf_counter()
        report = index.add(articles)
        seconds = time.perf_counter() - started - articles.seconds
        if report.errors:
            raise click.ClickException(f"{report.error_count:,} articles were refused: {report.errors[:3]}")
        sizes = _sizes(running, index)
        times = {
            kind: _summary(_times(ask_index, index, drawn[words][:asked]))
            for kind, (words, ask_index) in _KINDS.items()
        }
    rate = report.added / seconds
    return {"articles": report.added, "index_seconds": seconds, "rate": rate, **sizes, "queries": times}


class _Timed(Iterator[Article]):
    """Articles, and the seconds of the processor that their making takes."""

    def __init__(self, articles: Iterator[Article]) -> None:
        self._articles = articles
        self.seconds = 0.0

    def __next__(self) -> Article:
        started = time.thread_time()
        try:
            return next(self._articles)
        finally:
            self.seconds += time.thread_time() - started


_KINDS: Final[dict[str, tuple[str, Callable[[Index, str], object]]]] = {
    "any": ("any", lambda index, text: _ranked(index.search(text, highlight=False))),
    "all": ("all", lambda index, text: _ranked(index.search(text, operator="all", highlight=False))),
    "phrase": ("phrase", lambda index, text: _ranked(index.search(f'"{text}"', highlight=False))),
    "ten highlighted hits": ("any", lambda index, text: _shown(index.search(text))),
    "with facets": ("any", lambda index, text: _shown(index.search(text, facets="source", timeline="month"))),
}


def _ranked(results: newsindex.Results) -> list[str]:
    return [hit.article.id for hit in results]


def _shown(results: newsindex.Results) -> list[tuple[str, str]]:
    return [(hit.headline.html, hit.snippet.html) for hit in results]


def _times(
    ask_index: Callable[[Index, str], object], index: Index, asked: Sequence[Sequence[str]]
) -> list[float]:
    """The milliseconds of each query, given as its words, once all have been asked."""
    texts = [" ".join(words) for words in asked]
    for text in texts:
        ask_index(index, text)
    taken = []
    for text in texts:
        started = time.perf_counter()
        ask_index(index, text)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def _summary(taken: Sequence[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {
        "mean": statistics.fmean(ordered),
        "median": statistics.median(ordered),
        "p99": ordered[int(0.99 * len(ordered))],
    }


def _sizes(running: Running, index: Index) -> _Figures:
    """Bytes on the shards, and the memory that the nodes use."""
    stats = index.stats()
    nodes = ask(running.url, "GET", "/_nodes/stats/jvm")["nodes"].values()
    primary = stats.bytes_by_part["primaries"]
    return {
        "bytes": primary,
        "bytes_per_article": primary / max(stats.articles, 1),
        "articles_per_gigabyte": stats.articles * _GIGABYTE / max(primary, 1),
        "articles_of_a_full_shard": stats.articles * _FULL_SHARD / max(primary, 1),
        "heap_used": [node["jvm"]["mem"]["heap_used_in_bytes"] for node in nodes],
    }


@contextmanager
def _fresh_index(running: Running, options: str) -> Iterator[Index]:
    """An empty index on the cluster, which is deleted afterwards."""
    name = f"benchmark-{os.getpid()}-{time.monotonic_ns()}"
    try:
        with newsindex.create(f"{running.address}/{name}?{options}&timeout=120") as index:
            yield index
    finally:
        rows = ask(running.url, "GET", f"/_cat/indices/{name}-*?format=json&h=index&expand_wildcards=all")
        for row in rows:
            ask(running.url, "DELETE", f"/{row['index']}")


# Agreement


def agreement(running: Running, name: str, questions: int | None) -> _Figures:
    """How alike a cluster and a folder answer the judged questions of a collection."""
    judged = load(name, DATA)
    asked = dict(list(judged.questions.items())[:questions])
    answers = {question: judged.answers[question] for question in asked}
    with tempfile.TemporaryDirectory() as home, newsindex.create(Path(home) / "local") as index:
        local = _rankings(index, judged.articles, asked)
    with _fresh_index(running, "shards=3&replicas=0") as index:
        remote = _rankings(index, judged.articles, asked)
    measured = {
        place: means(evaluate(found, answers)) for place, found in (("local", local), ("cluster", remote))
    }
    return {
        "collection": name,
        "articles": len(judged.articles),
        "questions": len(asked),
        "overlap": statistics.fmean(_overlap(local[key], remote[key]) for key in asked),
        "same_three": statistics.fmean(local[key][:3] == remote[key][:3] for key in asked),
        **{place: figures["nDCG@10"] for place, figures in measured.items()},
    }


def _rankings(index: Index, articles: Iterable[Article], asked: dict[str, str]) -> dict[str, list[str]]:
    """The ids of the ten best articles for each question."""
    index.add(articles)
    return {
        key: _ranked(index.search(question, limit=_BEST, highlight=False)) for key, question in asked.items()
    }


def _overlap(expected: Sequence[str], found: Sequence[str]) -> float:
    """The part of the articles that both found; 1 where neither found any."""
    most = max(len(expected), len(found))
    return len({*expected} & {*found}) / most if most else 1.0


# Tables


def _show_scale(title: str, rows: Sequence[_Figures]) -> None:
    table = Table(title=f"{title}; the nodes share {os.cpu_count()} cores")
    for column in ("nodes", "articles/s", "bytes/article", "articles/GB", "per 30 GB shard", "heap MB"):
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(
            str(row["nodes"]), f"{row['rate']:,.0f}", f"{row['bytes_per_article']:,.0f}",
            f"{row['articles_per_gigabyte']:,.0f}", f"{row['articles_of_a_full_shard']:,.0f}",
            ", ".join(f"{used / 1e6:.0f}" for used in row["heap_used"]),
        )  # fmt: skip
    times = Table(title="ten best: milliseconds by the clock, mean / median / p99")
    for column in ("nodes", *_KINDS):
        times.add_column(column, justify="right")
    for row in rows:
        cells = [
            " / ".join(f"{figures[of]:.1f}" for of in ("mean", "median", "p99"))
            for figures in row["queries"].values()
        ]
        times.add_row(str(row["nodes"]), *cells)
    console = Console(width=150)
    console.print(table)
    console.print(times)


def _show_agreement(rows: Sequence[_Figures]) -> None:
    table = Table(title="agreement of a cluster with a folder")
    for column in (
        "collection", "questions", "overlap of ten", "same three", "nDCG@10 local", "cluster", "difference",
    ):  # fmt: skip
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(
            row["collection"], f"{row['questions']:,}", f"{row['overlap']:.4f}", f"{row['same_three']:.4f}",
            f"{row['local']:.4f}", f"{row['cluster']:.4f}", f"{row['cluster'] - row['local']:+.4f}",
        )  # fmt: skip
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
