"""Tells which of some documents match a query tree, without scores.

The documents of a segment are the bits of one integer, so that a tree of words costs a few operations on
integers, whatever the number of documents. What a word's posting list does not tell (fields, phrases,
patterns, labels, dates) is asked of the evaluator, once for each node.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.nodes import (
    AndMaybeQuery,
    AndNotQuery,
    AndQuery,
    EveryQuery,
    NoQuery,
    NotQuery,
    OrQuery,
    PhraseQuery,
    QueryNode,
    WordQuery,
)

_FEW_BITS: Final = 64
"""So many bits are read one by one sooner than as an array."""


class BooleanMatcher:
    """Matches query trees against some documents of a snapshot, segment by segment."""

    def __init__(self, snapshot: Snapshot, chosen: Sequence[NDArray[np.intp]] | None = None) -> None:
        """``chosen`` are live documents of each segment, ascending.

        Without it, all documents are matched, and no segment may have deletions.
        """
        evaluator = Evaluator(snapshot)
        documents = [None] * len(snapshot.segments) if chosen is None else chosen
        self._segments = [
            _SegmentMatcher(evaluator, view, of_segment)
            for view, of_segment in zip(snapshot.views, documents, strict=True)
        ]

    def matches(self, tree: QueryNode) -> list[list[int]]:
        """The places, ascending, of the documents that match, for each segment.

        Of all documents the places are their numbers; of chosen ones, their places among these. Raises
        QueryError.
        """
        return [_places(segment.bits(tree)) for segment in self._segments]


class _SegmentMatcher:
    """The documents of one segment; bit i stands for the document at place i."""

    def __init__(
        self, evaluator: Evaluator, view: SegmentView, chosen: NDArray[np.intp] | None = None
    ) -> None:
        self._evaluator = evaluator
        self._view = view
        self._chosen = chosen
        count = view.segment.documents if chosen is None else len(chosen)
        self._all = (1 << count) - 1
        self._terms: dict[str, int] = {}
        self._leaves: dict[QueryNode, int] = {}

    def bits(self, node: QueryNode) -> int:
        """The documents that match a node. Raises QueryError."""
        kind = type(node)
        if isinstance(node, WordQuery) and node.field == "text":
            return self._term(node.term)
        if isinstance(node, AndQuery):
            return self._and(node)
        if isinstance(node, OrQuery):
            found = 0
            for clause in node.clauses:
                found |= self.bits(clause)
            return found
        if isinstance(node, NotQuery):
            return self._all & ~self.bits(node.clause)
        if isinstance(node, AndNotQuery):
            positive = self.bits(node.positive)
            return positive & ~self.bits(node.negative) if positive else 0
        if isinstance(node, AndMaybeQuery):
            return self.bits(node.required)
        if kind is EveryQuery:
            return self._all
        if kind is NoQuery:
            return 0
        found_before = self._leaves.get(node)
        if found_before is None:
            found_before = self._leaves[node] = self._leaf(node)
        return found_before

    def _and(self, node: AndQuery) -> int:
        found = self._all
        for clause in node.clauses:
            found &= ~self.bits(clause.clause) if isinstance(clause, NotQuery) else self.bits(clause)
            if not found:
                break
        return found

    def _term(self, term: str) -> int:
        bits = self._terms.get(term)
        if bits is None:
            number = self._view.term_number(term)
            bits = 0
            if number is not None:
                bits = self._bits_of(self._view.segment.postings.documents(number))
            self._terms[term] = bits
        return bits

    def _leaf(self, node: QueryNode) -> int:
        if isinstance(node, PhraseQuery):
            together = self._all
            for term in node.terms:
                together &= self._term(term)
            if not together:
                return 0
            return self._bits_of(self._evaluator.matches(self._view, node).documents)
        if isinstance(node, WordQuery):
            return self._term_in_field(node.term, node.field)
        return self._bits_of(self._evaluator.matches_over_arrays(self._view, node).documents)

    def _term_in_field(self, term: str, field: str) -> int:
        number = self._view.term_number(term)
        if number is None:
            return 0
        postings = self._view.segment.postings
        headline, body = postings.frequencies(number).within(field)
        return self._bits_of(postings.documents(number)[headline + body > 0])

    def _bits_of(self, documents: NDArray[Any]) -> int:
        """The bits of some documents of the segment, ascending."""
        if not len(documents):
            return 0
        if self._chosen is None:
            has = np.zeros(self._view.segment.documents, bool)
            has[documents] = True
        else:
            places = np.minimum(np.searchsorted(documents, self._chosen), len(documents) - 1)
            has = documents[places] == self._chosen
        return int.from_bytes(np.packbits(has, bitorder="little").tobytes(), "little")


def _places(bits: int) -> list[int]:
    """The places of the bits that are set, ascending."""
    if bits.bit_count() > _FEW_BITS:
        array = np.frombuffer(bits.to_bytes(-(-bits.bit_length() // 8), "little"), np.uint8)
        return np.flatnonzero(np.unpackbits(array, bitorder="little")).tolist()
    places = []
    while bits:
        lowest = bits & -bits
        places.append(lowest.bit_length() - 1)
        bits ^= lowest
    return places
