"""``python -m benchmarks.soak`` runs a server for long under load while its index changes all the time.

Clients ask for searches, facets, near-duplicates, completions, articles like one, feeds and downloads.
Beside them one thread adds and deletes articles without a pause, and now and then checks and optimizes the
index. The memory of each process of the server is printed every minute: the private memory (``RssAnon``),
without the mapped files of the index, which the system can take back at any time.
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final

import click
import httpx2

import newsindex

from .corpora import DATA, corpus, queries
from .load import newsindex_command, served

_PATIENCE: Final = 60.0  # seconds
_REQUESTS_PER_CONNECTION: Final = 50
_BATCH: Final = 200  # articles that are added, and deleted, by one commit
_CHANGES_BEFORE_CHECK: Final = 40
_CHANGES_BEFORE_OPTIMIZE: Final = 100


@dataclass
class Seen:
    """What the clients and the writer saw: answers by kind, commits, and errors."""

    answers: Counter[str] = field(default_factory=Counter)
    commits: int = 0
    errors: list[str] = field(default_factory=list)


def requests(
    rng: random.Random, asked: Sequence[str], ids: Sequence[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """An endless mix of requests, most of them plain searches: path and parameters."""
    while True:
        query = rng.choice(asked)
        yield rng.choices(
            [
                ("search", {"q": query}),
                ("search", {"q": query, "facets": "source", "timeline": "month", "sort": "recent"}),
                ("search", {"q": query, "collapse": "true", "limit": "20"}),
                ("suggest", {"prefix": query[: rng.randint(2, 12)]}),
                ("similar", {"id": rng.choice(ids)}),
                ("search.rss", {"q": query}),
                ("search.csv", {"q": query}),
                ("health", {}),
            ],
            weights=[60, 8, 8, 10, 5, 3, 1, 5],
        )[0]


def client(
    number: int, address: str, end: float, asked: Sequence[str], ids: Sequence[str], seen: Seen
) -> None:
    """Asks without a pause until the end, with a new connection now and then: any worker may take it."""
    asks = requests(random.Random(number), asked, ids)
    while time.monotonic() < end:
        with httpx2.Client(timeout=_PATIENCE) as connection:
            for path, parameters in islice(asks, _REQUESTS_PER_CONNECTION):
                if time.monotonic() > end:
                    return
                try:
                    answer = connection.get(address + path, params=parameters)
                except httpx2.TransportError as error:
                    seen.errors.append(f"{path}: {error!r}")
                    break
                seen.answers[path] += 1
                is_gone = path == "similar" and answer.status_code == 404  # deleted by the writer just now
                if answer.status_code != 200 and not is_gone:
                    seen.errors.append(f"{path} {parameters}: {answer.status_code} {answer.text:.200}")


def change(path: str, end: float, seen: Seen) -> None:
    """Adds and deletes articles until the end, as many as before, and checks and optimizes in between."""
    with newsindex.open(path) as index:
        pool = list(islice(corpus(DATA, None), 20_000))
        waiting: list[list[str]] = []
        while time.monotonic() < end:
            number = seen.commits
            first = number * _BATCH % len(pool)
            batch = [
                replace(article, id=f"soak-{number}-{i}")
                for i, article in enumerate(pool[first : first + _BATCH])
            ]
            try:
                index.add(batch)
                waiting.append([article.id for article in batch])
                if len(waiting) > 20:
                    index.delete(*waiting.pop(0))
                if number % _CHANGES_BEFORE_CHECK == 0:
                    index.check()
                if number % _CHANGES_BEFORE_OPTIMIZE == _CHANGES_BEFORE_OPTIMIZE - 1:
                    index.optimize()
            except newsindex.NewsIndexError as error:
                seen.errors.append(f"writer: {error}")
            seen.commits += 1


def private_memory(process: int) -> list[int]:
    """The private memory in megabytes of a process and of those that it started, largest first."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family = {process} | {child for child, parent in parents.items() if parent == process}
    sizes = []
    for member in family:
        status = Path(f"/proc/{member}/status").read_text()
        sizes.append(int(status.split("RssAnon:")[1].split()[0]) // 1024)
    return sorted(sizes, reverse=True)


@click.command()
@click.option("--minutes", default=20.0, show_default=True)
@click.option("--clients", default=8, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Processes of the server.")
def main(minutes: float, clients: int, workers: int) -> None:
    """Serve the news corpus under load and change, and print the memory of the server every minute."""
    asked = [" ".join(words) for words in queries(DATA)["any"]]
    seen = Seen()
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "soak.newsindex")
        with newsindex.create(path) as index:
            index.add(corpus(DATA, None))
            ids = [article.id for article in islice(index, 5_000)]
            click.echo(f"{len(index):,} articles, {clients} clients, {workers} workers, {minutes:g} minutes")
        with served(newsindex_command(Path(path), workers)) as (address, process):
            start = time.monotonic()
            end = start + 60 * minutes
            threads = [
                threading.Thread(target=client, args=(number, address, end, asked, ids, seen))
                for number in range(clients)
            ]
            threads.append(threading.Thread(target=change, args=(path, end, seen)))
            for thread in threads:
                thread.start()
            while (now := time.monotonic()) < end:
                time.sleep(min(60.0, end - now))
                click.echo(
                    f"{(time.monotonic() - start) / 60:4.0f} min  {sum(seen.answers.values()):8,} answers  "
                    f"{seen.commits:5,} commits  {len(seen.errors)} errors  "
                    f"MB of each process: {' '.join(map(str, private_memory(process)))}"
                )
            for thread in threads:
                thread.join()
        with newsindex.open(path) as index:
            index.check()
    click.echo(f"answers: {dict(seen.answers)}; commits: {seen.commits}; errors: {len(seen.errors)}")
    for error in seen.errors[:10]:
        click.echo(f"  {error}", err=True)


if __name__ == "__main__":
    main()
