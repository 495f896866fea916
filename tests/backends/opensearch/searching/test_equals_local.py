"""A search on a cluster finds what a search in a folder finds, in the same order."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newsindex.errors import QueryError
from tests.properties.strategies import queries, signed_queries

FILTERS = st.sampled_from([
    {}, {}, {"source": "hespress"}, {"source": ["l'echo", "Nulle part"]}, {"until": "2023"},
    {"since": "2024", "until": "2024-06"},
])  # fmt: skip
ON_A_CLUSTER = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
FIRST = 10
LARGEST_DIFFERENCE = 0.02
"""The share by which scores may differ: an article with two spellings of a word that differ in accents is
counted once by the cluster, and twice in a folder."""


def ids(results):
    return [hit.article.id for hit in results]


def both(pair, ask):
    """What an index in a folder and one on a cluster answer, or the error that both raise."""
    answers = []
    for index in pair:
        try:
            answers.append(ask(index))
        except QueryError as error:
            answers.append(str(error))
    return answers


def assert_same_order(local, cluster):
    """The hits of two pages have nearly the same scores, and articles change places only among such."""
    assert len(local) == len(cluster)
    scores = {hit.article.id: hit.score for hit in cluster}
    for mine, theirs in zip(local, cluster, strict=True):
        assert theirs.score == pytest.approx(mine.score, rel=LARGEST_DIFFERENCE, abs=1e-4)
        if mine.article.id in scores:
            assert scores[mine.article.id] == pytest.approx(mine.score, rel=LARGEST_DIFFERENCE, abs=1e-4)


@ON_A_CLUSTER
@given(query=queries | signed_queries, filters=FILTERS)
def test_a_query_matches_the_same_articles(pair, query, filters):
    local, cluster = both(pair, lambda index: sorted(a.id for a in index.articles(query, **filters)))
    assert cluster == local, query


@ON_A_CLUSTER
@given(query=queries, filters=FILTERS, operator=st.sampled_from(["any", "all"]))
@example(query='"péché 8 913"~4', filters={}, operator="any")
def test_the_first_hits_are_the_same(pair, query, filters, operator):
    local, cluster = both(pair, lambda index: index.search(query, FIRST, operator=operator, **filters))
    if isinstance(local, str):
        assert cluster == local
        return
    assert (cluster.total, cluster.notes) == (local.total, local.notes)
    assert_same_order(local, cluster)
