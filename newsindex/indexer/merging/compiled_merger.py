"""Merging of words and stored texts by the compiled kernel; the results are those of the plain merge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.compiled.protocols import Kernel
from newsindex.indexer.building.inversion import ranges
from newsindex.storage.array_file import Array
from newsindex.storage.compression.compiled_postings import split_vocabulary, translate_overflow
from newsindex.storage.postings_encoder import MAX_OCCURRENCES
from newsindex.storage.segment import Segment
from newsindex.storage.text_store import compression_parameters

_MAX_FRAME_BYTES: Final = 4 << 20  # of the segments' compressed texts, at a time


class Places(NamedTuple):
    """The places of documents, each array of shape (documents,)."""

    segment: NDArray[np.int64]  # the number of the segment
    document: NDArray[np.int64]  # the number of the document in it

    def frame_sizes(self, segments: Sequence[Segment]) -> NDArray[np.int64]:
        """The bytes of the stored text of each document, as they are compressed."""
        sizes = [segment.frame_sizes() for segment in segments]
        starts = np.cumsum([0, *map(len, sizes)])[:-1]
        of_all: NDArray[np.int64] = np.concatenate(sizes)[starts[self.segment] + self.document]
        return of_all


@contextmanager
def _translate_damage(kernel: Kernel, segments: Sequence[Segment]) -> Iterator[None]:
    """Raises IndexCorrupt where the kernel finds in the block that one of some segments is damaged."""
    try:
        yield
    except kernel.DamagedSegment as error:
        number, array, position, reason = error.args
        file = segments[number or 0].file
        if array is None or array not in file:
            raise file.corrupt_error(reason, position) from error
        raise file.inconsistent_error(array, position, reason) from error


def merge_words_compiled(
    kernel: Kernel, segments: Sequence[Segment], numbers: Sequence[NDArray[np.int64]], workers: int
) -> tuple[dict[str, Array], dict[str, Array], dict[str, list[Array]]]:
    """The words of segments as those of one: the arrays of terms, of spellings, and of postings, by name.

    ``numbers`` has the new number of each document of each segment, -1 for a deleted one. Raises
    IndexCorrupt, and NewsIndexError where the new segment would be too large.
    """
    parts = [
        (segment.file.raw(), number.astype(np.uint32))
        for segment, number in zip(segments, numbers, strict=True)
    ]
    documents = sum(segment.live_documents for segment in segments)
    with _translate_damage(kernel, segments), translate_overflow():
        vocabulary, postings = kernel.merge_words(parts, documents, MAX_OCCURRENCES, workers)
    return *split_vocabulary(vocabulary), {name: [array] for name, array in postings.items()}


def merge_frames_compiled(
    kernel: Kernel, segments: Sequence[Segment], places: Places, dictionary: bytes, workers: int
) -> Iterator[list[bytes]]:
    """The texts of documents as frames with a dictionary, some at a time; raises IndexCorrupt.

    A frame that was compressed with this dictionary stays as it is.
    """
    segment, document = places.segment.astype(np.uint32), places.document.astype(np.uint32)
    with _translate_damage(kernel, segments):
        raw = [part.file.raw() for part in segments]
        merger = kernel.TextMerger(raw, dictionary, compression_parameters(dictionary))
        for low, high in ranges(places.frame_sizes(segments), _MAX_FRAME_BYTES):
            yield merger.frames(segment[low:high], document[low:high], workers)
