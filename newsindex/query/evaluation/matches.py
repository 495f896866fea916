"""What is the answer of one part of a query in one segment, and how do answers combine?

An answer is listed, documents and their scores, or where it holds much of the segment a *table*: one score
for each document, 0 where it is none of the answer. Tables are added in one pass, and looked up in one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_SPARSE: Final = 24  # a list so many times as long as another is searched for each of the other's documents
_NOWHERE: Final = np.zeros(0, np.intp)
_FEW_LISTED: Final = 1000  # documents of all parts that are united as lists
_BLOCK: Final = 64  # documents whose best score is looked at first
_TINY: Final = float(np.finfo(np.float32).tiny)  # any score of a match is more
_DENSE: Final = 8  # a word in more than one of so many documents has a table


class Matches:
    """Documents, ascending and distinct, and their scores; both of shape (matches,).

    ``positive``: whether every score is above 0, which a table needs.
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
            assert self.table is not None  # one of both is given
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
        """The memory that the answer takes."""
        arrays = (self._documents, self._scores, self.table)
        return sum(array.nbytes for array in arrays if array is not None)

    def kept(self, mask: NDArray[np.bool_] | NDArray[np.intp]) -> Matches:
        """The matches that a mask of shape (matches,) keeps, or those at some places."""
        return Matches(self.documents[mask], self.scores[mask], self.positive)

    def boosted(self, boost: float) -> Matches:
        """The matches with their scores multiplied."""
        if boost == 1.0:
            return self
        return Matches(self.documents, self.scores * np.float32(boost), self.positive)

    def tabled(self, documents: int) -> Matches:
        """The same as a table where that is no longer than a list."""
        if self.table is not None or not self.positive or self.count * _DENSE < documents:
            return self
        table = empty_table(documents)
        table[self.documents] = self.scores
        return Matches(None, None, table=table)

    def nth_score(self, wanted: int) -> float:
        """A score that so many matches have or exceed; there are so many."""
        if self.table is not None:
            best = self.table.reshape(_BLOCK, -1).max(axis=0)
            return float(np.partition(best, -wanted)[-wanted]) if len(best) >= wanted else 0.0
        return float(np.partition(self.scores, -wanted)[-wanted])

    def at_least(self, bound: float) -> tuple[NDArray[Any], NDArray[np.float32]]:
        """The matches with a score of at least ``bound``."""
        if self.table is None:
            kept = self.scores >= bound
            return self.documents[kept], self.scores[kept]
        bound = max(bound, _TINY)
        rows = self.table.reshape(_BLOCK, -1)
        columns = (rows.max(axis=0) >= bound).nonzero()[0]
        row, column = (rows[:, columns] >= bound).nonzero()
        documents = row * rows.shape[1] + columns[column]
        return documents, self.table[documents]

    def best(self, wanted: int, bound: float, slack: float) -> tuple[NDArray[Any], NDArray[np.float32]]:
        """Matches with a score of at least ``bound``: the ``wanted`` best, all that are less than the last of
        them by no more than ``slack``, and maybe more."""
        if self.count > wanted:
            bound = max(bound, self.nth_score(wanted))
        return self.at_least(bound - slack)

    def mask(self, documents: int) -> NDArray[np.bool_]:
        """Which of all documents match, shape (documents,)."""
        if self.table is not None:
            return self.table[:documents] > 0
        mask = np.zeros(documents, bool)
        mask[self.documents] = True
        return mask


