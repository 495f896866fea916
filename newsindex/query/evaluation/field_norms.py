"""Field norms: the weight of an occurrence in a document, by the lengths of the document's fields.

Lengths are rounded to classes: four for headlines, and sixty-four for bodies, each 12% longer than the one
before. The saturated weight of every frequency code (``storage/postings_encoder.py``) in every class of
documents is one table, so that a posting is scored by one look-up. Lucene rounds its field norms to
one byte for the same reason.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.storage.postings_encoder import Frequencies
from newsindex.storage.segment import Segment

from .bm25f import BM25F, length_norms

HEADLINE_CLASSES: Final = (0, 7, 11, 16)
"""The shortest length, in words, of each class of headlines."""
BODY_CLASSES: Final = (0, *(round(8 * 1.12**i) for i in range(63)))
"""The shortest length, in words, of each class of bodies."""
_CODES: Final = 256
_MAX_LENGTH: Final = BODY_CLASSES[-1]  # all longer fields are of the last class


def typical_lengths(classes: tuple[int, ...]) -> NDArray[np.float64]:
    """The length that stands for each class, the middle of the class, shape (classes,)."""
    ends = (*classes[1:], round(classes[-1] * 1.12))
    return np.array([(start + end - 1) / 2 for start, end in zip(classes, ends, strict=True)])


@cache
def _class_of_length(classes: tuple[int, ...]) -> NDArray[np.uint8]:
    return (np.searchsorted(classes, np.arange(_MAX_LENGTH + 1), "right") - 1).astype(np.uint8)


class FieldNorms:
    """The length classes of the documents of one segment, and the weights of frequencies in them."""

    def __init__(
        self, segment: Segment, ranking: BM25F, average_headline: float, average_body: float
    ) -> None:
        """``average_headline`` and ``average_body`` are the average lengths of the fields, in words."""
        self._ranking = ranking
        self._postings = segment.postings
        headline_class = _class_of_length(HEADLINE_CLASSES)[np.minimum(segment.headline_length, _MAX_LENGTH)]
        body_class = _class_of_length(BODY_CLASSES)[np.minimum(segment.body_length, _MAX_LENGTH)]
        classes = headline_class.astype(np.uint16) * np.uint16(len(BODY_CLASSES)) + body_class
        self.row_starts: NDArray[np.uint16] = classes * np.uint16(_CODES)
        """The index in :meth:`table` at which the row of each document begins, shape (documents,)."""
        headline_norm = length_norms(
            ranking.headline_weight, ranking.headline_b, typical_lengths(HEADLINE_CLASSES), average_headline
        )
        body_norm = length_norms(
            ranking.body_weight, ranking.body_b, typical_lengths(BODY_CLASSES), average_body
        )
        self._headline_norm = np.repeat(headline_norm, len(BODY_CLASSES))
        self._body_norm = np.tile(body_norm, len(HEADLINE_CLASSES))
        self._tables: dict[str, NDArray[np.float32]] = {}

    def table(self, field: str) -> NDArray[np.float32]:
        """The value w / (k1 + w) of each frequency code in each class.

        The shape is (classes * 256,), class after class; the field ``text`` is headline and body.
        """
        table = self._tables.get(field)
        if table is None:
            headline, body = Frequencies(self._postings.code_headline, self._postings.code_body).within(field)
            weights = np.zeros((len(self._body_norm), _CODES), np.float32)
            np.multiply.outer(self._body_norm, body.astype(np.float32), out=weights[:, : len(body)])
            in_headline = headline.nonzero()[0]  # most codes are of postings in the body only
            weights[:, in_headline] += np.multiply.outer(
                self._headline_norm, headline[in_headline].astype(np.float32)
            )
            table = self._tables[field] = self._ranking.scores(weights, 1.0).ravel()
        return table

    @property
    def class_norms(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The weight of one occurrence in the headline, and of one in the body, by class of documents."""
        return self._headline_norm, self._body_norm

    def weights(self, documents: NDArray[Any], frequencies: Frequencies) -> NDArray[np.float32]:
        """The w of BM25F: the normalised frequencies of both fields added, of the shape of ``documents``."""
        classes = self.row_starts[documents] >> 8
        headline = frequencies.headline.astype(np.float32) * self._headline_norm[classes]
        body = frequencies.body.astype(np.float32) * self._body_norm[classes]
        weights: NDArray[np.float32] = headline + body
        return weights
