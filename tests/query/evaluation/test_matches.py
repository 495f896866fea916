"""Matches combine as dictionaries of scores do, whether they are lists or tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.query.evaluation.matches import (
    Matches,
    add_optional,
    difference,
    empty_table,
    intersection,
    union,
    unscored,
)

SEGMENT = 150
SCORES = st.dictionaries(st.integers(0, SEGMENT - 1), st.sampled_from([0.5, 1.0, 2.5]), max_size=60)
PARTS = st.lists(st.tuples(SCORES, st.sampled_from(["list", "table", "unscored"])), min_size=1, max_size=4)


def matches_of(scores, kind):
    """Matches of a kind, and the scores that they should have."""
    documents = np.array(sorted(scores), np.intp)
    if kind == "unscored":
        return unscored(documents), dict.fromkeys(scores, 0.0)
    listed = Matches(documents, np.array([scores[one] for one in sorted(scores)], np.float32))
    return (listed if kind == "list" else as_table(listed)), scores


def as_table(listed):
    table = empty_table(SEGMENT)
    table[listed.documents] = listed.scores
    return Matches(None, None, table=table)


def scores_of(matches):
    assert matches.documents.tolist() == sorted(set(matches.documents.tolist()))
    assert matches.count == len(matches.documents) == len(matches.scores)
    return dict(zip(matches.documents.tolist(), matches.scores.tolist(), strict=True))


def added(parts, documents):
    return {one: pytest.approx(sum(part.get(one, 0.0) for part in parts)) for one in documents}


@given(PARTS)
def test_a_union_has_the_documents_of_any_part(drawn):
    parts, scores = zip(*(matches_of(*part) for part in drawn), strict=True)
    assert scores_of(union(parts, SEGMENT)) == added(scores, set().union(*scores))


@given(PARTS)
def test_an_intersection_has_the_documents_of_every_part(drawn):
    parts, scores = zip(*(matches_of(*part) for part in drawn), strict=True)
    assert scores_of(intersection(parts)) == added(scores, set(scores[0]).intersection(*scores[1:]))


@given(PARTS, PARTS)
def test_a_difference_and_an_optional_part_keep_the_scores_of_the_first(one, other):
    (first, scores), (second, others) = matches_of(*one[0]), matches_of(*other[0])
    assert scores_of(difference(first, second)) == {
        document: score for document, score in scores.items() if document not in others
    }
    assert scores_of(add_optional(first, second)) == added((scores, others), scores)


@given(SCORES, st.sampled_from(["list", "table"]), st.integers(1, 10), st.sampled_from([0.0, 1.0]))
def test_the_top_matches_hold_the_best_and_those_within_the_tolerance(scores, kind, count, tolerance):
    matches, _ = matches_of(scores, kind)
    documents, _ = matches.top(count, 0.0, tolerance)
    best = sorted(scores.values(), reverse=True)
    threshold = best[min(count, len(best)) - 1] - tolerance if best else 0.0
    assert {one for one, score in scores.items() if score >= threshold} <= set(documents.tolist())
    assert set(documents.tolist()) <= set(scores)


@given(SCORES, st.sampled_from(["list", "table"]), st.sampled_from([0.0, 1.0, 2.0]))
def test_a_threshold_keeps_the_matches_that_reach_it(scores, kind, threshold):
    documents, _ = matches_of(scores, kind)[0].at_least(threshold)
    assert documents.tolist() == sorted(one for one, score in scores.items() if score >= threshold)
