"""Nodes of query trees are values, and can be shown."""

from __future__ import annotations

import pytest

from newsindex.dates.minutes import FAR_AHEAD
from newsindex.query.syntax.nodes import (
    AndMaybeQuery,
    AndNotQuery,
    AndQuery,
    DateRangeQuery,
    EveryQuery,
    ExactWordQuery,
    FuzzyQuery,
    LabelQuery,
    NoQuery,
    NotQuery,
    OrQuery,
    PhraseQuery,
    WildcardQuery,
    WordQuery,
)

a, b, c, d = (WordQuery("text", name, name) for name in "abcd")
TREE = AndNotQuery(AndMaybeQuery(OrQuery((a, b)), AndQuery((c, NotQuery(d)))), LabelQuery("source", ("e",)))


def test_nodes_are_frozen_and_compare_by_what_they_match():
    with pytest.raises(AttributeError):
        a.term = "b"
    assert a == WordQuery("text", "a", "a", position=3, stop_words=(b,), phrase_words=(c,))
    assert len({a, WordQuery("text", "a", "a", position=3), b}) == 2


def test_a_tree_can_be_shown():
    assert str(TREE) == "(((text:a OR text:b) ANDMAYBE (text:c AND NOT text:d)) ANDNOT source:e)"


@pytest.mark.parametrize(
    ("node", "shown"),
    [
        (WordQuery("text", "peche", "péché", 2.0), "text:peche^2.0"),
        (ExactWordQuery("headline", "peche", "péché"), "headline:=péché"),
        (WildcardQuery("text", "gouv*", 0.5), "text:gouv*^0.5"),
        (FuzzyQuery("text", "roi"), "text:roi~"),
        (FuzzyQuery("text", "roi", 2), "text:roi~2"),
        (PhraseQuery("text", ("roi", "nu")), 'text:"roi nu"'),
        (PhraseQuery("text", ("roi", "nu"), 3, 2.0), 'text:"roi nu"~3^2.0'),
        (LabelQuery("source", ("a", "b")), "source:a OR source:b"),
        (DateRangeQuery(29453760, 29498400), "date:[2026-01-01 00:00 TO 2026-02-01 00:00}"),
        (DateRangeQuery(29453760, FAR_AHEAD), "date:[2026-01-01 00:00 TO }"),
        (EveryQuery(), "*:*"),
        (NoQuery(), "()"),
    ],
)
def test_a_leaf_can_be_shown(node, shown):
    assert str(node) == shown
