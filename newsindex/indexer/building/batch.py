"""How do articles gather until they are a segment?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from newsindex.indexer.scanning.scanner import Scanner
from newsindex.storage.segment import Columns
from newsindex.storage.text_store import TextCompressor

from .inversion import Words
from .segment_assembly import Documents, build_segment, found_landmarks, landmark_counts

_MOST_WORDS: Final = 21_000_000  # inverting them takes 200 MB


class Rows(NamedTuple):
    """What is known of the articles of a batch without their texts: the columns of those that are kept,
    still without lengths, and which of all those scanned they are."""

    columns: Columns
    kept: NDArray[np.bool_]


class SegmentBuilder(Protocol):
    """A place where articles gather: this process (:class:`Batch`) or another one."""

    def scan(self, stored: Sequence[bytes], texts: Sequence[str]) -> None:
        """Take packed articles in; ``texts`` are the headline and the body of each."""

    def packed(self, number: int) -> bytes:
        """The packed article that was taken in as that number, from 0 on."""

    def is_full(self) -> bool:
        """Whether no more should be taken in before a segment is built."""

    def build(self, path: Path, rows: Rows) -> None:
        """Begin to write those that are kept as a segment, and to gather anew."""

    def forget(self) -> None:
        """Gather anew."""

    def wait(self) -> None:
        """Until what was begun is done."""


class Batch:
    """The texts of one segment, compressed, and their words as they come."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self.forget()

    def forget(self) -> None:
        """Gather anew."""
        self._scanner.forget()
        self._texts = TextCompressor()
        self._words: list[Words] = []
        self._lengths: list[NDArray[np.int64]] = []
        self._landmarks: list[NDArray[np.int32]] = []

    def scan(self, stored: Sequence[bytes], texts: Sequence[str]) -> None:
        """Take packed articles in; ``texts`` are the headline and the body of each."""
        scan = self._scanner.scan(texts)
        self._texts.add(stored)
        self._words.append(Words(scan.spelling, np.diff(scan.first[::2])))
        self._lengths.append(np.diff(scan.first))
        self._landmarks.append(found_landmarks(scan).astype(np.int32))

    def packed(self, number: int) -> bytes:
        """The packed article that was taken in as that number, from 0 on."""
        return self._texts.packed(number)

    def is_full(self) -> bool:
        """Whether no more should be taken in before a segment is built."""
        words = sum(len(part.spelling) for part in self._words)
        return self._scanner.is_full or words >= _MOST_WORDS

    def build(self, path: Path, rows: Rows) -> None:
        """Write those that are kept as a segment, and gather anew."""
        documents = self._documents(*rows)
        self.forget()
        build_segment(path, documents)

    def wait(self) -> None:
        """Nothing: what was begun here is done."""

    def _documents(self, columns: Columns, kept: NDArray[np.bool_]) -> Documents:
        lengths = np.concatenate(self._lengths).astype(np.uint32)
        headline, body = lengths[::2], lengths[1::2]
        columns.headline_length, columns.body_length = headline[kept], body[kept]
        frames, dictionary = self._texts.finish()
        words = self._words
        landmark = np.concatenate(self._landmarks)
        if not kept.all():
            frames = list(compress(frames, kept))
            landmark = landmark[np.repeat(kept, landmark_counts(body))]
            words = list(_kept_words(words, kept))
        forms = self._scanner.forms
        return Documents(
            columns, frames, dictionary, words, landmark, forms.spellings, forms.term_of_spelling, forms.terms
        )


def _kept_words(words: Sequence[Words], kept: NDArray[np.bool_]) -> Iterator[Words]:
    documents = 0
    for spelling, sizes in words:
        own = kept[documents : documents + len(sizes)]
        documents += len(sizes)
        yield Words(spelling[np.repeat(own, sizes)], sizes[own])
