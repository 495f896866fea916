"""Expressions of two words, and the words whose place they take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.nodes import PhraseQuery

from .comparison import Comparison
from .document_lists import DocumentLists, count_documents, spread
from .log_likelihood import log_likelihood_ratio
from .neighbours import count_neighbours
from .vocabulary import MIN_ARTICLES
from .written_forms import WrittenForm, expression_form

EXPLAINED_SHARE: Final = 0.5
"""The share of the found articles with a word from which on an expression takes the place of the word."""
_MAX_ARTICLES: Final = 512  # in which neighbours are looked for; more are judged by so many of them


class ScoredTerm(NamedTuple):
    """A term, the numbers of the found articles and of those of the reference that have it, and its score."""

    text: str
    found: int
    reference: int
    score: float


class Expression(NamedTuple):
    """Two terms side by side, their numbers and their score, and how the found articles write them."""

    terms: tuple[str, str]
    found: int
    reference: int
    score: float
    form: WrittenForm


class _Candidate(NamedTuple):
    """An expression that scores enough, the documents that have it, and the words whose place it takes."""

    terms: tuple[str, str]
    found: int
    reference: int
    score: float
    documents: DocumentLists
    explained: frozenset[str]


def choose_expressions(
    snapshot: Snapshot,
    comparison: Comparison,
    telling: Mapping[str, ScoredTerm],
    partners: Sequence[str],
    least: float,
) -> tuple[list[Expression], set[str]]:
    """The expressions that take the place of words that stand out, and these words.

    ``telling`` are the words that stand out, by their terms. An expression joins one of them to another one,
    or to one of the ``partners``, which are further terms. It is chosen if it scores at least ``least`` and
    is in at least half of the found articles with one of its telling words. Of several expressions that are
    in half of the articles with the same word, the one with the highest score is chosen.

    Raises DeadlineExceeded and IndexCorrupt.
    """
    candidates = sorted(
        _candidates(snapshot, comparison, telling, partners, least), key=lambda one: (-one.score, one.terms)
    )
    chosen: list[Expression] = []
    replaced: set[str] = set()
    for terms, found, reference, score, documents, explained in candidates:
        if replaced.issuperset(explained):
            continue
        of_matches = [
            of_segment[mask[of_segment]]
            for of_segment, mask in zip(documents, comparison.match_masks, strict=True)
        ]
        form = expression_form(snapshot, terms, of_matches) if count_documents(of_matches) else None
        if form is not None:
            chosen.append(Expression(terms, found, reference, score, form))
            replaced |= explained
    return chosen, replaced


def _candidates(
    snapshot: Snapshot,
    comparison: Comparison,
    telling: Mapping[str, ScoredTerm],
    partners: Sequence[str],
    least: float,
) -> Iterator[_Candidate]:
    """The expressions that may be chosen."""
    pairs = list(_frequent_pairs(snapshot, comparison, telling, partners, least))
    lists = [comparison.matching(PhraseQuery("text", terms)) for terms in pairs]
    counts = [comparison.count(documents) for documents in lists]
    scores = comparison.scores(counts).tolist()
    for terms, documents, (found, reference), score in zip(pairs, lists, counts, scores, strict=True):
        explained = frozenset(
            term for term in terms if term in telling and found >= EXPLAINED_SHARE * telling[term].found
        )
        if explained and found >= MIN_ARTICLES and score >= least:
            yield _Candidate(terms, found, reference, score, documents, explained)


def _frequent_pairs(
    snapshot: Snapshot,
    comparison: Comparison,
    telling: Mapping[str, ScoredTerm],
    partners: Sequence[str],
    least: float,
) -> Iterator[tuple[str, str]]:
    """The pairs that may be in enough of the found articles and score enough, judged by some of these."""
    terms = [*telling, *partners]
    some = spread(comparison.found, _MAX_ARTICLES)
    factor = comparison.articles / count_documents(some)
    first, second, documents = count_neighbours(snapshot, terms, some, MIN_ARTICLES if factor == 1 else 1)
    found = np.array([term.found for term in telling.values()] + [np.inf] * len(partners))
    rarer = np.minimum(found[first], found[second]) / factor  # so many of some articles should have the word
    is_pair = np.flatnonzero(np.isfinite(rarer) & (first != second))
    first, second, rarer, documents = (array[is_pair] for array in (first, second, rarer, documents))
    # Twice the standard error of the number of those with both words, where half of those with the word have
    # both.
    most = documents + (0.0 if factor == 1 else np.sqrt(rarer))
    highest = (np.minimum(most, rarer) * factor).round().astype(np.int64)
    scores = log_likelihood_ratio(
        highest, np.zeros_like(highest), comparison.articles, comparison.reference_articles
    )
    for place in np.flatnonzero((most >= EXPLAINED_SHARE * rarer) & (scores >= least)).tolist():
        yield terms[first[place]], terms[second[place]]
