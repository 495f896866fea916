"""The words of a batch in the compiled kernel."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import stop_terms
from newsindex.compiled.protocols import Kernel
from newsindex.indexer.scanning.compiled_scanner import CompiledScanner
from newsindex.storage.postings_encoder import make_compiled_encoder
from newsindex.storage.segment import LANDMARK, SIGNED_BODY

from .kept_words import Inverted
from .segment_builder import Block
from .turns import Turns

_STOP_TERMS: Final = set(stop_terms)


class CompiledWords:
    """Implements KeptWords with the kernel."""

    def __init__(
        self, kernel: Kernel, scanner: CompiledScanner, executor: Executor | None = None, threads: int = 1
    ) -> None:
        """``executor`` has a thread that scans a block while the next one is prepared.

        So many ``threads`` encode what is inverted.
        """
        self._kernel = kernel
        self._scanner = scanner
        self._threads = threads
        self._turns = Turns(executor)
        self._chunks: Sequence[str] | None = None  # that the last block met for the first time
        self.clear()

    def clear(self) -> None:
        """Drops all articles, and the scanner's forms where these are many."""
        self._turns.cancel()
        self._enter_chunks()
        self._scanner.trim()
        self._batch = self._kernel.Batch()
        self._words = 0

    @property
    def words(self) -> int:
        """The number of words of all articles but those of the last block."""
        return self._words

    def scan(self, block: Block) -> None:
        """Scans the articles of a block; their words are kept by the next call of any method."""
        self._turns.wait()
        is_first = not self._enter_chunks()
        joined = self._scanner.join_lines(block.packed, block.texts)
        self._turns.begin(self._find_words, block.packed, joined, is_first)

    def _find_words(self, packed: Sequence[bytes], joined: Sequence[tuple[int, str]], is_first: bool) -> None:
        """Keeps the words of the last block, and scans another one."""
        if not is_first:
            self._keep_words()
        self._chunks = self._scanner.handle.scan_packed(packed, joined)

    def _keep_words(self) -> None:
        self._batch.keep(self._scanner.handle, LANDMARK)
        self._words = self._batch.words()

    def _keep(self) -> None:
        """Waits for the last block, and keeps its words."""
        self._turns.wait()
        if self._enter_chunks():
            self._keep_words()

    def _enter_chunks(self) -> bool:
        """Tells the kernel the words of the new chunks of the last block; returns whether there was one."""
        chunks, self._chunks = self._chunks, None
        if chunks is None:
            return False
        self._scanner.enter(chunks)
        return True

    def lengths(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """The numbers of words of the headline and of the body of each article."""
        self._keep()
        return self._batch.lengths()

    def invert(self, articles: NDArray[np.intp]) -> Inverted:
        """The words of some articles in the order of their terms; drops the words of all articles."""
        self._keep()
        self._scanner.find_terms()
        numbers = articles.astype(np.uint32)
        headline_length, _ = self.lengths()
        landmark = self._batch.landmarks(numbers)
        inversion = self._batch.invert(self._scanner.handle, numbers, _STOP_TERMS, SIGNED_BODY)
        encoder = make_compiled_encoder(self._kernel, headline_length[articles])
        terms, spellings = encoder.encode(inversion, self._threads)
        return Inverted(
            terms,
            spellings,
            encoder,
            np.stack(inversion.signatures()),
            landmark,
        )
