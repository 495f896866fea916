"""Counts the articles that a search leaves out only because they have no date and it asks for a period."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from newsindex.dates.minutes import LONG_AGO, UNDATED
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.syntax.nodes import (
    AndMaybeQuery,
    AndNotQuery,
    AndQuery,
    DateRangeQuery,
    OrQuery,
    QueryNode,
)
from newsindex.results import Note
from newsindex.wording import left_undated

WITHOUT_DATE: Final = DateRangeQuery(UNDATED, LONG_AGO)
"""The node that all articles without a date match, and no other."""


def undated_tree(tree: QueryNode) -> QueryNode | None:
    """Returns the tree of the articles without a date that match a tree but for its periods.

    It is None for a tree that does not ask for a period, or asks for one that ends before it begins.
    """
    if isinstance(tree, DateRangeQuery):
        return WITHOUT_DATE if tree.start < tree.end else None
    if isinstance(tree, AndNotQuery):
        positive = undated_tree(tree.positive)
        return None if positive is None else replace(tree, positive=positive)
    if isinstance(tree, AndMaybeQuery):
        return undated_tree(tree.required)
    if isinstance(tree, OrQuery):
        undated = [undated_tree(clause) for clause in tree.clauses]
        known = tuple(clause for clause in undated if clause is not None)
        return OrQuery(known) if len(known) == len(undated) else None
    if isinstance(tree, AndQuery):
        replaced = [(undated_tree(clause), clause) for clause in tree.clauses]
        if all(undated is None for undated, _ in replaced):
            return None
        return AndQuery(tuple(clause if undated is None else undated for undated, clause in replaced))
    return None


def count_undated(evaluator: Evaluator, tree: QueryNode) -> int:
    """Returns how many articles a tree leaves out of its periods since they have no date.

    Raises DeadlineExceeded and IndexCorrupt.
    """
    undated = undated_tree(tree)
    if undated is None:
        return 0
    snapshot = evaluator.snapshot
    views = [
        view for view in snapshot.views if view.segment.documents and view.segment.published[0] == UNDATED
    ]
    if not views:  # documents are in order of publication, those without a date first
        return 0
    if snapshot.compiled is None:
        return sum(evaluator.matches_over_arrays(view, undated).count for view in views)
    return snapshot.compiled.ask(snapshot.compiled.handle.count, evaluator.plan(snapshot.compiled, undated))


def undated_notes(count: int) -> tuple[Note, ...]:
    """Returns the note on so many articles; none where there are none."""
    if not count:
        return ()
    return (Note(f"{left_undated(count)}.", "undated_left_out", str(count)),)
