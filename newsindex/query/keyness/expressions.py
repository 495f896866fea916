"""Expressions of two words, and the words whose place they take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np

from newsindex.deadline import check_deadline
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.nodes import PhraseQuery

from .comparison import Comparison
from .document_lists import DocumentLists
from .log_likelihood import log_likelihood_ratio
from .neighbours import count_neighbours
from .vocabulary import MIN_ARTICLES
from .written_forms import WrittenForm, expression_form

EXPLAINED_SHARE: Final = 0.5
"""The share of the found articles with a word from which on an expression takes the place of the word."""


class ScoredTerm(NamedTuple):
    """A term, the numbers of the found articles and of those of the reference that have it, and its score."""

    text: str
    found: int
    reference: int
    score: float


class Expression(NamedTuple):
    """Two terms side by side, with the same, the found articles that have them, and how these write them."""

    terms: tuple[str, str]
    found: int
    reference: int
    score: float
    form: WrittenForm


class _Candidate(NamedTuple):
    max_score: float
    terms: tuple[str, str]
    found: int
    explained: tuple[str, ...]  # the telling words whose place it may take


def choose_expressions(
    snapshot: Snapshot,
    comparison: Comparison,
    telling: Mapping[str, ScoredTerm],
    partners: Mapping[str, int],
    least: float,
) -> tuple[list[Expression], set[str]]:
    """The expressions that take the place of words that stand out, and these words.

    ``telling`` are the words that stand out. An expression joins one of them and another one, or one of the
    ``partners``, which are other terms with the numbers of the found articles that have them. It is chosen if
    it scores at least ``least``, and if at least half of the found articles with one of its telling words
    have it; of two that explain the same word, the one that scores more is chosen.

    Raises DeadlineExceeded and IndexCorrupt.
    """
    candidates = sorted(_candidates(snapshot, comparison, telling, partners, least), reverse=True)
    scored: list[tuple[float, _Candidate, int, DocumentLists]] = []
    for candidate in candidates:
        check_deadline()
        documents = comparison.matching(PhraseQuery("text", candidate.terms))
        found, reference = comparison.count(documents)
        score = _score(comparison, found, reference)
        if found >= MIN_ARTICLES and score >= least:
            scored.append((score, candidate, reference, documents))
    scored.sort(key=lambda item: (-item[0], item[1].terms))
    chosen: list[Expression] = []
    replaced: set[str] = set()
    for score, candidate, reference, documents in scored:
        if replaced.issuperset(candidate.explained):
            continue
        of_found = [
            of_segment[mask[of_segment]]
            for of_segment, mask in zip(documents, comparison.found_masks, strict=True)
        ]
        form = expression_form(snapshot, candidate.terms, of_found)
        if form is not None:
            chosen.append(Expression(candidate.terms, candidate.found, reference, score, form))
            replaced.update(candidate.explained)
    return chosen, replaced


def _candidates(
    snapshot: Snapshot,
    comparison: Comparison,
    telling: Mapping[str, ScoredTerm],
    partners: Mapping[str, int],
    least: float,
) -> Iterator[_Candidate]:
    """The pairs that are in enough of the found articles, and that may score enough."""
    terms = [*telling, *partners]
    for (first, second), found in count_neighbours(snapshot, terms, comparison.found, MIN_ARTICLES).items():
        if first == second:
            continue
        pair = terms[first], terms[second]
        explained = tuple(
            text for text in pair if text in telling and found >= EXPLAINED_SHARE * telling[text].found
        )
        max_score = _score(comparison, found, 0) if explained else 0.0
        if max_score >= least and explained:
            yield _Candidate(max_score, pair, found, explained)


def _score(comparison: Comparison, found: int, reference: int) -> float:
    counts = np.array([found]), np.array([reference])
    return float(log_likelihood_ratio(*counts, comparison.articles, comparison.reference_articles)[0])