def empty_table(documents: int) -> NDArray[np.float32]:
    """A table of no matches, in whole blocks."""
    return np.zeros(-(-documents // _BLOCK) * _BLOCK, np.float32)


NOTHING = Matches(np.zeros(0, np.intp), np.zeros(0, np.float32))


def unscored(documents: NDArray[Any]) -> Matches:
    """Matches that say yes or no only."""
    return Matches(documents, np.zeros(len(documents), np.float32), positive=False)


def union(parts: Sequence[Matches], documents: int) -> Matches:
    """Documents in any part, scores added."""
    parts = [part for part in parts if part.count]
    if not parts:
        return NOTHING
    if len(parts) == 1:
        return parts[0]
    if sum(part.count for part in parts) <= _FEW_LISTED:
        return _listed_union(parts)
    table = empty_table(documents)
    for part in parts:
        if part.table is not None:
            table += part.table
        else:
            np.add.at(table, part.documents, part.scores)
    if all(part.positive for part in parts):
        return Matches(None, None, table=table)
    found = np.zeros(documents, bool)
    for part in parts:
        found[part.documents] = True
    which = np.flatnonzero(found)
    return Matches(which, table[which], positive=False)


def _listed_union(parts: Sequence[Matches]) -> Matches:
    documents = np.concatenate([part.documents for part in parts])
    scores = np.concatenate([part.scores for part in parts])
    order = np.argsort(documents, kind="stable")
    documents = documents[order]
    opens = np.append(True, documents[1:] != documents[:-1])
    added = np.zeros(int(np.count_nonzero(opens)), np.float32)
    np.add.at(added, np.cumsum(opens) - 1, scores[order])  # one after another, as tables are
    return Matches(documents[opens], added, all(part.positive for part in parts))


def intersection(parts: Sequence[Matches]) -> Matches:
    """Documents in every part, scores added."""
    first, *others = sorted(parts, key=lambda part: part.count)
    documents, scores = first.documents, first.scores
    for other in others:
        if not len(documents):
            break
        if other.table is not None:
            more = other.table.take(documents)
            found = more > 0
            documents, scores = documents[found], scores[found] + more[found]
        else:
            here, there = meet(documents, other.documents)
            documents, scores = documents[here], scores[here] + other.scores[there]
    return Matches(documents, scores, any(part.positive for part in parts))


def difference(first: Matches, without: Matches) -> Matches:
    """Documents of the first that are not in the second."""
    if without.table is not None:
        return first.kept(without.table[first.documents] == 0)
    kept = np.ones(first.count, bool)
    kept[meet(first.documents, without.documents)[0]] = False
    return first.kept(kept)


def preferring(required: Matches, optional: Matches) -> Matches:
    """Documents of the first, with the scores of the second added where it has them."""
    documents = required.documents
    if optional.table is not None:
        return Matches(documents, required.scores + optional.table[documents], required.positive)
    here, there = meet(documents, optional.documents)
    scores = required.scores.copy()
    scores[here] += optional.scores[there]
    return Matches(documents, scores, required.positive)


def meet(small: NDArray[Any], large: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where the documents that two lists share stand in the one and in the other, both ascending."""
    if not len(small) or not len(large):
        return _NOWHERE, _NOWHERE
    if len(small) * _SPARSE < len(large):
        at = large.searchsorted(small.astype(large.dtype, copy=False))
        at[at == len(large)] = 0
        shared = large.take(at) == small
        return shared.nonzero()[0], at[shared]
    small, large = small.astype(np.intp, copy=False), large.astype(np.intp, copy=False)
    known = np.zeros(max(int(small[-1]), int(large[-1])) + 1, bool)
    known[large] = True
    here = known.take(small).nonzero()[0]
    known[large] = False
    known[small.take(here)] = True
    return here, known.take(large).nonzero()[0]


def together(
    listed: Mapping[int, NDArray[np.uint16]],
) -> tuple[NDArray[np.intp], dict[int, NDArray[np.intp]]]:
    """The documents of all lists, and which element of each list each of them is."""
    first, *others = sorted(listed, key=lambda number: len(listed[number]))
    documents = listed[first]
    at = {first: np.arange(len(documents))}
    for other in others:
        here, there = meet(documents, listed[other])
        documents = documents.take(here)
        at = {number: of.take(here) for number, of in at.items()}
        at[other] = there
    return documents.astype(np.intp), at


def places(within: NDArray[Any], wanted: NDArray[Any]) -> NDArray[np.intp]:
    """Where each of ``wanted``, few, stands in ``within``, or -1; both ascending, of one type."""
    if not len(within):
        return np.full(len(wanted), -1)
    at = within.searchsorted(wanted)
    at[at == len(within)] = 0
    at[within[at] != wanted] = -1
    return at
