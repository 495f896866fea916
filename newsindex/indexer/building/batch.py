"""The segment builder of this process: keeps the compressed texts and the words of a batch of articles."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from itertools import compress
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.compiled import compiled_kernel
from newsindex.indexer.scanning.compiled_scanner import CompiledScanner
from newsindex.indexer.scanning.scanner import Scanner
from newsindex.indexer.scanning.scanners import WordScanner
from newsindex.storage.acronym_table import AcronymPair
from newsindex.storage.text_store import TextCompressor

from .array_words import ArrayWords
from .batch_acronyms import BatchAcronyms
from .compiled_words import CompiledWords
from .kept_words import KeptWords
from .segment_assembly import Documents, build_segment
from .segment_builder import BatchColumns, Block
from .turns import Turns

_MAX_WAITING_BLOCKS: Final = 6  # to be compressed: while the dictionary is trained, more are scanned
_MAX_WORDS: Final = 21_000_000  # inverting them takes 200 MB


class IndexingThreads(NamedTuple):
    """The threads beside the one that admits articles; each executor has one thread."""

    scanning: Executor | None
    compressing: Executor | None
    encoding: int  # threads that encode what is inverted, the calling one among them


class Batch:
    """Implements SegmentBuilder in this process."""

    def __init__(
        self,
        scanner: WordScanner,
        learns_acronyms: bool = True,
        threads: IndexingThreads | None = None,
    ) -> None:
        """``learns_acronyms`` says whether definitions of acronyms are looked for.

        ``threads`` are of use with the scanner of the kernel alone; without them this thread does all.
        """
        self._scanner = scanner
        self._threads = threads or IndexingThreads(None, None, 1)
        self._words = _keep_words(scanner, self._threads)
        self._compression = Turns(self._threads.compressing, _MAX_WAITING_BLOCKS)
        self._acronyms = BatchAcronyms(scanner) if learns_acronyms else None
        self._texts = TextCompressor()

    def clear(self) -> None:
        """Drops the scanned articles, and the scanner's form table where it has become large."""
        self._words.clear()
        self._compression.cancel()
        if self._acronyms is not None:
            self._acronyms.clear()
        self._texts = TextCompressor()

    def scan(self, block: Block) -> None:
        """Scans the articles of a block."""
        self._words.scan(block)
        self._compression.begin(self._texts.add, block.packed)
        if self._acronyms is not None:
            self._acronyms.scan(block)

    def packed_text(self, number: int) -> bytes:
        """The packed article that was scanned as the given number, counted from 0."""
        self._compression.wait()
        return self._texts.packed_text(number)

    def is_full(self) -> bool:
        """Whether a segment should be built before more is scanned."""
        return self._scanner.is_full or self._words.words >= _MAX_WORDS

    def build(self, path: Path, batch: BatchColumns) -> None:
        """Writes the articles that are kept as a segment, and starts again with no article."""
        documents = self._documents(batch)
        try:
            build_segment(path, documents, self._threads.compressing)
        finally:
            self.clear()

    def wait(self) -> None:
        """Returns at once: :meth:`build` has written the segment."""

    def _documents(self, batch: BatchColumns) -> Documents:
        columns, kept = batch
        headline, body = self._words.lengths()
        columns.headline_length, columns.body_length = headline[kept], body[kept]
        self._compression.wait()
        frames, dictionary = self._texts.finish()
        if not kept.all():
            frames = list(compress(frames, kept))
        return Documents(
            columns, frames, dictionary, np.flatnonzero(kept), self._words, lambda: self._definitions(kept)
        )

    def _definitions(self, kept: NDArray[np.bool_]) -> Sequence[tuple[AcronymPair, int]]:
        """The definitions of acronyms in the articles that are kept, each with the number of the article."""
        return () if self._acronyms is None else self._acronyms.of_kept(kept)


def _keep_words(scanner: WordScanner, threads: IndexingThreads) -> KeptWords:
    """Where the words of a scanner are kept until they are inverted."""
    kernel = compiled_kernel()
    if kernel is not None and isinstance(scanner, CompiledScanner):
        return CompiledWords(kernel, scanner, threads.scanning, threads.encoding)
    assert isinstance(scanner, Scanner)
    return ArrayWords(scanner)
