"""``python -m benchmarks.load`` measures how many searches ``newsindex serve`` answers, and how fast.

Some clients, each with one connection and one request at a time, ask the JSON API for pages of ten hits,
without a pause, on the same machine as the server. Beside it, where tantivy is installed, stands a minimal
program over tantivy that gives the same answers (``peers/tantivy_server.py``), in one process.
"""

from __future__ import annotations

import random
import re
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import click
import httpx2

import newsindex

from .corpora import DATA, Corpus, queries
from .engine import in_process
from .peers import peer

_PATIENCE = 60.0  # seconds


@dataclass
class Load:
    """What the clients saw: the milliseconds of each answer, and what was no answer."""

    taken: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Served(NamedTuple):
    """A server that runs: the address of its API, and the number of its process."""

    address: str
    process: int


def newsindex_command(folder: Path, workers: int) -> list[str]:
    """The command that serves an index of newsindex from so many processes."""
    command = [sys.executable, "-m", "newsindex", "serve", "--at", str(folder), "--port", "0"]
    return [*command, "--workers", str(workers)]


def tantivy_command(folder: Path) -> list[str]:
    """The command that serves an index of tantivy."""
    return [sys.executable, "-m", "benchmarks.peers.tantivy_server", str(folder)]


@contextmanager
def served(command: list[str]) -> Iterator[Served]:
    """A server, which answers when the block is entered and is ended after it."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        yield Served(re.findall(r"http:\S+", process.stderr.readline())[0] + "api/", process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=_PATIENCE)


def ask(address: str, clients: int, seconds: float, asked: Sequence[str]) -> Load:
    """What so many clients see."""
    load = Load()

    def client(number: int) -> None:
        rng = random.Random(number)
        end = time.perf_counter() + seconds
        with httpx2.Client(timeout=_PATIENCE) as connection:
            while (started := time.perf_counter()) < end:
                try:
                    answer = connection.get(f"{address}search", params={"q": rng.choice(asked)})
                except httpx2.TransportError as error:
                    load.errors.append(repr(error))
                    continue
                load.taken.append((time.perf_counter() - started) * 1000)
                if answer.status_code != 200:
                    load.errors.append(f"{answer.status_code} {answer.text}")

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return load


def _processor_seconds() -> float:
    """What the servers that have ended used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@click.command()
@click.option("--seconds", default=60.0, show_default=True)
@click.option("--clients", default=8, show_default=True)
@click.option("--workers", multiple=True, default=(1, 2), show_default=True, help="Processes of the server.")
@click.option("--articles", type=int, help="So many recombined articles instead of the news corpus.")
@click.option("--subset", type=int, help="Only the first so many articles.")
def main(
    seconds: float, clients: int, workers: tuple[int, ...], articles: int | None, subset: int | None
) -> None:
    """Measure the server, once for each number of workers, and the program over tantivy."""
    corpus = Corpus(recombined=articles, limit=subset)
    asked = [" ".join(words) for words in queries(DATA)["any"]]
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "load.newsindex"
        with newsindex.create(folder) as index:
            index.add(corpus.articles(DATA))
            click.echo(f"{len(index):,} articles, {clients} clients, {seconds:g} s")
        servers = {f"newsindex, {count} workers": newsindex_command(folder, count) for count in workers}
        if find_spec("tantivy"):
            other = Path(home) / "tantivy"
            other.mkdir()
            in_process(_build_tantivy, other, corpus)
            servers["tantivy, 1 worker"] = tantivy_command(other)
        else:
            click.echo("tantivy is not installed, and is left out: pip install tantivy", err=True)
        for name, command in servers.items():
            _measure(name, command, clients, seconds, asked)


def _build_tantivy(folder: Path, corpus: Corpus) -> None:
    peer("tantivy").build(folder, corpus.articles(DATA), 1)


def _measure(name: str, command: list[str], clients: int, seconds: float, asked: Sequence[str]) -> None:
    """Asks one server, and prints what the clients saw."""
    before = _processor_seconds()
    with served(command) as (address, _):
        ask(address, clients, min(2.0, seconds), asked)  # the first questions, which open everything
        load = ask(address, clients, seconds, asked)
    used = (_processor_seconds() - before) / len(load.taken) * 1000
    parts = statistics.quantiles(load.taken, n=100)
    click.echo(
        f"{name}: {len(load.taken) / seconds:,.0f} answers/s, {len(load.errors)} errors, "
        f"p50 {parts[49]:.1f} ms, p99 {parts[98]:.1f} ms; "
        f"the server used its processors for {used:.2f} ms an answer, its start included"
    )
    for error in load.errors[:5]:
        click.echo(f"  {error:.200}", err=True)


if __name__ == "__main__":
    main()
