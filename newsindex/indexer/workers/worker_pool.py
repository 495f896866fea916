"""The builders of a writer, which make segments of batches of articles.

They are this process, with threads where the kernel is in use, or else with worker processes once there is
enough text for them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from newsindex.indexer.building.batch import Batch, IndexingThreads
from newsindex.indexer.building.segment_builder import BatchColumns, Block, SegmentBuilder
from newsindex.indexer.scanning.compiled_scanner import CompiledScanner
from newsindex.indexer.scanning.scanners import WordScanner

from .worker_process import WorkerProcess

_MIN_CHARACTERS: Final = 8_000_000
"""A batch of fewer characters is indexed sooner than other processes start."""
_MAX_PROCESSES: Final = 4
"""More processes than these would each have too little of the memory that indexing may take; nor are there
more threads that encode a segment."""
_THREADS: Final = ("scanning", "compressing")
_FULL_CHECK_BLOCKS: Final = 16  # between two questions to worker processes whether they are full


class WorkerPool:
    """Gives each block of a batch to a builder, and has the builders write the batch as segments.

    With one worker, and with the kernel, the only builder is this process; with the kernel, threads scan and
    compress a block while the next one is prepared. Else blocks are held until it is known whether worker
    processes are worth their start.
    """

    def __init__(self, scanner: WordScanner, settings: Mapping[str, Any], workers: int) -> None:
        """``settings`` is the record of the settings of the index; ``workers`` counts this process too."""
        self._scanner = scanner
        self._lexicon = settings.get("lexicon", {})
        self._learns_acronyms = settings.get("acronyms", True)
        self._workers = workers
        self._has_threads = workers > 1 and isinstance(scanner, CompiledScanner)
        self._threads: IndexingThreads | None = None
        self._processes: list[WorkerProcess] = []
        self._builders: list[SegmentBuilder] = []  # this process first; empty until that is decided
        self._clear()

    def _clear(self) -> None:
        self._blocks: list[range] = []  # the rows of each block
        self._owners: list[int] = []  # the builder of each block that was given
        self._held: list[Block] = []  # the last blocks, which were not given yet

    def scan(self, block: Block, characters: int) -> None:
        """Takes a block whose articles are the next rows; ``characters`` is the size of the batch with it."""
        start = self._blocks[-1].stop if self._blocks else 0
        self._blocks.append(range(start, start + len(block.packed)))
        self._held.append(block)
        if not self._builders:
            if self._workers == 1 or self._has_threads:
                self._builders = [self._batch()]
            elif characters >= _MIN_CHARACTERS:
                self._start_processes()
        if self._builders:
            self._give_held_blocks()

    def _start_processes(self) -> None:
        """Starts worker processes; where that is not possible, this process does their work too."""
        with suppress(OSError):
            for _ in range(1, min(self._workers, _MAX_PROCESSES)):
                self._processes.append(WorkerProcess(self._lexicon, self._learns_acronyms))
        self._builders = [self._batch(), *self._processes]

    def _batch(self) -> Batch:
        """A builder of this process, with threads where it may have some."""
        if self._has_threads and self._threads is None:
            scanning, compressing = (ThreadPoolExecutor(1, f"newsindex-{name}") for name in _THREADS)
            self._threads = IndexingThreads(scanning, compressing, min(self._workers, _MAX_PROCESSES))
        return Batch(self._scanner, self._learns_acronyms, self._threads)

    def _give_held_blocks(self) -> None:
        """Gives each held block to the first worker process that has room, or else to this process."""
        for block in self._held:
            ready = (i for i, process in enumerate(self._processes, 1) if process.has_room)
            self._owners.append(next(ready, 0))
            self._builders[self._owners[-1]].scan(block)
        self._held.clear()

    def packed_text(self, row: int) -> bytes:
        """The packed article of a row of the batch."""
        number = bisect_right(self._blocks, row, key=lambda block: block.start) - 1
        within = row - self._blocks[number].start
        if number >= len(self._owners):
            return self._held[number - len(self._owners)].packed[within]
        owner = self._owners[number]
        scanned_before = sum(map(len, self._blocks_of(owner, number)))
        return self._builders[owner].packed_text(scanned_before + within)

    def _blocks_of(self, owner: int, before: int | None = None) -> list[range]:
        """The blocks that a builder was given, optionally only those before a block."""
        given = zip(self._blocks[:before], self._owners, strict=False)
        return [block for block, block_owner in given if block_owner == owner]

    def is_full(self) -> bool:
        """Whether a builder is full; worker processes are asked once in a number of blocks."""
        if self._processes and len(self._blocks) % _FULL_CHECK_BLOCKS:
            return False
        return any(builder.is_full() for builder in self._builders)

    def build(
        self, columns: Callable[[Sequence[range]], BatchColumns], new_path: Callable[[], Path]
    ) -> list[Path]:
        """Writes the batch as segments, one for each builder with an article to keep; returns their paths.

        ``columns`` gives those of some blocks. Raises OSError, and NewsIndexError where a process failed.
        """
        if not self._builders:
            self._builders = [self._batch()]
        self._give_held_blocks()
        paths = []
        for owner, builder in reversed(list(enumerate(self._builders))):  # this process last: it blocks
            batch = columns(self._blocks_of(owner))
            if not batch.kept.any():
                builder.clear()
                continue
            paths.append(new_path())
            builder.build(paths[-1], batch)
        for builder in self._builders:
            builder.wait()
        if not self._processes:
            self._builders = []
        self._clear()
        return paths

    def stop(self) -> None:
        """Ends the threads and the worker processes."""
        for executor in self._threads or ():
            if isinstance(executor, Executor):
                executor.shutdown(cancel_futures=True)
        self._threads = None
        for process in self._processes:
            process.stop()
        self._processes.clear()
        self._builders = []
