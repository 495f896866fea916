"""The documents that match a part of a query in one segment, with their scores, and how parts combine.

Matches are a list of documents and one of their scores. Where they are a large part of the segment they are a
*table* instead: one score for each document of the segment, 0 for a document that does not match. Tables are
added in one pass, and a document is looked up in them in one step.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .posting_lists import intersect

_MAX_LISTED_UNION: Final = 1000
"""How many matches the parts of a union may have together to be united as lists."""
_BLOCK: Final = 64
"""Documents of a table of which the best score is looked at first."""
_MIN_SCORE: Final = float(np.finfo(np.float32).tiny)
"""A limit below the score of every match in a table."""
_TABLE_RATIO: Final = 8
"""Matches become a table where they are more than one in this many documents."""


class Matches:
    """Documents, ascending and distinct, and their scores; both of shape (matches,).

    ``positive`` tells whether every score is above 0, which a table needs.
    """

    __slots__ = ("_documents", "_scores", "count", "positive", "table")

    def __init__(
        self,
        documents: NDArray[Any] | None,
        scores: NDArray[np.float32] | None,
        positive: bool = True,
        table: NDArray[np.float32] | None = None,
    ) -> None:
        self._documents = documents
        self._scores = scores
        self.positive = positive
        self.table = table
        if documents is not None:
            self.count = len(documents)
        elif table is not None:
            self.count = int(np.count_nonzero(table > 0))

    @property
    def documents(self) -> NDArray[Any]:
        """The documents, ascending."""
        if self._documents is None:
            assert self.table is not None  # documents or a table are given
            self._documents = np.flatnonzero(self.table)
        return self._documents

    @property
    def scores(self) -> NDArray[np.float32]:
        """The score of each document."""
        if self._scores is None:
            assert self.table is not None
            self._scores = self.table[self.documents]
        return self._scores

    @property
    def nbytes(self) -> int:
        """The bytes of memory that the arrays take."""
        arrays = (self._documents, self._scores, self.table)
        return sum(array.nbytes for array in arrays if array is not None)

    def select(self, matches: NDArray[np.bool_] | NDArray[np.intp]) -> Matches:
        """Some of the matches: those where a mask of shape (matches,) is true, or those at some indices."""
        return Matches(self.documents[matches], self.scores[matches], self.positive)

    def boosted(self, boost: float) -> Matches:
        """The matches with their scores multiplied."""
        if boost == 1.0:
            return self
        return Matches(self.documents, self.scores * np.float32(boost), self.positive)

    def as_table(self, documents: int) -> Matches:
        """The same matches as a table, where they are enough of all documents of the segment."""
        if self.table is not None or not self.positive or self.count * _TABLE_RATIO < documents:
            return self
        table = empty_table(documents)
        table[self.documents] = self.scores
        return Matches(None, None, table=table)

    def nth_score(self, n: int) -> float:
        """A score that at least n matches reach; n is at most the count.

        Of listed matches it is the n-th best score, of a table a lower limit of it.
        """
        if self.table is not None:
            best = self.table.reshape(_BLOCK, -1).max(axis=0)
            return float(np.partition(best, -n)[-n]) if len(best) >= n else 0.0
        return float(np.partition(self.scores, -n)[-n])

    def at_least(self, threshold: float) -> tuple[NDArray[Any], NDArray[np.float32]]:
        """The documents with a score of at least ``threshold``, ascending, and their scores."""
        if self.table is None:
            kept = self.scores >= threshold
            return self.documents[kept], self.scores[kept]
        threshold = max(threshold, _MIN_SCORE)
        rows = self.table.reshape(_BLOCK, -1)
        columns = (rows.max(axis=0) >= threshold).nonzero()[0]
        row, column = (rows[:, columns] >= threshold).nonzero()
        documents = row * rows.shape[1] + columns[column]
        return documents, self.table[documents]

    def top(self, count: int, threshold: float, tolerance: float) -> tuple[NDArray[Any], NDArray[np.float32]]:
        """The ``count`` best of the matches that score ``threshold``, and those that score little less.

        Little less is at most ``tolerance``; there may be some more matches.
        """
        if self.count > count:
            threshold = max(threshold, self.nth_score(count))
        return self.at_least(threshold - tolerance)

    def mask(self, documents: int) -> NDArray[np.bool_]:
        """Which documents of the segment match, shape (documents,)."""
        if self.table is not None:
            return self.table[:documents] > 0
        mask = np.zeros(documents, bool)
        mask[self.documents] = True
        return mask


def empty_table(documents: int) -> NDArray[np.float32]:
    """A table of no matches, in whole blocks."""
    return np.zeros(-(-documents // _BLOCK) * _BLOCK, np.float32)


NO_MATCHES: Final = Matches(np.zeros(0, np.intp), np.zeros(0, np.float32))
"""The matches of a part of a query that no document matches."""


def unscored(documents: NDArray[Any]) -> Matches:
    """Matches that all score 0, as those of a filter do."""
    return Matches(documents, np.zeros(len(documents), np.float32), positive=False)


def union(parts: Sequence[Matches], documents: int) -> Matches:
    """The documents in any part, with their scores added; ``documents`` is the size of the segment."""
    parts = [part for part in parts if part.count]
    if not parts:
        return NO_MATCHES
    if len(parts) == 1:
        return parts[0]
    if sum(part.count for part in parts) <= _MAX_LISTED_UNION:
        return _listed_union(parts)
    table = empty_table(documents)
    for part in parts:
        if part.table is not None:
            table += part.table
        else:
            np.add.at(table, part.documents, part.scores)
    if all(part.positive for part in parts):
        return Matches(None, None, table=table)
    mask = np.zeros(documents, bool)
    for part in parts:
        mask[part.documents] = True
    united = np.flatnonzero(mask)
    return Matches(united, table[united], positive=False)


def _listed_union(parts: Sequence[Matches]) -> Matches:
    documents = np.concatenate([part.documents for part in parts])
    scores = np.concatenate([part.scores for part in parts])
    order = np.argsort(documents, kind="stable")
    documents = documents[order]
    is_first = np.append(True, documents[1:] != documents[:-1])
    added = np.zeros(int(np.count_nonzero(is_first)), np.float32)
    np.add.at(added, np.cumsum(is_first) - 1, scores[order])  # in the order of the parts, as in a table
    return Matches(documents[is_first], added, all(part.positive for part in parts))


def intersection(parts: Sequence[Matches]) -> Matches:
    """The documents in every part, with their scores added."""
    smallest, *others = sorted(parts, key=lambda part: part.count)
    documents, scores = smallest.documents, smallest.scores
    for other in others:
        if not len(documents):
            break
        if other.table is not None:
            more = other.table.take(documents)
            shared = more > 0
            documents, scores = documents[shared], scores[shared] + more[shared]
        else:
            kept, in_other = intersect(documents, other.documents)
            documents, scores = documents[kept], scores[kept] + other.scores[in_other]
    return Matches(documents, scores, any(part.positive for part in parts))


def difference(matches: Matches, excluded: Matches) -> Matches:
    """The first matches without the documents of the second."""
    if excluded.table is not None:
        return matches.select(excluded.table[matches.documents] == 0)
    kept = np.ones(matches.count, bool)
    kept[intersect(matches.documents, excluded.documents)[0]] = False
    return matches.select(kept)


def add_optional(required: Matches, optional: Matches) -> Matches:
    """The documents of the first matches, with the scores of the second added where they are in both."""
    documents = required.documents
    if optional.table is not None:
        return Matches(documents, required.scores + optional.table[documents], required.positive)
    in_required, in_optional = intersect(documents, optional.documents)
    scores = required.scores.copy()
    scores[in_required] += optional.scores[in_optional]
    return Matches(documents, scores, required.positive)
