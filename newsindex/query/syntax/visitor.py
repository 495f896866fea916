"""Walks query trees: the children of a node, and the leaves of a tree."""

from __future__ import annotations

from collections.abc import Iterator

from .nodes import AndMaybeQuery, AndNotQuery, AndQuery, NotQuery, OrQuery, QueryNode


def children(node: QueryNode) -> tuple[QueryNode, ...]:
    """The nodes that a node combines, in the order of the query; none for a leaf."""
    if isinstance(node, AndQuery | OrQuery):
        return node.clauses
    if isinstance(node, NotQuery):
        return (node.clause,)
    if isinstance(node, AndNotQuery):
        return (node.positive, node.negative)
    if isinstance(node, AndMaybeQuery):
        return (node.required, node.optional)
    return ()


def positive_children(node: QueryNode) -> tuple[QueryNode, ...]:
    """The children of a node that matching documents may match: none of a NOT, one of an AND NOT."""
    if isinstance(node, NotQuery):
        return ()
    if isinstance(node, AndNotQuery):
        return (node.positive,)
    return children(node)


def leaves(tree: QueryNode) -> Iterator[QueryNode]:
    """The leaves of a tree in the order of the query, without those under a NOT or behind an AND NOT."""
    if isinstance(tree, NotQuery):
        return
    inner = positive_children(tree)
    if not inner:
        yield tree
    for child in inner:
        yield from leaves(child)


def all_leaves(tree: QueryNode) -> Iterator[QueryNode]:
    """All the leaves of a tree in the order of the query, negated or not."""
    inner = children(tree)
    if not inner:
        yield tree
    for child in inner:
        yield from all_leaves(child)
