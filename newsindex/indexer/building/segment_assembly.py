"""Assembly of the documents of a batch into one segment file, in order of publication."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.storage.acronym_table import AcronymPair, acronym_arrays
from newsindex.storage.compression.landmark_table import landmark_differences
from newsindex.storage.segment_writer import Columns, StoredDocuments, StoredWords, write_segment

from .kept_words import KeptWords
from .landmarks import count_landmarks

_FRAMES_AT_ONCE: Final = 512  # that are written


class Documents(NamedTuple):
    """The documents of a segment before they are sorted by publication, everything in the same order."""

    columns: Columns
    frames: list[bytes]  # the compressed text of each
    dictionary: bytes  # with which the frames are compressed
    articles: NDArray[np.intp]  # the number of each among ``words``
    words: KeptWords
    find_definitions: Callable[[], Sequence[tuple[AcronymPair, int]]]  # of acronyms, each with the document


def build_segment(path: Path, documents: Documents, executor: Executor | None = None) -> None:
    """Writes the documents as a segment; empties their ``frames`` and ``words`` to free the memory early.

    A thread of ``executor``, if one is given, writes texts and columns while the words are inverted.
    """
    frames = documents.frames
    order = np.argsort(documents.columns.published, kind="stable")
    ordered_frames = [frames[i] for i in order.tolist()]
    frames.clear()
    columns = documents.columns.take(order)
    stored = StoredDocuments(columns, documents.dictionary, _consume(ordered_frames))
    write_segment(path, stored, lambda: _find_words(documents, order, columns.body_length), executor)


def _consume(frames: list[bytes]) -> Iterator[list[bytes]]:
    """The frames in their order, some at a time; empties the list."""
    frames.reverse()
    while frames:
        some = frames[-_FRAMES_AT_ONCE:]
        del frames[-_FRAMES_AT_ONCE:]
        some.reverse()
        yield some


def _find_words(
    documents: Documents, order: NDArray[np.intp], body_length: NDArray[np.uint32]
) -> StoredWords:
    """The words of the documents; ``body_length`` is in the new ``order``."""
    number = np.argsort(order)
    definitions = documents.find_definitions()  # may add spellings
    inverted = documents.words.invert(documents.articles[order])
    landmark_first = np.cumsum([0, *count_landmarks(body_length).tolist()])
    return StoredWords(
        terms=inverted.terms,
        spellings=inverted.spellings,
        postings=inverted.postings.finish(),
        landmark_first=landmark_first,
        landmark=landmark_differences(landmark_first, inverted.landmark),
        signatures=inverted.signatures,
        acronyms=acronym_arrays((pair, int(number[i])) for pair, i in definitions),
    )


def join_pairs(upper: NDArray[np.integer[Any]], document: NDArray[np.integer[Any]]) -> NDArray[np.uint64]:
    """Pairs of a number and a document as one number each, the document in the lowest 16 bits."""
    return upper.astype(np.uint64) << np.uint64(16) | document.astype(np.uint64)


def split_pairs(pairs: NDArray[np.uint64]) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """The inverse of :func:`join_pairs`."""
    return (pairs >> np.uint64(16)).astype(np.uint32), pairs.astype(np.uint16)
