"""The segment builder of this process: keeps the compressed texts and the words of a batch of articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsindex.indexer.scanning.scanners import WordScanner
from newsindex.storage.array_file import checked_cast
from newsindex.storage.text_store import TextCompressor

from .batch_acronyms import BatchAcronyms
from .inversion import Words
from .landmarks import count_landmarks, find_landmarks
from .segment_assembly import Documents, build_segment
from .segment_builder import BatchColumns, Block

_MAX_WORDS: Final = 21_000_000  # inverting them takes 200 MB


class Batch:
    """Implements SegmentBuilder in this process."""

    def __init__(self, scanner: WordScanner, learns_acronyms: bool = True) -> None:
        """``learns_acronyms`` says whether definitions of acronyms are looked for."""
        self._scanner = scanner
        self._acronyms = BatchAcronyms(scanner) if learns_acronyms else None
        self.clear()

    def clear(self) -> None:
        """Drop the scanned articles, and the scanner's form table where it has become large."""
        self._scanner.trim()
        if self._acronyms is not None:
            self._acronyms.clear()
        self._texts = TextCompressor()
        self._words: list[Words] = []
        self._lengths: list[NDArray[np.int64]] = []
        self._landmarks: list[NDArray[np.int32]] = []

    def scan(self, block: Block) -> None:
        """Scan the articles of a block."""
        scan = self._scanner.scan_packed(block.packed, block.texts)
        self._texts.add(block.packed)
        self._words.append(Words(scan.spelling, np.diff(scan.first[::2])))
        self._lengths.append(np.diff(scan.first))
        self._landmarks.append(checked_cast(find_landmarks(scan), np.int32))
        if self._acronyms is not None:
            self._acronyms.scan(block.texts)

    def packed_text(self, number: int) -> bytes:
        """The packed article that was scanned as the given number, counted from 0."""
        return self._texts.packed_text(number)

    def is_full(self) -> bool:
        """Whether a segment should be built before more is scanned."""
        words = sum(len(part.spelling) for part in self._words)
        return self._scanner.is_full or words >= _MAX_WORDS

    def build(self, path: Path, batch: BatchColumns) -> None:
        """Write the articles that are kept as a segment, and start again with no article."""
        documents = self._documents(batch)
        self.clear()
        build_segment(path, documents)

    def wait(self) -> None:
        """Return at once: :meth:`build` has written the segment."""

    def _documents(self, batch: BatchColumns) -> Documents:
        columns, kept = batch
        lengths = np.concatenate(self._lengths).astype(np.uint32)
        headline, body = lengths[::2], lengths[1::2]
        columns.headline_length, columns.body_length = headline[kept], body[kept]
        frames, dictionary = self._texts.finish()
        words = self._words
        landmark = np.concatenate(self._landmarks)
        if not kept.all():
            frames = list(compress(frames, kept))
            landmark = landmark[np.repeat(kept, count_landmarks(body))]
            words = list(_select_words(words, kept))
        definitions = self._acronyms.of_kept(kept) if self._acronyms is not None else ()  # may add spellings
        forms = self._scanner.forms
        return Documents(
            columns,
            frames,
            dictionary,
            words,
            landmark,
            forms.spellings,
            forms.term_of_spelling,
            forms.terms,
            definitions,
        )


def _select_words(words: Sequence[Words], kept: NDArray[np.bool_]) -> Iterator[Words]:
    """The words of the documents that are kept."""
    documents = 0
    for spelling, sizes in words:
        is_kept = kept[documents : documents + len(sizes)]
        documents += len(sizes)
        yield Words(spelling[np.repeat(is_kept, sizes)], sizes[is_kept])
