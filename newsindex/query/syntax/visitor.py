"""Walks query trees: the children of a node, and the leaves of a tree."""

from __future__ import annotations

from collections.abc import Callable

from .nodes import AndMaybeQuery, AndNotQuery, AndQuery, NotQuery, OrQuery, QueryNode, WordQuery


def children(node: QueryNode) -> tuple[QueryNode, ...]:
    """The nodes that a node combines, in the order of the query; none for a leaf."""
    if type(node) is WordQuery:  # most nodes are
        return ()
    if type(node) is OrQuery or type(node) is AndQuery:
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
    if type(node) is NotQuery:
        return ()
    return (node.positive,) if type(node) is AndNotQuery else children(node)


def leaves(tree: QueryNode) -> list[QueryNode]:
    """The leaves of a tree in the order of the query, without those under a NOT or behind an AND NOT."""
    found: list[QueryNode] = []
    _add_leaves(tree, positive_children, found)
    return found


def all_leaves(tree: QueryNode) -> list[QueryNode]:
    """All the leaves of a tree in the order of the query, negated or not."""
    found: list[QueryNode] = []
    _add_leaves(tree, children, found)
    return found


def _add_leaves(
    node: QueryNode, below: Callable[[QueryNode], tuple[QueryNode, ...]], found: list[QueryNode]
) -> None:
    inner = below(node)
    for child in inner:
        if type(child) is WordQuery:  # most are
            found.append(child)
        else:
            _add_leaves(child, below, found)
    if not inner and not (below is positive_children and isinstance(node, NotQuery)):
        found.append(node)
