"""What is it worth that two words of a query stand in a document as they stand in the query?

Two words that follow each other in a query, with stop words between them or without, are a *pair*. A document
that has them in the same order, in the same field and at the same distance scores more, once:
``neighbours`` times the mean of the words' idf.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query

from .matches import places
from .nodes import Spelled
from .snapshot import SegmentView, Snapshot

_FAR: Final = 6  # words that two of a query may be apart to be a pair


class Pair(NamedTuple):
    """Two words of a query, how many words the second stands after the first, and what that is worth."""

    first: Spelled
    second: Spelled
    distance: int
    worth: float


def pairs(tree: Any, snapshot: Snapshot) -> list[Pair]:
    """The pairs of a query, those under a NOT left out."""
    share = snapshot.ranking.neighbours
    found = []
    for first, second in _following(tree):
        distance = (second.place or 0) - (first.place or 0)
        if 0 < distance <= _FAR:
            worth = share * (snapshot.worth(first).stem + snapshot.worth(second).stem) / 2
            found.append(Pair(first, second, distance, worth))
    return found


def _following(node: Any) -> Iterator[tuple[Spelled, Spelled]]:
    """The words that follow each other in a group."""
    if isinstance(node, whoosh_query.AndNot):
        yield from _following(node.a)
    elif isinstance(node, whoosh_query.And | whoosh_query.Or | whoosh_query.AndMaybe):
        before = None
        for child in node.children():
            is_word = type(child) is Spelled and child.fieldname == "text" and child.place is not None
            if is_word and before is not None:
                yield before, child
            before = child if is_word else None
            if not is_word:
                yield from _following(child)


def bonuses(view: SegmentView, documents: NDArray[np.intp], of_query: Sequence[Pair]) -> NDArray[np.float32]:
    """What the pairs are worth in each of some documents, ascending; shape of ``documents``."""
    found = np.zeros(len(documents), np.float32)
    asked = documents.astype(np.uint16)
    at: dict[str, NDArray[np.intp] | None] = {}
    for pair in of_query:
        for word in (pair.first.text, pair.second.text):
            if word not in at:
                number = view.number(word)
                at[word] = None if number is None else places(view.segment.postings.documents(number), asked)
    for pair in of_query:
        first, second = at[pair.first.text], at[pair.second.text]
        if first is None or second is None:
            continue
        both = ((first >= 0) & (second >= 0)).nonzero()[0]
        if len(both):
            boundary = view.segment.headline_length.take(documents[both])
            owners = _side_by_side(view, pair, first[both], second[both], boundary)
            having = np.zeros(len(both), bool)
            having[owners] = True
            found[both[having]] += np.float32(pair.worth)
    return found


def _side_by_side(
    view: SegmentView,
    pair: Pair,
    first: NDArray[np.intp],
    second: NDArray[np.intp],
    boundary: NDArray[np.uint32],
) -> NDArray[np.intp]:
    """In which of some documents the words of a pair stand as in the query, by their numbers, maybe repeated;
    given the postings of both words, and where the bodies begin."""
    starts, owners = _places(view, pair.first.text, first)
    ends, _ = _places(view, pair.second.text, second)
    wanted = starts + pair.distance
    at = ends.searchsorted(wanted)
    at[at == len(ends)] = 0
    near = (ends.take(at) == wanted).nonzero()[0]
    owners = owners.take(near)
    position = wanted.take(near) & _POSITION
    begin = boundary.take(owners)
    return owners[(position >= begin + pair.distance) | (position < begin)]


_BITS: Final = 40  # of a position
_POSITION: Final = (1 << _BITS) - 1


def _places(view: SegmentView, term: str, at: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Where a term stands in some of its postings, all in one order, and in which of them."""
    number = view.number(term)
    assert number is not None  # it has these postings
    counts, positions = view.segment.postings.positions(number, at)
    owners = np.arange(len(counts)).repeat(counts)
    return (owners << _BITS) + positions, owners
