"""What is the answer of one part of a query in one segment, and how do answers combine?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_FEW: Final = 200  # documents that are looked up one by one, rather than by a table of all


class Matches(NamedTuple):
    """Documents, ascending and distinct, and their scores; both of shape (matches,)."""

    documents: NDArray[Any]
    scores: NDArray[np.float32]

    def kept(self, mask: NDArray[np.bool_] | NDArray[np.intp]) -> Matches:
        """The matches that a mask of shape (matches,) keeps, or those at some places."""
        return Matches(self.documents[mask], self.scores[mask])


NOTHING = Matches(np.zeros(0, np.uint16), np.zeros(0, np.float32))


def unscored(documents: NDArray[Any]) -> Matches:
    """Matches that say yes or no only."""
    return Matches(documents, np.zeros(len(documents), np.float32))


def union(parts: Sequence[Matches], documents: int) -> Matches:
    """Documents in any part, scores added."""
    parts = [part for part in parts if len(part.documents)]
    if not parts:
        return NOTHING
    if len(parts) == 1:
        return parts[0]
    scores = np.zeros(documents, np.float32)
    found = np.zeros(documents, bool)
    for part in parts:
        scores[part.documents] += part.scores
        found[part.documents] = True
    which = np.flatnonzero(found)
    return Matches(which, scores[which])


def intersection(parts: Sequence[Matches]) -> Matches:
    """Documents in every part, scores added."""
    first, *others = sorted(parts, key=lambda part: len(part.documents))
    documents, scores = first
    for other in others:
        if not len(documents):
            break
        at = places(other.documents, documents)
        found = at >= 0
        documents = documents[found]
        scores = scores[found] + other.scores[at[found]]
    return Matches(documents, scores)


def difference(first: Matches, without: Matches) -> Matches:
    """Documents of the first that are not in the second."""
    return first.kept(places(without.documents, first.documents) < 0)


def preferring(required: Matches, optional: Matches) -> Matches:
    """Documents of the first, with the scores of the second added where it has them."""
    at = places(optional.documents, required.documents)
    found = at >= 0
    scores = required.scores.copy()
    scores[found] += optional.scores[at[found]]
    return Matches(required.documents, scores)


def places(within: NDArray[Any], wanted: NDArray[Any]) -> NDArray[np.intp]:
    """Where each of ``wanted`` stands in ``within``, or -1, both ascending; shape of ``wanted``."""
    if not len(within) or not len(wanted):
        return np.full(len(wanted), -1)
    if len(wanted) > _FEW:
        place = np.full(max(int(within[-1]), int(wanted[-1])) + 1, -1)
        place[within] = np.arange(len(within))
        found: NDArray[np.intp] = place[wanted]
        return found
    at = np.searchsorted(within, wanted)
    at[at == len(within)] = 0
    at[within[at] != wanted] = -1
    return at
