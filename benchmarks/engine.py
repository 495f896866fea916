"""How fast, how large and how hungry is each engine? Each runs in a process of its own."""

from __future__ import annotations

import json
import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .cold import cold
from .corpora import Corpus, queries_of
from .peers import Taken, TimedPeer, peer

WHOOSH_SUBSET = 5_000


def measure(name: str, data: Path, corpus: Corpus, workers: int) -> dict[str, Any]:
    """Builds and asks one engine: seconds, bytes, and milliseconds by kind of query.

    Raises PeerUnavailable.
    """
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        built = in_process(_build, name, data, corpus, workers, folder)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        return {
            "engine": name,
            "workers": workers,
            **built,
            "bytes": size,
            **in_process(_ask, name, data, folder),
            "cold_ms": cold(name, folder) * 1000,
        }


def _build(name: str, data: Path, corpus: Corpus, workers: int, folder: Path) -> Any:
    articles = corpus.articles(data) if corpus.is_made else list(corpus.articles(data))
    engine = peer(name)
    processes = _processes(name, workers)
    before = _peak_memory(processes)
    reading = reading_processor = 0.0
    if isinstance(articles, list):
        made = len(articles)
    else:  # made on the way: what making costs is not the engine's
        started, used = time.perf_counter(), processor_seconds()
        made = sum(1 for _ in corpus.articles(data))
        reading, reading_processor = time.perf_counter() - started, processor_seconds() - used
    started, used = time.perf_counter(), processor_seconds()
    own_seconds = engine.build(folder, articles, workers)
    seconds = own_seconds or time.perf_counter() - started - reading
    return {
        "articles": made,
        "index_seconds": seconds,
        "index_processor_seconds": processor_seconds() - used - reading_processor,
        "articles_per_second": made / seconds,
        "peak_memory_before": before,
        "peak_memory": _peak_memory(processes),
    }


def _ask(name: str, data: Path, folder: Path) -> Any:
    engine = peer(name)
    started = time.perf_counter()
    engine.open(folder)
    kinds = engine.kinds()
    next(iter(kinds.values()))(["maroc"])
    opened = time.perf_counter() - started
    times = {}
    for kind, ask in kinds.items():
        lists = queries_of(kind, data)
        times[kind] = _summary(
            engine.times(kind, lists) if isinstance(engine, TimedPeer) else _times(ask, lists)
        )
    return {"open_ms": opened * 1000, "queries": times}


def _times(ask: Callable[[list[str]], object], lists: list[list[str]]) -> list[Taken]:
    """What each query takes, once all have been asked."""
    for words in lists:
        ask(words)
    taken = []
    for words in lists:
        started, used = time.perf_counter(), time.process_time()
        ask(words)
        processor = time.process_time() - used
        taken.append(Taken((time.perf_counter() - started) * 1000, processor * 1000))
    return taken


def _summary(taken: list[Taken]) -> dict[str, float]:
    """The processor milliseconds of some queries, and the mean of those by the clock."""
    processor = sorted(one.processor for one in taken)
    return {
        "mean": statistics.fmean(processor),
        "median": statistics.median(processor),
        "p99": processor[int(0.99 * len(processor))],
        "wall_mean": statistics.fmean(one.wall for one in taken),
    }


def _processes(name: str, workers: int) -> int:
    """How many processes build: this one, its workers, or the program of the engine beside it."""
    return 2 if name == "lucene" else workers


def processor_seconds() -> float:
    """The seconds for which this process, and those of its children that have ended, used processors."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _peak_memory(processes: int) -> int:
    """Bytes of this process and of those beside it, each counted as the largest.

    This is an upper bound: Linux keeps the peak of a process across ``exec``, so that a child counts for no
    less than this process used when it started the child.
    """
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return 1024 * (own + (processes - 1) * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def in_process(work: Callable[..., Any], *arguments: Any) -> Any:
    """What work gives, done in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(work, arguments)


def save(results: list[dict[str, Any]], path: Path) -> None:
    """Writes the results as JSON."""
    path.write_text(json.dumps(results, indent=2) + "\n")
