"""The words of a batch in the compiled kernel."""

from __future__ import annotations

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

_STOP_TERMS: Final = set(stop_terms)


class CompiledWords:
    """Implements KeptWords with the kernel."""

    def __init__(self, kernel: Kernel, scanner: CompiledScanner) -> None:
        self._kernel = kernel
        self._scanner = scanner
        self.clear()

    def clear(self) -> None:
        """Drop all articles, and the scanner's forms where these are many."""
        self._scanner.trim()
        self._batch = self._kernel.Batch()

    @property
    def words(self) -> int:
        """The number of words of all articles."""
        return self._batch.words()

    def scan(self, block: Block) -> None:
        """Scan the articles of a block, and keep their words."""
        self._scanner.read(block.packed, block.texts)
        self._batch.keep(self._scanner.handle, LANDMARK)

    def lengths(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """The numbers of words of the headline and of the body of each article."""
        return self._batch.lengths()

    def invert(self, articles: NDArray[np.intp]) -> Inverted:
        """The words of some articles in the order of their terms; drops the words of all articles."""
        self._scanner.find_terms()
        numbers = articles.astype(np.uint32)
        headline_length, _ = self.lengths()
        landmark = self._batch.landmarks(numbers)
        inversion = self._batch.invert(self._scanner.handle, numbers, _STOP_TERMS, SIGNED_BODY)
        encoder = make_compiled_encoder(self._kernel, headline_length[articles])
        terms, spellings = encoder.encode(inversion, 1)
        return Inverted(
            terms,
            spellings,
            encoder,
            np.stack(inversion.signatures()),
            landmark,
        )
