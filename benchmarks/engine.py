"""How fast, how large and how hungry is each engine? Each runs in a process of its own."""

from __future__ import annotations

import json
import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from .cold import cold
from .corpora import corpus, queries
from .peers import peer

WHOOSH_SUBSET = 5_000


def measure(name: str, data: Path, count: int | None, limit: int | None, workers: int) -> dict[str, Any]:
    """Build and ask one engine: seconds, bytes, and milliseconds by kind of query."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        built = in_process(_build, name, data, count, limit, workers, folder)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        return {
            "engine": name,
            "workers": workers,
            **built,
            "bytes": size,
            **in_process(_ask, name, data, folder),
            "cold_ms": cold(name, folder) * 1000,
        }


def _build(name: str, data: Path, count: int | None, limit: int | None, workers: int, folder: Path) -> Any:
    articles = (
        list(islice(corpus(data, count), limit)) if count is None else islice(corpus(data, count), limit)
    )
    engine = peer(name)
    before = _peak_memory(workers)
    reading = 0.0
    if count is not None:  # made on the way: what making costs is not the engine's
        started = time.perf_counter()
        made = sum(1 for _ in islice(corpus(data, count), limit))
        reading = time.perf_counter() - started
    else:
        made = len(articles)  # type: ignore[arg-type]  # a list here
    started = time.perf_counter()
    engine.build(folder, articles, workers)
    seconds = time.perf_counter() - started - reading
    return {
        "articles": made,
        "index_seconds": seconds,
        "articles_per_second": made / seconds,
        "peak_memory_before": before,
        "peak_memory": _peak_memory(workers),
    }


def _ask(name: str, data: Path, folder: Path) -> Any:
    asked = queries(data)
    engine = peer(name)
    started = time.perf_counter()
    engine.open(folder)
    kinds = engine.kinds()
    kinds["any"](["maroc"])
    opened = time.perf_counter() - started
    times = {kind: _times(ask, asked[kind]) for kind, ask in kinds.items()}
    return {"open_ms": opened * 1000, "queries": times}


def _times(ask: Callable[[list[str]], object], lists: list[list[str]]) -> dict[str, float]:
    for words in lists[:20]:
        ask(words)
    taken = []
    for words in lists:
        started = time.perf_counter()
        ask(words)
        taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    return {
        "mean": statistics.fmean(taken),
        "median": statistics.median(taken),
        "p99": taken[int(0.99 * len(taken))],
    }


def _peak_memory(workers: int) -> int:
    """Bytes of this process and of the workers beside it, each counted as the largest."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return 1024 * (own + (workers - 1) * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def in_process(work: Callable[..., Any], *arguments: Any) -> Any:
    """What work gives, done in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(work, arguments)


def save(results: list[dict[str, Any]], path: Path) -> None:
    """Write the results as JSON."""
    path.write_text(json.dumps(results, indent=2) + "\n")
