"""Searches for words that stand out: from a parsed query and its filters to the words."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from newsindex.dates.minutes import Period
from newsindex.distinctive_words import DistinctiveWords
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.suggestion.unknown_labels import SnapshotLabels, unknown_labels
from newsindex.query.syntax.filters import Filters, apply_filters
from newsindex.query.syntax.nodes import AndQuery, DateRangeQuery, QueryNode
from newsindex.query.syntax.parser import ParsedQuery

from .distinctive import find_distinctive_words

MAX_LIMIT: Final = 500
"""The most words that may be asked for."""


class WordsQuery(NamedTuple):
    """What is asked for the words that stand out: a query and its filters, and what they are compared with.

    This is what the same finds in the period ``before``, or without one the rest of the index. With
    ``every_article``, the query finds all articles.
    """

    query: ParsedQuery
    filters: Filters
    before: Period | None
    every_article: bool

    def found(self, zone: ZoneInfo) -> ParsedQuery:
        """The query for the articles whose words are asked for. Raises QueryError."""
        return apply_filters(self.query, self.filters, zone, every_article=self.every_article)

    def reference(self, zone: ZoneInfo) -> QueryNode | None:
        """The tree of the articles to compare with, None for the rest of the index. Raises QueryError."""
        if self.before is None:
            return None
        undated = replace(self.filters, since=None, until=None)
        tree = apply_filters(self.query, undated, zone, every_article=self.every_article).tree
        return AndQuery((tree, DateRangeQuery(self.before.start, self.before.end)))


def search_words(snapshot: Snapshot, asked: WordsQuery, limit: int) -> DistinctiveWords:
    """The words that stand out in what a query finds.

    Raises QueryError, DeadlineExceeded and IndexCorrupt.
    """
    started = time.perf_counter()
    found, reference = asked.found(snapshot.zone), asked.reference(snapshot.zone)
    words = find_distinctive_words(snapshot, found.tree, reference, asked.query.tree, limit)
    return DistinctiveWords(
        words.words,
        words.articles,
        words.reference_articles,
        (*found.notes, *unknown_labels(found.tree, SnapshotLabels(snapshot)), *words.notes),
        time.perf_counter() - started,
    )
