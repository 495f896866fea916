"""How are all the articles that a query matches given, however many there are?"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import repeat

from newsindex.article import Article
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.storage.stored_articles import restore_article


def matching(snapshot: Snapshot, query: ParsedQuery) -> Iterator[Article]:
    """The articles one after another: those without a date, then the oldest first. Raises QueryError."""
    executor = Evaluator(snapshot)
    runs = []
    for number, view in enumerate(snapshot.views):
        documents = executor.matches(view, query.tree).documents  # in the order of publication
        published = view.segment.published[documents]
        runs.append(zip(map(int, published), repeat(number), map(int, documents)))
    places = heapq.merge(*runs)
    return (restore_article(snapshot.segments[number].text(document)) for _, number, document in places)
