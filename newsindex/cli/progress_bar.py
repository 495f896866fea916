"""The progress bar of an import."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

import newsindex

from .terminal import console

_ARTICLES_PER_UPDATE: Final = 50


@contextmanager
def import_progress(corpus: newsindex.Corpus) -> Iterator[Callable[[int], object] | None]:
    """Shows a progress bar on a terminal for the time of the block.

    Gives the function that ``Index.add`` calls with the number of articles; None where standard error is not
    a terminal.
    """
    out = console(to_stderr=True)
    if not out.is_terminal:
        yield None
        return
    with Progress(
        TextColumn("{task.fields[articles]:,} articles"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[speed]:,.0f}/s"),
        TimeRemainingColumn(),
        console=out,
        transient=True,
    ) as bar:
        task = bar.add_task("", total=corpus.bytes_total or None, articles=0, speed=0.0)
        yield _updater(bar, task, corpus)


def _updater(bar: Progress, task: TaskID, corpus: newsindex.Corpus) -> Callable[[int], object]:
    started = time.perf_counter()

    def update(articles: int) -> None:
        if articles % _ARTICLES_PER_UPDATE == 0:
            speed = articles / (time.perf_counter() - started)
            bar.update(task, completed=corpus.bytes_read, articles=articles, speed=speed)

    return update
