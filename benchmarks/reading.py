"""``python -m benchmarks.reading`` measures reading's share of indexing, and counts archived pages found."""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

import newsindex
from newsindex import Article

from .__main__ import DATA


@dataclass(frozen=True)
class JsonLines:
    """Of indexing a file as the command does it: the share that is not analysis, writing or merging."""

    articles: int
    articles_per_second: float
    reading_share: float


@dataclass(frozen=True)
class Archives:
    """What was found in the measuring archives, and which of them were reported."""

    pages: list[str]
    errors: list[str]


class _Stopwatch:
    """Times what an iterator takes to give its items, not what is done with them."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def over(self, articles: Iterator[Article]) -> Iterator[Article]:
        while True:
            started = time.perf_counter()
            article = next(articles, None)
            self.seconds += time.perf_counter() - started
            if article is None:
                return
            yield article


def json_lines(path: Path) -> JsonLines:
    """The figures of one run over a file of JSON Lines, which is unpacked first."""
    with tempfile.TemporaryDirectory() as home:
        plain = Path(home, "articles.jsonl")
        with gzip.open(path) as packed, open(plain, "wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
        index = newsindex.create(Path(home, "presse.newsindex"))
        reading = _Stopwatch()
        started = time.perf_counter()
        corpus = newsindex.read(plain)
        corpus._articles = reading.over(corpus._articles)  # add() needs the corpus itself, to resume
        report = index.add(corpus, workers=1, resume=True)
        seconds = time.perf_counter() - started
        index.close()
    return JsonLines(report.added, report.added / seconds, reading.seconds / seconds)


def archives(folder: Path) -> Archives:
    """What is read of the measuring archives."""
    corpus = newsindex.read(folder)
    pages = sorted(article.id for article in corpus)
    return Archives(pages, [str(error).removeprefix(f"{folder}/") for error in corpus.errors])


@click.command()
def main() -> None:
    """Read the measuring data and print the figures as JSON."""
    found = {
        "jsonl": asdict(json_lines(DATA / "orangesum.jsonl.gz")),
        "warc": asdict(archives(DATA / "warc")),
    }
    click.echo(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
