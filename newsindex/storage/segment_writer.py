"""Writing of a segment file from the columns, terms, posting lists and texts of its documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .array_file import Array, ArrayFileWriter, checked_cast, part_ends
from .compression.landmark_table import landmark_arrays
from .segment import total_field

_CHUNK_FRAMES: Final = 512  # texts that are written at once
_LENGTH_TYPES: Final = (np.uint16, np.uint32)
_LABEL_TYPES: Final = (np.uint8, np.uint16, np.uint32)


@dataclass
class Columns:
    """The values of each document beside its texts, in document order: one element for each document."""

    published: NDArray[np.int32]  # minutes since 1970 in the index's local time, or UNDATED
    headline_length: NDArray[np.uint32]  # words
    body_length: NDArray[np.uint32]  # words
    id_hash: NDArray[np.uint64]
    content_hash: NDArray[np.uint64]
    labels: dict[str, list[str]]  # by field (source, section, author, lang); "" where there is none

    def take(self, order: NDArray[np.integer[Any]]) -> Columns:
        """The columns of some documents, in the order given."""
        numbers = order.tolist()
        return Columns(
            published=self.published[order],
            headline_length=self.headline_length[order],
            body_length=self.body_length[order],
            id_hash=self.id_hash[order],
            content_hash=self.content_hash[order],
            labels={name: [values[i] for i in numbers] for name, values in self.labels.items()},
        )


class StoredDocuments(NamedTuple):
    """The documents of a segment in order of publication, without their words."""

    columns: Columns
    dictionary: bytes  # with which the frames are compressed
    frames: Iterable[Sequence[bytes]]  # the compressed texts of the documents, some at a time


class StoredWords(NamedTuple):
    """The words of the documents of a segment."""

    terms: Mapping[str, Array]  # from term_arrays
    spellings: Mapping[str, Array]  # from spelling_arrays
    postings: Mapping[str, Sequence[Array]]  # from PostingsEncoder.finish: chunks of each array
    landmark_first: NDArray[np.int64]  # the first landmark of each document and the end, (documents + 1,)
    # The difference of each landmark to the one before it in its document, to 0 for the first:
    landmark: Array
    signatures: NDArray[np.uint64]  # shape (2, documents)
    acronyms: Mapping[str, Array]  # from acronym_arrays


def term_arrays(terms: Sequence[bytes]) -> dict[str, Array]:
    """The arrays of a segment that hold the texts of its terms, which are sorted, by name."""
    return {
        "term_text": np.frombuffer(b"".join(terms), np.uint8),
        "term_text_end": part_ends(map(len, terms), np.uint32),
    }


def write_segment(
    path: Path,
    documents: StoredDocuments,
    find_words: Callable[[], StoredWords],
    executor: Executor | None = None,
) -> None:
    """Writes one segment file, synced; the frames are written as they come.

    A thread of ``executor``, if one is given, writes the documents while ``find_words`` is called, which else
    is called afterwards.
    """
    with ArrayFileWriter(path) as file:
        if executor is None:
            _write_documents(file, documents)
            words = find_words()
        else:
            writing = executor.submit(_write_documents, file, documents)
            try:
                words = find_words()
            finally:
                wait([writing])  # the file stays open for as long as it is written to
            writing.result()
        _write_words(file, words)
        columns = documents.columns
        file.finish(
            {
                "documents": len(columns.published),
                "terms": len(words.terms["term_text_end"]) - 1,
                "labels": list(columns.labels),
                "headline": total_field(columns.headline_length)._asdict(),
                "body": total_field(columns.body_length)._asdict(),
            }
        )


def _write_documents(file: ArrayFileWriter, documents: StoredDocuments) -> None:
    columns = documents.columns
    by_hash = np.argsort(columns.id_hash, kind="stable")
    file.write("published", columns.published)
    file.write("headline_length", _narrowed(columns.headline_length, _LENGTH_TYPES))
    file.write("body_length", _narrowed(columns.body_length, _LENGTH_TYPES))
    file.write("id_hash", columns.id_hash[by_hash])
    file.write("id_document", checked_cast(by_hash, np.uint16))
    file.write("content_hash", columns.content_hash)
    for name, values in columns.labels.items():
        _write_labels(file, name, values)
    file.write("text_dictionary", np.frombuffer(documents.dictionary, np.uint8))
    sizes: list[int] = []
    file.write_chunks("text_frame", np.uint8, _join_frames(documents.frames, sizes))
    file.write("text_frame_end", part_ends(sizes, np.uint64))


def _write_words(file: ArrayFileWriter, words: StoredWords) -> None:
    file.write("landmark_first", checked_cast(words.landmark_first, np.uint32))
    file.write("signature", words.signatures.ravel())
    for arrays in (landmark_arrays(words.landmark), words.terms, words.spellings, words.acronyms):
        for name, array in arrays.items():
            file.write(name, array)
    for name, chunks in words.postings.items():
        file.write_chunks(name, chunks[0].dtype, chunks)


def _join_frames(frames: Iterable[Sequence[bytes]], sizes: list[int]) -> Iterator[bytes]:
    """The frames, joined to chunks; the size of each is appended to ``sizes``."""
    for some in frames:
        sizes.extend(map(len, some))
        for start in range(0, len(some), _CHUNK_FRAMES):
            yield b"".join(some[start : start + _CHUNK_FRAMES])


def _write_labels(file: ArrayFileWriter, field: str, values: Sequence[str]) -> None:
    """Writes the distinct values of a field, sorted, and the number of each document's value among them."""
    names = sorted(set(values))
    numbers = dict(zip(names, range(len(names)), strict=True))
    labels = np.fromiter(map(numbers.__getitem__, values), np.uint32, len(values))
    file.write(f"label_{field}", _narrowed(labels, _LABEL_TYPES))
    listing = json.dumps(names, ensure_ascii=False).encode()
    file.write(f"names_{field}", np.frombuffer(listing, np.uint8))


def _narrowed(values: Array, types: Sequence[type[np.unsignedinteger[Any]]]) -> Array:
    """Numbers in the first of some unsigned types, the narrowest first, that holds them all."""
    highest = int(values.max(initial=0))
    return values.astype(next(dtype for dtype in types if highest <= np.iinfo(dtype).max))
