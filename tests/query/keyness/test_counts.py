"""What is counted for words that stand out is what a slow look at every article counts."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.keyness.background import Background, background_of
from newsindex.query.keyness.comparison import Comparison
from newsindex.query.keyness.document_lists import count_documents
from newsindex.query.keyness.log_likelihood import log_likelihood_ratio
from newsindex.query.keyness.neighbours import count_neighbours
from newsindex.query.syntax.nodes import LabelQuery
from tests.query.keyness.strategies import corpora
from tests.reference import keyness


@pytest.fixture(params=["as installed", "over arrays"])
def mode(request):
    """The kernel, where it is in use, and the arrays."""
    if request.param == "over arrays":
        request.getfixturevalue("without_kernel")


@pytest.mark.usefixtures("mode")
@given(
    articles=corpora(),
    commits=st.integers(1, 3),
    deleted=st.sets(st.integers(0, 39), max_size=5),
    before=st.booleans(),
)
def test_terms_and_pairs_are_in_as_many_articles_as_are_counted(articles, commits, deleted, before):
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        newsindex.create(Path(folder) / "i") as index,
    ):
        for part in range(commits):
            index.add(articles[part::commits])
        index.delete(*[f"a{number}" for number in deleted])
        kept = [article for article in articles if article.id in index]
        found = [article for article in kept if article.source == "Hespress"]
        rest = [article for article in kept if article.source != "Hespress"]
        snapshot = index.snapshot()._backend.snapshot
        background = Background(snapshot)
        reference = LabelQuery("source", ("L'Écho",)) if before else None
        comparison = Comparison(
            snapshot, background, Evaluator(snapshot), LabelQuery("source", ("Hespress",)), reference
        )
        found_once, rest_once = keyness.different(found), keyness.remaining(rest, found)
        assert comparison.articles == len(found_once)
        assert comparison.copies == len(found) - len(found_once)
        assert comparison.reference_articles == len(rest_once)
        in_found, in_rest = keyness.count_terms(found_once), keyness.count_terms(rest_once)
        terms = [text.decode() for text in background.vocabulary.texts]
        counts, reference_counts = comparison.count_vocabulary()
        assert counts.tolist() == [in_found[term] for term in terms]
        assert reference_counts.tolist() == [in_rest[term] for term in terms]
        expected = keyness.count_pairs(found_once)
        for least in (1, 3):
            pairs = count_neighbours(snapshot, terms, comparison.found, least)
            named = {
                (terms[first], terms[second]): count
                for first, second, count in zip(*map(np.ndarray.tolist, pairs), strict=True)
            }
            assert named == {
                pair: count for pair, count in expected.items() if count >= least and {*pair} <= {*terms}
            }


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 90)), max_size=20))
def test_the_ratio_is_that_of_the_formula(counts):
    found, reference = np.array(counts, np.int64).reshape(-1, 2).T
    ratios = log_likelihood_ratio(found, reference, 50, 90)
    expected = [keyness.log_likelihood_ratio(one, other, 50, 90) for one, other in counts]
    assert ratios.tolist() == pytest.approx(expected)
    assert (ratios >= 0).all()


def test_the_ratio_of_a_table_is_what_was_computed_by_hand():
    # 2 (10 ln(10 / 5.5) + 1 ln(1 / 5.5) + 90 ln(90 / 94.5) + 99 ln(99 / 94.5))
    ratio = log_likelihood_ratio(np.array([10]), np.array([1]), 100, 100)[0]
    assert ratio == pytest.approx(2 * (5.97837 - 1.70475 - 4.39112 + 4.60544), abs=0.001)


def test_without_articles_nothing_is_over_represented():
    assert log_likelihood_ratio(np.array([0, 3]), np.array([0, 0]), 3, 0).tolist() == [0.0, 0.0]


def test_the_background_is_made_once_for_each_snapshot(make_index):
    snapshot = make_index([newsindex.Article("Titre", "Texte", id="a")]).snapshot()._backend.snapshot
    assert background_of(snapshot) is background_of(snapshot)
    assert count_documents(background_of(snapshot).articles.documents) == 1
