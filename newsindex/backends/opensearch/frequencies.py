"""The frequencies of tokens in the fields ``stems`` and ``forms``: the w of BM25F as whole numbers."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.query.evaluation.bm25f import BM25F, length_norms
from newsindex.query.evaluation.field_norms import BODY_CLASSES, HEADLINE_CLASSES, typical_lengths

from .layout import SCALE


class AverageLengths(NamedTuple):
    """The average lengths of the fields that an index records, in words, over the articles that have them."""

    headline: float
    body: float


class FieldWeights:
    """The weight of one occurrence in each field of a document, by the lengths of the fields."""

    def __init__(self, ranking: BM25F, averages: AverageLengths) -> None:
        self._headline = length_norms(
            ranking.headline_weight, ranking.headline_b, typical_lengths(HEADLINE_CLASSES), averages.headline
        )
        self._body = length_norms(
            ranking.body_weight, ranking.body_b, typical_lengths(BODY_CLASSES), averages.body
        )

    def of_lengths(
        self, headline: NDArray[np.integer[Any]], body: NDArray[np.integer[Any]]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The weights for documents with these numbers of words, each of shape (documents,)."""
        headline_class = np.searchsorted(HEADLINE_CLASSES, headline, "right") - 1
        body_class = np.searchsorted(BODY_CLASSES, body, "right") - 1
        return self._headline[headline_class], self._body[body_class]


def token_frequencies(weights: NDArray[np.floating[Any]]) -> NDArray[np.int64]:
    """The frequencies that stand for weighted frequencies: SCALE times as much, rounded, and at least 1."""
    frequencies: NDArray[np.int64] = np.maximum(np.rint(weights * SCALE), 1).astype(np.int64)
    return frequencies
