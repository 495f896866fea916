"""What is an occurrence worth in a document of some length?

Lengths are taken in classes: four of headlines, and sixty-four of bodies, an eighth apart. So the saturated
weight of every code of frequencies (storage/postings.py) in every class of documents is one small table,
and a posting is scored by one look-up. Lucene's field norms are rounded to a byte in the same spirit.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.storage.postings_encoder import Frequencies
from newsindex.storage.segment import Segment

from .bm25f import BM25F, field_norms

HEADLINE_STARTS: Final = (0, 7, 11, 16)
"""The least length in words of each class of headlines."""
BODY_STARTS: Final = (0, *(round(8 * 1.12**i) for i in range(63)))
"""The least length in words of each class of bodies."""
_CODES: Final = 256
_LONGEST: Final = BODY_STARTS[-1]  # beyond, all are of one class


def typical_lengths(starts: tuple[int, ...]) -> NDArray[np.float64]:
    """The length that stands for each class: the middle of it, shape (classes,)."""
    ends = (*starts[1:], round(starts[-1] * 1.12))
    return np.array([(start + end - 1) / 2 for start, end in zip(starts, ends, strict=True)])


@cache
def _class_of_length(starts: tuple[int, ...]) -> NDArray[np.uint8]:
    return (np.searchsorted(starts, np.arange(_LONGEST + 1), "right") - 1).astype(np.uint8)


class FieldNorms:
    """The classes of the documents of one segment, and what they make of frequencies."""

    def __init__(self, segment: Segment, ranking: BM25F, headline: float, body: float) -> None:
        """``headline`` and ``body`` are the average lengths of the fields."""
        self._ranking = ranking
        self._postings = segment.postings
        of_headline = _class_of_length(HEADLINE_STARTS)[np.minimum(segment.headline_length, _LONGEST)]
        of_body = _class_of_length(BODY_STARTS)[np.minimum(segment.body_length, _LONGEST)]
        classes = of_headline.astype(np.uint16) * np.uint16(len(BODY_STARTS)) + of_body
        self.rows: NDArray[np.uint16] = classes * np.uint16(_CODES)
        """Where the row of each document begins in :meth:`table`, shape (documents,)."""
        headline_norm = field_norms(
            ranking.headline_weight, ranking.headline_b, typical_lengths(HEADLINE_STARTS), headline
        )
        body_norm = field_norms(ranking.body_weight, ranking.body_b, typical_lengths(BODY_STARTS), body)
        self._headline_norm = np.repeat(headline_norm, len(BODY_STARTS))
        self._body_norm = np.tile(body_norm, len(HEADLINE_STARTS))
        self._tables: dict[str, NDArray[np.float32]] = {}

    def table(self, field: str) -> NDArray[np.float32]:
        """w / (k1 + w) of each code, class after class, shape (classes * 256,); ``text`` is both fields."""
        table = self._tables.get(field)
        if table is None:
            headline, body = Frequencies(self._postings.code_headline, self._postings.code_body).within(field)
            weights = np.zeros((len(self._body_norm), _CODES), np.float32)
            np.multiply.outer(self._body_norm, body.astype(np.float32), out=weights[:, : len(body)])
            titled = headline.nonzero()[0]  # most codes are of postings in the body only
            weights[:, titled] += np.multiply.outer(self._headline_norm, headline[titled].astype(np.float32))
            table = self._tables[field] = self._ranking.scores(weights, 1.0).ravel()
        return table

    def weights(self, documents: NDArray[Any], frequencies: Frequencies) -> NDArray[np.float32]:
        """w of BM25F: normalised frequencies of both fields, added."""
        classes = self.rows[documents] >> 8
        headline = frequencies.headline.astype(np.float32) * self._headline_norm[classes]
        body = frequencies.body.astype(np.float32) * self._body_norm[classes]
        weights: NDArray[np.float32] = headline + body
        return weights
