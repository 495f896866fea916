"""How well does a document answer a term? BM25F, as its authors define it.

For a term t and a document d, with f ranging over the fields::

    w(t, d) = sum of weight[f] * tf[f] / (1 - b[f] + b[f] * length[f] / average_length[f])
    score   = factor * w / (k1 + w),   idf(t) = ln(1 + (N - df + 0.5) / (df + 0.5))

(Zaragoza, Craswell, Taylor, Saria and Robertson, "Microsoft Cambridge at TREC-13", 2004; Robertson and
Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6.1. The idf is
the Robertson-Sparck Jones weight without relevance information, with the 1 that keeps it positive.)
Lengths are those of their class (norms.py), and the average length of a field is over the documents that
have it: beside a page of bare headlines an article is not a long one. Frequencies of headline and body are
added before they saturate: a word in both is not counted as two. A term is a stem, and what was typed
counts beside it: the factor is

    factor = idf(stem) + spelling * idf(form) * [d has the form] + accents * idf(form) * [d has it as typed]

where the form is the word as typed whatever the accents, and its document frequency the sum over the
spellings that are the form, at most that of the stem. ``neighbours`` and ``stop_words`` are the shares
in the score of what extras.py adds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.errors import QueryError


@dataclass(frozen=True)
class BM25F:
    """The parameters. Raises QueryError for values outside the formula's domain."""

    k1: float = 1.0
    headline_weight: float = 4.5
    headline_b: float = 0.5
    body_weight: float = 1.0
    body_b: float = 0.75
    spelling: float = 0.5
    accents: float = 0.1
    neighbours: float = 0.1
    stop_words: float = 0.2

    def __post_init__(self) -> None:
        for name in ("k1", "headline_weight", "body_weight"):
            if not getattr(self, name) > 0:
                raise QueryError(f"{name} must be positive, not {getattr(self, name)!r}")
        for name in ("spelling", "accents", "neighbours", "stop_words"):
            if not getattr(self, name) >= 0:
                raise QueryError(f"{name} must not be negative, not {getattr(self, name)!r}")
        for name in ("headline_b", "body_b"):
            if not 0 <= getattr(self, name) <= 1:
                raise QueryError(f"{name} must be from 0 to 1, not {getattr(self, name)!r}")

    def scores(
        self, weights: NDArray[np.float32], factor: float | NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """factor * w / (k1 + w); the factor is the idf, boosted, one for all or one for each."""
        below = weights + np.float32(self.k1)
        np.divide(weights, below, out=below)
        below *= np.float32(factor)
        return below


class TermWeight(NamedTuple):
    """What a word of a query is worth, boosted: the idf of its stem, and of the word as typed, 0 if no
    document has it."""

    stem: float
    form: float

    def most(self, ranking: BM25F) -> float:
        """No document scores more for the word."""
        return self.stem + (ranking.spelling + ranking.accents) * self.form


def idf(documents: int, document_frequency: float) -> float:
    """ln(1 + (N - df + 0.5) / (df + 0.5))."""
    return math.log1p((documents - document_frequency + 0.5) / (document_frequency + 0.5))


def field_norms(
    weight: float, b: float, length: NDArray[np.floating[Any]], average: float
) -> NDArray[np.float32]:
    """weight / (1 - b + b * length / average), of the shape of ``length``."""
    relative = length / (average or 1.0)
    return (weight / (1.0 - b + b * relative)).astype(np.float32)
