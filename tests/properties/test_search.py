"""The fast engine equals the obvious one, and finds what stock Whoosh finds."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex.query.evaluation.term_dictionary import SnapshotDictionary
from newsindex.query.ranking import final_order
from newsindex.query.syntax.parser import parse_query
from tests.reference.engine import ReferenceEngine
from tests.reference.whoosh_oracle import matching

from .strategies import corpora, queries, signed_queries

UTC = ZoneInfo("UTC")


def scores_of(index, query, **options):
    return {hit.article.id: hit.score for hit in index.search(query, limit=1000, **options)}


def tree_of(index, query):
    with index.snapshot() as searcher:
        return parse_query(query, UTC, dictionary=SnapshotDictionary(searcher._backend.snapshot)).tree


@given(corpora(), st.lists(queries | signed_queries, min_size=1, max_size=6), st.data())
def test_scores_are_those_of_the_reference(articles, asked, data):
    cut = data.draw(st.integers(0, len(articles)))
    deleted = data.draw(st.sets(st.sampled_from([a.id for a in articles]), max_size=3))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        index = newsindex.create(Path(folder) / "i")
        index.add(articles[:cut])
        index.add(articles[cut:])
        index.delete(*deleted)
        if data.draw(st.booleans()):
            index.optimize()
        reference = ReferenceEngine([a for a in articles if a.id not in deleted])
        for query in asked:
            expected = reference.search(tree_of(index, query))
            assert scores_of(index, query) == pytest.approx(expected, rel=1e-5, abs=1e-5), query
        index.close()


def test_a_quoted_word_and_the_stop_word_beside_it_score_as_neighbours(make_index):
    article = newsindex.Article("", "fin.Le", id="a0")
    index = make_index([article])
    query = '(maroc "fin.Le")'
    expected = ReferenceEngine([article]).search(tree_of(index, query))
    assert scores_of(index, query) == pytest.approx(expected, rel=1e-5, abs=1e-5)


@given(corpora(), queries, st.integers(1, 4), st.data())
def test_the_best_matches_are_sorted_anew_and_the_others_follow(articles, query, best, data):
    cut = data.draw(st.integers(0, len(articles)))
    deleted = data.draw(st.sets(st.sampled_from([a.id for a in articles]), max_size=2))
    lead_factor = ReferenceEngine([a for a in articles if a.id not in deleted]).lead_factor
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        patch.object(final_order, "MAX_RERANKED", best),
    ):
        found = []
        for lead in (0, 1):
            index = newsindex.create(Path(folder) / str(lead), lead=lead)
            index.add(articles[:cut])
            index.add(articles[cut:])
            index.delete(*deleted)
            found.append([(hit.article.id, hit.score) for hit in index.search(query, limit=100)])
            index.close()
        first_stage, final = found
        tree = parse_query(query, UTC).tree
        expected = {i: score * lead_factor(i, tree) for i, score in first_stage[:best]}
        assert dict(final[:best]) == pytest.approx(expected, rel=1e-5, abs=1e-5)
        assert final[best:] == first_stage[best:]
        scores = [score for _, score in final]
        assert scores == sorted(scores, reverse=True)


@given(corpora(), st.lists(queries, min_size=1, max_size=6))
def test_the_documents_found_are_those_of_stock_whoosh(articles, asked):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        index = newsindex.create(Path(folder) / "i")
        index.add(articles)
        for query in asked:
            assert set(scores_of(index, query)) == matching(articles, index.parse(query).tree), query
        index.close()


@given(
    corpora(),
    queries,
    st.integers(1, 4),
    st.sampled_from(["relevance", "newest", "oldest", "recent"]),
    st.integers(1, 6),
    st.booleans(),
)
def test_pages_by_cursor_are_the_whole_list_in_pieces(articles, query, size, sort, best, collapse):
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        patch.object(final_order, "MAX_RERANKED", best),
    ):
        index = newsindex.create(Path(folder) / "i")
        index.add(articles[::2])
        index.add(articles[1::2])
        whole = [hit.article.id for hit in index.search(query, limit=100, sort=sort, collapse=collapse)]
        total = index.search(query, limit=0).total
        assert collapse or len(whole) == total
        paged, cursor = [], None
        while True:
            page = index.search(query, limit=size, sort=sort, after=cursor, collapse=collapse)
            assert page.total == total
            paged += [hit.article.id for hit in page]
            cursor = page.next
            if cursor is None:
                break
        assert paged == whole
        index.close()
