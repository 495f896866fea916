"""A few articles with the figures of all score as they do among all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.analyzer import Lexicon
from newsindex.index_settings import time_zone
from newsindex.indexer.article_segment import segment_of
from newsindex.indexer.scanning.scanners import new_scanner
from newsindex.query.evaluation.bm25f import BM25F
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.evaluation.term_dictionary import SnapshotDictionary
from newsindex.query.ranking.final_order import FinalOrder
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.syntax.parser import parse_query
from tests.properties.strategies import corpora, queries, signed_queries


class FiguresOf:
    """The figures of a snapshot, as a part of it takes them."""

    def __init__(self, snapshot):
        self._snapshot = snapshot
        self.documents = snapshot.documents
        self.average_lengths = snapshot.average_lengths()

    def document_frequency(self, term, field):
        return self._snapshot.statistics.document_frequency(term, field)

    def spelling_frequency(self, term, spelling):
        numbers = [(view, view.term_number(term)) for view in self._snapshot.views]
        return sum(
            view.spellings.document_frequency(number, spelling)
            for view, number in numbers
            if number is not None
        )

    def expansion_frequency(self, node):
        evaluator = Evaluator(self._snapshot)
        return sum(evaluator.matches(view, node).count for view in self._snapshot.views)


def scores(snapshot, query, limit):
    order = FinalOrder(snapshot, query, SearchOptions(limit=limit, second_stage=False))
    return {
        snapshot.segments[hit.position.segment].text(hit.position.document).rest["id"]: hit.score
        for hit in order.following_hits().hits
    }


@given(corpora(), queries | signed_queries, st.data())
def test_a_part_scores_as_in_the_whole(articles, query, data):
    zone = time_zone("Europe/Paris")
    scanner = new_scanner(Lexicon().french)
    part = data.draw(st.lists(st.sampled_from(articles), min_size=1, unique_by=lambda a: a.id))
    ranking = BM25F()
    whole = Snapshot(1, [segment_of(articles, zone, scanner)], ranking, zone, Lexicon(), False)
    found = Snapshot(
        1, [segment_of(part, zone, scanner)], ranking, zone, Lexicon(), False, figures=FiguresOf(whole)
    )
    parsed = parse_query(query, zone, dictionary=SnapshotDictionary(whole))
    expected = scores(whole, parsed, len(articles))
    ids = {article.id for article in part}
    assert scores(found, parsed, len(articles)) == pytest.approx(
        {article_id: score for article_id, score in expected.items() if article_id in ids}, rel=1e-5, abs=1e-6
    )
