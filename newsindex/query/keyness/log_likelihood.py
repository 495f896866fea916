"""The log-likelihood ratio by which words are compared between two sets of articles."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def log_likelihood_ratio(
    found: NDArray[Any], reference: NDArray[Any], found_total: int, reference_total: int
) -> NDArray[np.float64]:
    """The log-likelihood ratio G² of words, 0 for those that are not over-represented; shape (words,).

    ``found`` and ``reference`` count the articles of two sets that have each word, and the totals all
    articles of each set. G² is 2 Σ O ln(O / E) over the four cells of the table of articles with and without
    the word in either set, where O is observed, and E is expected if both sets have the word equally often.
    (Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics,
    1993.)
    """
    ratios = np.zeros(len(found), np.float64)
    over = np.flatnonzero(found * float(reference_total) > reference * float(found_total))
    found, reference = found[over], reference[over]
    share = (found + reference) / max(found_total + reference_total, 1)
    ratio = np.zeros(len(over), np.float64)
    for with_word, size in ((found, found_total), (reference, reference_total)):
        ratio += _cell(with_word, size * share) + _cell(size - with_word, size * (1 - share))
    ratios[over] = 2 * ratio
    return ratios


def _cell(observed: NDArray[Any], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """O ln(O / E), 0 where nothing is observed."""
    there = np.maximum(observed, 1)
    logarithm = np.log(there / np.where(expected > 0, expected, 1.0))
    return np.where(observed > 0, observed * logarithm, 0.0)
