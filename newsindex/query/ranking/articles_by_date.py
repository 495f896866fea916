"""Iterates over all articles that a query matches, in the order of their publication."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Final

from newsindex.article import Article
from newsindex.deadline import check_deadline
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.storage.stored_articles import restore_article

_ARTICLES_PER_CHECK: Final = 256  # after as many articles the deadline is checked


def articles_by_date(snapshot: Snapshot, query: ParsedQuery) -> Iterator[Article]:
    """Returns the matching articles one by one: those without a date, then the oldest first.

    Raises QueryError at once; articles are read only when they are asked for.
    """
    evaluator = Evaluator(snapshot)
    runs = []
    for segment, view in enumerate(snapshot.views):
        check_deadline()
        documents = evaluator.matches(view, query.tree).documents  # in the order of publication
        published = view.segment.published[documents]
        runs.append(zip(map(int, published), repeat(segment), map(int, documents)))
    return _restored(snapshot, heapq.merge(*runs))


def _restored(snapshot: Snapshot, matches: Iterable[tuple[int, int, int]]) -> Iterator[Article]:
    """The articles of some dates, segments and documents."""
    for count, (_, segment, document) in enumerate(matches):
        if count % _ARTICLES_PER_CHECK == 0:
            check_deadline()
        yield restore_article(snapshot.segments[segment].text(document), snapshot.zone)
