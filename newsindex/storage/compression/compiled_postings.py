"""Encoding of postings and positions by the compiled kernel; the arrays are those of postings_encoder.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsindex.compiled.indexing_protocols import InversionHandle
from newsindex.compiled.protocols import Kernel
from newsindex.storage.array_file import Array, segment_too_large_error
from newsindex.storage.spelling_table import SLOTS


@contextmanager
def translate_overflow() -> Iterator[None]:
    """Raises NewsIndexError where the kernel finds in the block that a segment would be too large."""
    try:
        yield
    except OverflowError as error:
        raise segment_too_large_error() from error


def split_vocabulary(arrays: dict[str, Array]) -> tuple[dict[str, Array], dict[str, Array]]:
    """The arrays of terms and those of spellings, by name, from both together."""
    terms = {name: arrays[name] for name in ("term_text", "term_text_end")}
    return terms, {name: array for name, array in arrays.items() if name not in terms}


class CompiledPostingsEncoder:
    """Does what PostingsEncoder does, in the kernel; the interpreter's lock is let go meanwhile."""

    def __init__(
        self, kernel: Kernel, headline_length: NDArray[np.integer[Any]], max_occurrences: int
    ) -> None:
        """As for PostingsEncoder; ``max_occurrences`` are those that a segment may hold."""
        with translate_overflow():
            self._encoder = kernel.PostingsEncoder(headline_length.astype(np.uint32), max_occurrences)

    def add(
        self,
        term: NDArray[np.integer[Any]],
        document: NDArray[np.integer[Any]],
        position: NDArray[np.integer[Any]],
        mark: NDArray[np.uint8],
        terms: int,
    ) -> None:
        """Adds the occurrences of the next ``terms`` terms, as for PostingsEncoder."""
        with translate_overflow():
            self._encoder.add(
                term.astype(np.uint32, copy=False),
                document.astype(np.uint16, copy=False),
                position.astype(np.uint32, copy=False),
                mark,
                terms,
            )

    def encode(self, inversion: InversionHandle, threads: int) -> tuple[dict[str, Array], dict[str, Array]]:
        """Adds all occurrences of an inversion in the kernel, in so many threads.

        Returns the arrays of its terms and those of its spellings, by name.
        """
        with translate_overflow():
            return split_vocabulary(inversion.encode(self._encoder, threads))

    def slot_documents(self) -> NDArray[np.int64]:
        """The number of documents that have the spelling of each slot, shape (terms, SLOTS)."""
        return self._encoder.slot_documents().reshape(-1, SLOTS)

    def finish(self) -> dict[str, list[Array]]:
        """The arrays by name, each in one chunk; see FORMAT.md."""
        with translate_overflow():
            return {name: [array] for name, array in self._encoder.finish().items()}
