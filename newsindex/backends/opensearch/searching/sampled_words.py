"""Finds the words that stand out: in a sample of the articles, whose words are then counted on the cluster.

Which words may stand out is found by the code of indexes in folders, among some of the articles that were
found and some of those to compare with. How many articles have each of them is counted over all articles,
copies included, and decides which are given.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from newsindex.analyzer import Lexicon
from newsindex.distinctive_words import DistinctiveWord, DistinctiveWords
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.keyness.distinctive import MIN_SCORE, few_articles_notes, find_distinctive_words
from newsindex.query.keyness.log_likelihood import log_likelihood_ratio
from newsindex.query.keyness.vocabulary import MIN_ARTICLES
from newsindex.query.keyness.word_search import WordsQuery
from newsindex.query.syntax.nodes import AndNotQuery, AndQuery, EveryQuery, QueryNode
from newsindex.query.syntax.parser import parse_query
from newsindex.results import Note

from .lookups.term_counts import TermCounts

SAMPLE: Final = 1_000
"""The most articles of either side whose words are looked at."""
_CANDIDATES_PER_WORD: Final = 2  # that is asked for
_MIN_CANDIDATES: Final = 30


def words_of_sample(
    asked: WordsQuery,
    limit: int,
    zone: ZoneInfo,
    lexicon: Lexicon,
    sample: Callable[[Sequence[tuple[QueryNode, int]]], Snapshot],
    counts: TermCounts,
) -> DistinctiveWords:
    """Returns the words that stand out in what a query finds.

    ``sample`` makes a snapshot of some articles that each of some trees matches. Raises QueryError.
    """
    started = time.perf_counter()
    found, before = asked.found(zone).tree, asked.reference(zone)
    reference = AndNotQuery(EveryQuery() if before is None else before, found)
    totals = counts.fetch([found, reference])
    words: Sequence[DistinctiveWord] = ()
    if limit and totals[found] >= MIN_ARTICLES and totals[reference]:
        snapshot = sample([(found, SAMPLE), (reference, SAMPLE)])
        candidates = max(_MIN_CANDIDATES, _CANDIDATES_PER_WORD * limit)
        words = find_distinctive_words(snapshot, found, before, asked.query.tree, candidates).words
        nodes = [parse_query(word.query, zone, "all", lexicon).tree for word in words]
        words = _counted(words, nodes, found, reference, counts)[:limit]
    notes: list[Note] = few_articles_notes(totals[found], totals[reference])
    if max(totals[found], totals[reference]) > SAMPLE:
        notes.append(
            Note(
                f"The words are those of a sample of at most {SAMPLE:,} of the articles found; their counts "
                "are of all.",
                "words_of_a_sample",
                str(SAMPLE),
            )
        )
    return DistinctiveWords(
        tuple(words), totals[found], totals[reference], tuple(notes), time.perf_counter() - started
    )


def _counted(
    words: Sequence[DistinctiveWord],
    nodes: Sequence[QueryNode],
    found: QueryNode,
    reference: QueryNode,
    counts: TermCounts,
) -> list[DistinctiveWord]:
    """The words with the counts of all articles, of which those that stand out, the highest score first."""
    if not words:
        return []
    sides = [[AndQuery((side, node)) for node in nodes] for side in (found, reference)]
    known = counts.fetch([tree for side in sides for tree in side])
    of_found, of_reference = (np.array([known[tree] for tree in side]) for side in sides)
    totals = counts.of(found), counts.of(reference)
    scores = log_likelihood_ratio(of_found, of_reference, *totals)
    counted = [
        replace(
            word,
            articles=int(articles),
            reference=int(others),
            share=int(articles) / totals[0],
            reference_share=int(others) / totals[1],
            score=float(score),
        )
        for word, articles, others, score in zip(words, of_found, of_reference, scores, strict=True)
        if score >= MIN_SCORE and articles >= MIN_ARTICLES
    ]
    return sorted(counted, key=lambda word: -word.score)
