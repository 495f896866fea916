"""How do articles gather until they are a segment?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ..storage.segment import Columns
from ..storage.texts import unpack
from .builder import Documents, build_segment, found_landmarks, landmark_counts
from .scanner import Scanner


class Rows(NamedTuple):
    """What is known of the articles of a batch without their texts: the columns of those that are kept,
    still without lengths, and which of all those scanned they are."""

    columns: Columns
    kept: NDArray[np.bool_]


class Gathering(Protocol):
    """A place where articles gather: this process (:class:`Batch`) or another one."""

    def scan(self, stored: Sequence[bytes]) -> None:
        """Take packed articles in."""

    def build(self, path: Path, rows: Rows) -> None:
        """Begin to write those that are kept as a segment, and to gather anew."""

    def forget(self) -> None:
        """Gather anew."""

    def wait(self) -> None:
        """Until what was begun is done."""


class Batch:
    """The packed articles of one segment, and their words as they come."""

    def __init__(self, scanner: Scanner, workers: int = 1) -> None:
        """Texts are compressed by so many threads."""
        self._scanner = scanner
        self._workers = workers
        self.forget()

    def forget(self) -> None:
        """Gather anew."""
        self._scanner.forget()
        self._packed: list[bytes] = []
        self._spellings: list[NDArray[np.uint32]] = []
        self._lengths: list[NDArray[np.int64]] = []
        self._landmarks: list[NDArray[np.int64]] = []

    def scan(self, stored: Sequence[bytes]) -> None:
        """Take packed articles in."""
        scan = self._scanner.scan(list(_texts(stored)))
        self._packed += stored
        self._spellings.append(scan.spelling)
        self._lengths.append(np.diff(scan.first))
        self._landmarks.append(found_landmarks(scan))

    def build(self, path: Path, rows: Rows) -> None:
        """Write those that are kept as a segment, and gather anew."""
        build_segment(path, self._documents(*rows), self._workers)
        self.forget()

    def wait(self) -> None:
        """Nothing: what was begun here is done."""

    def _documents(self, columns: Columns, kept: NDArray[np.bool_]) -> Documents:
        lengths = np.concatenate(self._lengths).astype(np.uint32)
        headline, body = lengths[::2], lengths[1::2]
        columns.headline_length, columns.body_length = headline[kept], body[kept]
        packed = [stored for stored, keep in zip(self._packed, kept.tolist(), strict=True) if keep]
        spelling, landmark = np.concatenate(self._spellings), np.concatenate(self._landmarks)
        self._spellings.clear()
        self._landmarks.clear()
        if not kept.all():
            spelling = spelling[np.repeat(kept, headline.astype(np.int64) + body)]
            landmark = landmark[np.repeat(kept, landmark_counts(body))]
        forms = self._scanner.forms
        return Documents(columns, packed, spelling, landmark, forms.spellings, forms.spelling_terms)


def _texts(stored: Iterable[bytes]) -> Iterable[str]:
    for text in map(unpack, stored):
        yield text.headline
        yield text.body
