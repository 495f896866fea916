"""The interface of the words of a batch, kept as arrays (array_words.py) or in the kernel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from newsindex.storage.array_file import Array
from newsindex.storage.compression.compiled_postings import CompiledPostingsEncoder
from newsindex.storage.postings_encoder import PostingsEncoder

from .segment_builder import Block


class Inverted(NamedTuple):
    """What a segment holds of the words of its documents."""

    terms: Mapping[str, Array]  # from term_arrays
    spellings: Mapping[str, Array]  # from spelling_arrays
    postings: PostingsEncoder | CompiledPostingsEncoder  # which was given all occurrences
    signatures: NDArray[np.uint64]  # shape (2, documents)
    landmark: NDArray[np.integer]  # as find_landmarks gives them, one document after another


class KeptWords(Protocol):
    """The words of the articles that were scanned since the last :meth:`clear`, numbered from 0."""

    @property
    def words(self) -> int:
        """The number of words of all articles."""

    def scan(self, block: Block) -> None:
        """Scans the articles of a block, and keeps their words."""

    def clear(self) -> None:
        """Drops all articles, and the scanner's forms where these are many."""

    def lengths(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """The numbers of words of the headline and of the body of each article."""

    def invert(self, articles: NDArray[np.intp]) -> Inverted:
        """The words of some articles in the order of their terms; drops the words of all articles.

        ``articles`` has the number of each document's article, shape (documents,).
        """
