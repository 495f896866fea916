"""``python -m benchmarks.newsroom`` measures the daily work on a large index.

That is opening it, a page by date, facets and a timeline of a frequent word, the memory of searching, and a
hundred new articles until they are seen.
"""

from __future__ import annotations

import json
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import click

import newsindex
from newsindex import Article

from .corpora import DATA, queries, recombined
from .engine import in_process

_WORD = "france"
_TIMES = 20


def build(folder: str, articles: int) -> None:
    """Makes the index."""
    with newsindex.create(folder) as index:
        index.add(recombined(DATA, articles))


def opening(folder: str) -> float:
    """Milliseconds from opening to the first answer, in a process that has not searched before."""
    started = time.perf_counter()
    newsindex.open(folder).search("maroc")
    return _milliseconds(started)


def work(folder: str) -> dict[str, float]:
    """The figures of one process, in milliseconds and MB."""
    index = newsindex.open(folder)
    matches = index.search(_WORD).total
    found = {
        "matches": matches,
        "newest page ms": _median(lambda: index.search(_WORD, sort="newest", highlight=False)),
        "facets and timeline ms": _median(
            lambda: index.search(_WORD, limit=0, facets="source", timeline="month")
        ),
    }
    for words in queries(DATA)["end to end"]:
        index.search(" ".join(words))
    found["resident MB beyond files"] = _anonymous_memory() / 1e6
    new = [
        Article(f"Dépêche {i}", article.body, id=f"new{time.time_ns()}-{i}", published=article.published)
        for i, article in enumerate(islice(recombined(DATA, 100), 100))
    ]
    started = time.perf_counter()
    index.add(new)
    seen = index.search("dépêche", sort="newest").hits
    found["100 articles added and seen ms"] = _milliseconds(started)
    assert new[0].id in index
    assert seen
    return found


def _median(ask: Callable[[], object]) -> float:
    taken = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        ask()
        taken.append(_milliseconds(started))
    return statistics.median(taken)


def _milliseconds(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def _anonymous_memory() -> int:
    """Bytes in memory that are no mapped file's (Linux)."""
    found = re.search(r"RssAnon:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return 1024 * int(found[1]) if found else 0


@click.command()
@click.option("--articles", default=1_000_000, show_default=True, help="So many recombined articles.")
@click.option("--at", "folder", help="An index to measure (articles are added to it), instead of making one.")
def main(articles: int, folder: str | None) -> None:
    """Measure newsindex on a large index and print the figures as JSON."""
    with tempfile.TemporaryDirectory() as home:
        if folder is None:
            folder = str(Path(home, "presse.newsindex"))
            in_process(build, folder, articles)
        first = statistics.median(in_process(opening, folder) for _ in range(5))
        found = {"open to first answer ms": first, **in_process(work, folder)}
    click.echo(json.dumps({name: round(value, 1) for name, value in found.items()}, indent=2))


if __name__ == "__main__":
    main()
