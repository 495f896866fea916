"""Searches for words that stand out: from a parsed query and its filters to the words."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Final

from newsindex.dates.minutes import Period
from newsindex.distinctive_words import DistinctiveWords
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.search import unknown_labels
from newsindex.query.syntax.filters import Filters, apply_filters
from newsindex.query.syntax.nodes import AndQuery, DateRangeQuery, QueryNode
from newsindex.query.syntax.parser import ParsedQuery

from .distinctive import find_distinctive_words

MAX_LIMIT: Final = 500
"""The most words that may be asked for."""


def search_words(
    snapshot: Snapshot,
    query: ParsedQuery,
    filters: Filters,
    before: Period | None,
    limit: int,
    *,
    every_article: bool,
) -> DistinctiveWords:
    """The words that stand out in what a query and filters find.

    They are compared with what the same finds in the period ``before``, or without one with the rest of the
    index. With ``every_article``, the query finds all articles.

    Raises QueryError, DeadlineExceeded and IndexCorrupt.
    """
    started = time.perf_counter()
    found = apply_filters(query, filters, snapshot.zone, every_article=every_article).tree
    reference: QueryNode | None = None
    if before is not None:
        undated = replace(filters, since=None, until=None)
        tree = apply_filters(query, undated, snapshot.zone, every_article=every_article).tree
        reference = AndQuery((tree, DateRangeQuery(before.start, before.end)))
    words = find_distinctive_words(snapshot, found, reference, query.tree, limit)
    return DistinctiveWords(
        words.words,
        words.articles,
        words.reference_articles,
        (*query.notes, *unknown_labels(snapshot, found), *words.notes),
        time.perf_counter() - started,
    )
