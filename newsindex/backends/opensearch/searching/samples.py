"""Random samples of what queries find on a cluster, as one local snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from newsindex.article import Article
from newsindex.backends.opensearch.documents import restore_article
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.nodes import QueryNode

from .pinned_index import PinnedIndex
from .querying.clauses import Clause
from .querying.query_compiler import QueryCompiler
from .result_snapshot import SnapshotMaker

_SEED: Final = 20
"""The same question has the same sample."""


def sample_snapshot(
    pinned: PinnedIndex,
    snapshots: SnapshotMaker,
    compiler: QueryCompiler,
    parts: Sequence[tuple[QueryNode, int]],
) -> Snapshot:
    """Returns a snapshot of some articles that each tree matches, at most so many of each, at random."""
    answers = pinned.search_all([_sample(compiler.matching(tree), size) for tree, size in parts])
    articles: dict[str, Article] = {}
    for answer in answers:
        for hit in answer.hits:
            article = restore_article(hit["_source"], pinned.place)
            articles[article.id] = article
    return snapshots.make(list(articles.values()), None).snapshot


def _sample(query: Clause, size: int) -> dict[str, Any]:
    scored = {
        "function_score": {
            "query": query, "random_score": {"seed": _SEED, "field": "_seq_no"}, "boost_mode": "replace",
        }
    }  # fmt: skip
    return {"query": scored, "size": size, "_source": ["article"], "track_total_hits": False}
