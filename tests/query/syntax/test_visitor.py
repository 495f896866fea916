"""The visitor knows the children and the leaves of query trees."""

from __future__ import annotations

from newsindex.query.syntax.nodes import (
    AndMaybeQuery,
    AndNotQuery,
    AndQuery,
    EveryQuery,
    LabelQuery,
    NotQuery,
    OrQuery,
    WordQuery,
)
from newsindex.query.syntax.visitor import all_leaves, children, leaves, positive_children

a, b, c, d = (WordQuery("text", name, name) for name in "abcd")
TREE = AndNotQuery(AndMaybeQuery(OrQuery((a, b)), AndQuery((c, NotQuery(d)))), LabelQuery("source", ("e",)))


def test_leaves_are_those_that_a_matching_document_may_have():
    assert list(leaves(TREE)) == [a, b, c]
    assert list(leaves(NotQuery(a))) == []
    assert list(leaves(EveryQuery())) == [EveryQuery()]


def test_all_leaves_are_in_the_order_of_the_query():
    assert list(all_leaves(TREE)) == [a, b, c, d, LabelQuery("source", ("e",))]


def test_a_node_has_its_children():
    assert children(TREE) == (TREE.positive, TREE.negative)
    assert positive_children(TREE) == (TREE.positive,)
    assert (children(NotQuery(a)), positive_children(NotQuery(a)), children(a)) == ((a,), (), ())
