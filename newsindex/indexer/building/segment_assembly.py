"""Assembly of the documents of a batch into one segment file, in order of publication."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.storage.acronym_table import AcronymPair, acronym_arrays
from newsindex.storage.compression.landmark_table import landmark_differences
from newsindex.storage.segment_writer import Columns, SegmentContents, write_segment

from .kept_words import KeptWords
from .landmarks import count_landmarks


class Documents(NamedTuple):
    """The documents of a segment before they are sorted by publication, everything in the same order."""

    columns: Columns
    frames: list[bytes]  # the compressed text of each
    dictionary: bytes  # with which the frames are compressed
    articles: NDArray[np.intp]  # the number of each among ``words``
    words: KeptWords
    definitions: Sequence[tuple[AcronymPair, int]]  # of acronyms, each with the document


def build_segment(path: Path, documents: Documents) -> None:
    """Write the documents as a segment; empties their ``frames`` and ``words`` to free the memory early."""
    frames = documents.frames
    order = np.argsort(documents.columns.published, kind="stable")
    ordered_frames = [frames[i] for i in order.tolist()]
    frames.clear()
    number = np.argsort(order)
    columns = documents.columns.take(order)
    inverted = documents.words.invert(documents.articles[order])
    landmark_first = np.cumsum([0, *count_landmarks(columns.body_length).tolist()])
    write_segment(
        path,
        SegmentContents(
            columns=columns,
            terms=inverted.terms,
            spellings=inverted.spellings,
            postings=inverted.postings.finish(),
            landmark_first=landmark_first,
            landmark=landmark_differences(landmark_first, inverted.landmark),
            signatures=inverted.signatures,
            dictionary=documents.dictionary,
            frames=[ordered_frames],
            acronyms=acronym_arrays((pair, int(number[i])) for pair, i in documents.definitions),
        ),
    )


def join_pairs(upper: NDArray[np.integer[Any]], document: NDArray[np.integer[Any]]) -> NDArray[np.uint64]:
    """Pairs of a number and a document as one number each, the document in the lowest 16 bits."""
    return upper.astype(np.uint64) << np.uint64(16) | document.astype(np.uint64)


def split_pairs(pairs: NDArray[np.uint64]) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """The inverse of :func:`join_pairs`."""
    return (pairs >> np.uint64(16)).astype(np.uint32), pairs.astype(np.uint16)
