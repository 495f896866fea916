"""BM25F, the scoring formula of newsindex, with its parameters and the weights of terms.

For a term t and a document d, with f ranging over the fields::

    w(t, d) = sum of weight[f] * tf[f] / (1 - b[f] + b[f] * length[f] / average_length[f])
    score   = factor * w / (k1 + w),   idf(t) = ln(1 + (N - df + 0.5) / (df + 0.5))

(Zaragoza, Craswell, Taylor, Saria and Robertson, "Microsoft Cambridge at TREC-13", 2004; Robertson and
Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6.1. The idf is
the Robertson-Sparck Jones weight without relevance information, with the 1 that keeps it positive.)

The length of a field is rounded to the typical length of its class (``field_norms.py``). The average length
of a field is taken over the documents that have the field: otherwise pages that are only a headline would
make every article look long. The normalised frequencies of headline and body are added before
they saturate, so that a word in both fields does not count as two words.

A term is a stem, and a *spelling* is a written form of a term in lower case: ``barrage`` and ``barrages`` are
two spellings of one term. A document that has the spelling of the query scores more than one that has another
spelling of the term only::

    factor = idf(term) + spelling * idf(alike) * [d has a spelling that differs in accents at most]
                       + accents  * idf(alike) * [d has the spelling as typed]

The document frequency of ``alike`` is the sum over the spellings that differ from the typed one in accents at
most, limited to the document frequency of the term. ``neighbours`` and ``stop_words`` are the shares in the
score of what ``ranking/optional_scorer.py`` adds. ``lead`` is the weight of the second stage, by which
``ranking/second_stage.py`` multiplies the scores of the best matches.
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
    """The parameters of the formula. Raises QueryError for values outside the formula's domain."""

    k1: float = 1.0
    headline_weight: float = 4.5
    headline_b: float = 0.5
    body_weight: float = 1.0
    body_b: float = 0.75
    spelling: float = 0.5
    accents: float = 0.1
    neighbours: float = 0.1
    stop_words: float = 0.2
    lead: float = 1.0

    def __post_init__(self) -> None:
        for name in ("k1", "headline_weight", "body_weight"):
            if not getattr(self, name) > 0:
                raise QueryError(f"{name} must be positive, not {getattr(self, name)!r}")
        for name in ("spelling", "accents", "neighbours", "stop_words", "lead"):
            if not getattr(self, name) >= 0:
                raise QueryError(f"{name} must not be negative, not {getattr(self, name)!r}")
        for name in ("headline_b", "body_b"):
            if not 0 <= getattr(self, name) <= 1:
                raise QueryError(f"{name} must be from 0 to 1, not {getattr(self, name)!r}")

    def scores(
        self, weights: NDArray[np.float32], factor: float | NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Computes factor * w / (k1 + w), of the shape of ``weights``.

        ``factor`` is a boosted idf: one number for all documents, or one for each.
        """
        scores = weights + np.float32(self.k1)
        np.divide(weights, scores, out=scores)
        scores *= np.float32(factor)
        return scores


class TermWeight(NamedTuple):
    """The boosted idf of a word of a query: that of its term, and that of its spellings.

    These are the spellings that differ from the typed one in accents at most; their idf is 0 where no
    document has one.
    """

    term: float
    spelling: float

    def max_score(self, ranking: BM25F) -> float:
        """The limit of the score that a document can have for the word."""
        return self.term + (ranking.spelling + ranking.accents) * self.spelling

    def times(self, factor: float) -> TermWeight:
        """The weight multiplied by a boost."""
        return TermWeight(self.term * factor, self.spelling * factor)


def idf(documents: int, document_frequency: float) -> float:
    """Computes the inverse document frequency ln(1 + (N - df + 0.5) / (df + 0.5))."""
    return math.log1p((documents - document_frequency + 0.5) / (document_frequency + 0.5))


def length_norms(
    weight: float, b: float, length: NDArray[np.floating[Any]], average: float
) -> NDArray[np.float32]:
    """Computes weight / (1 - b + b * length / average), of the shape of ``length``."""
    relative = length / (average or 1.0)
    return (weight / (1.0 - b + b * relative)).astype(np.float32)
