"""States what newsindex asks of the compiled kernel where segments are written and merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

CompressionParameters: TypeAlias = tuple[int, int, int, int, int, int]
"""Parameters of Zstandard: window log, hash log, chain log, search log, shortest match, target length."""
RawSegment: TypeAlias = tuple[NDArray[np.uint8], int, NDArray[np.uint32], Mapping[str, tuple[str, int, int]]]
"""The content of a segment's file, the end of its arrays, the checksums of its blocks, and the type, the
length and the first byte of each array."""


class PostingsEncoderHandle(Protocol):
    """Encodes the postings of a segment, as ``storage/postings_encoder.py`` does.

    One thread at a time uses it. Raises OverflowError where the segment would be too large.
    """

    def add(
        self,
        term: NDArray[np.uint32],
        document: NDArray[np.uint16],
        position: NDArray[np.uint32],
        mark: NDArray[np.uint8],
        terms: int,
    ) -> None:
        """Adds the occurrences of the next terms."""

    def slot_documents(self) -> NDArray[np.int64]:
        """The number of documents that have the spelling of each slot, one term after another."""

    def finish(self) -> dict[str, NDArray[Any]]:
        """The arrays by name; the encoder is of no use afterwards."""


class TextCompressorHandle(Protocol):
    """Compresses stored texts with one dictionary; one thread at a time uses it."""

    def compress(self, packed: Sequence[bytes], threads: int) -> list[bytes]:
        """Each text as a Zstandard frame, compressed by so many threads."""


class BlockChecksumsHandle(Protocol):
    """Computes the CRC-32 of each block of a file; one thread at a time uses it."""

    def add(self, content: NDArray[np.uint8]) -> None:
        """Adds the next bytes of the file."""

    def finish(self) -> NDArray[np.uint32]:
        """The checksum of each block; nothing can be added afterwards."""


class TextMergerHandle(Protocol):
    """Gives the stored texts of segments in a new order, compressed with one dictionary.

    One thread at a time uses it. Raises DamagedSegment.
    """

    def frames(self, segment: NDArray[np.uint32], document: NDArray[np.uint32], threads: int) -> list[bytes]:
        """The frames of texts, each given by the number of its segment and its document."""


class WritingKernel(Protocol):
    """The part of the module ``newsindex_kernel`` by which segments are written and merged."""

    def PostingsEncoder(  # noqa: N802 - a class of the module
        self, headline_length: NDArray[np.uint32], max_occurrences: int
    ) -> PostingsEncoderHandle:
        """An encoder for documents whose headlines have these lengths in words.

        It takes so many occurrences at most. Raises OverflowError.
        """

    def TextCompressor(  # noqa: N802 - the same
        self, dictionary: bytes, parameters: CompressionParameters
    ) -> TextCompressorHandle:
        """A compressor with a dictionary, which may be empty."""

    def BlockChecksums(self) -> BlockChecksumsHandle:  # noqa: N802 - the same
        """The checksums of a file of which nothing is known yet."""

    def TextMerger(  # noqa: N802 - the same
        self, segments: Sequence[RawSegment], dictionary: bytes, parameters: CompressionParameters
    ) -> TextMergerHandle:
        """A merger of the texts of some segments; raises DamagedSegment."""

    def merge_words(
        self,
        segments: Sequence[tuple[RawSegment, NDArray[np.uint32]]],
        documents: int,
        max_occurrences: int,
        threads: int,
    ) -> tuple[dict[str, NDArray[Any]], dict[str, NDArray[Any]]]:
        """The words of segments as those of one, merged by so many threads.

        The one has so many documents, and at most so many occurrences.

        Each segment comes with the new number of each of its documents, 2**32 - 1 for a deleted one. Gives
        the arrays of terms and spellings, and those of postings and positions, by name. Raises
        DamagedSegment, and OverflowError where the new segment would be too large.
        """
