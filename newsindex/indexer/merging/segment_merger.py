"""Merging of the live documents of several segments into one new segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.compiled import compiled_kernel
from newsindex.storage.acronym_table import AcronymPair, acronym_arrays
from newsindex.storage.array_file import Array
from newsindex.storage.postings_encoder import PostingsEncoder
from newsindex.storage.segment import Segment
from newsindex.storage.segment_writer import (
    Columns,
    StoredDocuments,
    StoredWords,
    term_arrays,
    write_segment,
)
from newsindex.storage.spelling_table import spelling_arrays
from newsindex.storage.text_store import choose_dictionary_samples, compress_texts, train_dictionary

from .compiled_merger import Places, merge_frames_compiled, merge_words_compiled
from .occurrence_merger import SegmentWords, merge_words

_MAX_UNPACKED_TEXTS: Final = 4000  # at a time,
_MAX_UNPACKED_BYTES: Final = 16 << 20  # or so many bytes of them, where articles are long


def merge_segments(path: Path, segments: Sequence[Segment], workers: int = 1) -> None:
    """Writes the live documents of some segments as one new segment, in order of publication.

    Documents of the same minute keep the order of their segments. No text is analysed again; ``workers``
    threads compress the texts.
    """
    kept = [segment.live_numbers() for segment in segments]
    published = np.concatenate([s.published[k] for s, k in zip(segments, kept, strict=True)])
    order = np.argsort(published, kind="stable")
    columns = _merge_columns(segments, kept).take(order)
    numbers = _number_documents(segments, kept, order)
    terms, spellings, postings = _merge_words(segments, numbers, columns.headline_length, workers)
    acronyms = acronym_arrays(_live_definitions(segments, numbers))
    _release_pages(segments)
    landmark_first, landmark = _merge_landmarks(segments, kept, order)
    signatures = np.concatenate([s.signatures[:, k] for s, k in zip(segments, kept, strict=True)], axis=1)
    words = StoredWords(terms, spellings, postings, landmark_first, landmark, signatures[:, order], acronyms)
    texts = _MergedTexts(segments, kept, order)
    dictionary = texts.train_dictionary()
    documents = StoredDocuments(columns, dictionary, texts.frames(dictionary, workers))
    write_segment(path, documents, lambda: words)


def _number_documents(
    segments: Sequence[Segment], kept: Sequence[NDArray[np.intp]], order: NDArray[np.intp]
) -> list[NDArray[np.int64]]:
    """The new numbers of the documents of each segment, -1 for a deleted one."""
    new_number = np.empty(len(order), np.int64)
    new_number[order] = np.arange(len(order))
    numbers = []
    start = 0
    for segment, keep in zip(segments, kept, strict=True):
        number = np.full(segment.documents, -1, np.int64)
        number[keep] = new_number[start : start + len(keep)]
        start += len(keep)
        numbers.append(number)
    return numbers


def _merge_words(
    segments: Sequence[Segment],
    numbers: Sequence[NDArray[np.int64]],
    headline_length: NDArray[np.uint32],
    workers: int,
) -> tuple[dict[str, Array], dict[str, Array], dict[str, list[Array]]]:
    """The arrays of terms, of spellings, and of postings and positions, by name."""
    kernel = compiled_kernel()
    if kernel is not None:
        return merge_words_compiled(kernel, segments, numbers, workers)
    encoder = PostingsEncoder(headline_length)
    parts = [SegmentWords(segment, number) for segment, number in zip(segments, numbers, strict=True)]
    terms, spellings = merge_words(parts, encoder)
    arrays = spelling_arrays(spellings, terms, encoder.slot_documents())
    return term_arrays(terms), arrays, encoder.finish()


def _live_definitions(
    segments: Sequence[Segment], numbers: Sequence[NDArray[np.int64]]
) -> Iterator[tuple[AcronymPair, int]]:
    """The pairs of acronym and long name of all segments, each with the new number of a live document."""
    for segment, number in zip(segments, numbers, strict=True):
        pairs, first, document = segment.acronyms
        listed = number[document].tolist()
        for pair, start, end in zip(pairs, first[:-1].tolist(), first[1:].tolist(), strict=True):
            yield from ((pair, new) for new in listed[start:end] if new >= 0)


def _release_pages(segments: Sequence[Segment]) -> None:
    for segment in segments:
        segment.file.release_pages()


class _MergedTexts:
    """The stored texts of the live documents, in the new order; only some are unpacked at a time."""

    def __init__(
        self, segments: Sequence[Segment], kept: Sequence[NDArray[np.intp]], order: NDArray[np.intp]
    ) -> None:
        self._segments = segments
        sizes = [len(keep) for keep in kept]
        segment = np.repeat(np.arange(len(segments)), sizes)[order]
        self._places = Places(segment, np.concatenate(kept)[order].astype(np.int64))

    def _packed(self, numbers: range) -> Iterator[bytes]:
        some = slice(numbers.start, numbers.stop, numbers.step)
        chosen = zip(self._places.segment[some].tolist(), self._places.document[some].tolist(), strict=True)
        for segment, document in chosen:
            yield self._segments[segment].packed_text(document)

    def train_dictionary(self) -> bytes:
        """A dictionary trained on some of the texts."""
        return train_dictionary(self._packed(choose_dictionary_samples(len(self._places.document))))

    def frames(self, dictionary: bytes, workers: int) -> Iterator[list[bytes]]:
        """The compressed texts, some at a time; the pages that were read for them are released."""
        kernel = compiled_kernel()
        if kernel is None:
            some_at_a_time = self._compressed(dictionary, workers)
        else:
            some_at_a_time = merge_frames_compiled(kernel, self._segments, self._places, dictionary, workers)
        for frames in some_at_a_time:
            yield frames
            _release_pages(self._segments)

    def _compressed(self, dictionary: bytes, workers: int) -> Iterator[list[bytes]]:
        unpacked: list[bytes] = []
        size = 0
        for packed in self._packed(range(len(self._places.document))):
            unpacked.append(packed)
            size += len(packed)
            if len(unpacked) >= _MAX_UNPACKED_TEXTS or size >= _MAX_UNPACKED_BYTES:
                yield compress_texts(unpacked, dictionary, workers)
                unpacked, size = [], 0
        yield compress_texts(unpacked, dictionary, workers)


def _merge_columns(segments: Sequence[Segment], kept: Sequence[NDArray[np.intp]]) -> Columns:
    """The columns of the kept documents, one segment after another."""
    pairs = list(zip(segments, kept, strict=True))
    id_hashes = []
    for segment, keep in pairs:
        hash_of_document = np.empty(segment.documents, np.uint64)
        hash_of_document[segment.id_documents] = segment.id_hashes
        id_hashes.append(hash_of_document[keep])
    return Columns(
        published=np.concatenate([s.published[k] for s, k in pairs]),
        headline_length=np.concatenate([s.headline_length[k] for s, k in pairs]),
        body_length=np.concatenate([s.body_length[k] for s, k in pairs]),
        id_hash=np.concatenate(id_hashes),
        content_hash=np.concatenate([s.content_hash[k] for s, k in pairs]),
        labels={
            field: [
                names[number]
                for segment, keep in pairs
                for names in [segment.names(field)]
                for number in segment.labels(field)[keep].tolist()
            ]
            for field in segments[0].label_fields
        },
    )


def _merge_landmarks(
    segments: Sequence[Segment], kept: Sequence[NDArray[np.intp]], order: NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """The first landmark of each document in the new order and the end, and all differences.

    The difference of a landmark is that to the one before it.
    """
    starts, counts, differences, before = [], [], [], 0
    for segment, keep in zip(segments, kept, strict=True):
        first, difference = segment.landmarks()
        starts.append(first[:-1][keep].astype(np.int64) + before)
        counts.append(np.diff(first)[keep].astype(np.int64))
        differences.append(difference)
        before += len(difference)
    start, count = np.concatenate(starts)[order], np.concatenate(counts)[order]
    first = np.concatenate([[0], np.cumsum(count)])
    sources = np.repeat(start - first[:-1], count) + np.arange(int(first[-1]))
    return first, np.concatenate(differences)[sources]
