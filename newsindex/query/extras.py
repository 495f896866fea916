"""What else of a query counts in the documents that match it?

Its stop words, a little: ``stop_words`` times what another word would score. And two words that follow
each other in the query, with stop words between them or without, or a word and a stop word side by side,
are a *pair*: a document that has them in the same order, in the same field and at the same distance
scores ``neighbours`` times the mean of their idf more, once. All of it is bounded, so that only documents
that come near the page are looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query

from .matches import places
from .nodes import Spelled
from .pruning import MARGIN
from .scoring import Worth
from .snapshot import SegmentView, Snapshot


class Pair(NamedTuple):
    """Two words of a query, how many words the second stands after the first, and what that is worth."""

    first: Spelled
    second: Spelled
    distance: int
    worth: float


class Extras:
    """The pairs and the stop words of a query, those under a NOT left out."""

    def __init__(self, tree: Any, snapshot: Snapshot) -> None:
        ranking = snapshot.ranking
        groups = list(_groups(tree))
        self.pairs = [
            Pair(first, second, distance, ranking.neighbours * (worths[0].stem + worths[1].stem) / 2)
            for words in groups
            for first, second, distance in _neighbours(words)
            for worths in [(snapshot.worth(first), snapshot.worth(second))]
        ]
        self.stop_words: list[tuple[Spelled, Worth]] = []
        for word in [stop for words in groups for first in words for stop in first.beside]:
            worth = snapshot.worth(word)
            share = ranking.stop_words
            self.stop_words.append((word, Worth(worth.stem * share, worth.form * share)))
        most = [pair.worth for pair in self.pairs]
        most += [worth.most(ranking) for _, worth in self.stop_words]
        self.most = sum(most) * MARGIN
        """No document scores more for all of it."""

    def __bool__(self) -> bool:
        return bool(self.pairs or self.stop_words)

    def scores(self, view: SegmentView, documents: NDArray[np.intp]) -> NDArray[np.float32]:
        """What it is worth in each of some documents, ascending; shape of ``documents``."""
        found = np.zeros(len(documents), np.float32)
        asked = documents.astype(np.uint16)
        for word, worth in self.stop_words:
            number = view.number(word.text)
            if number is not None:
                at = places(view.segment.postings.documents(number), asked)
                having = at >= 0
                found[having] += view.word_scores(number, word.spelling, worth, "text", at[having]).scores
        words = {word.text for pair in self.pairs for word in pair[:2]}
        numbers = {word: view.number(word) for word in words}
        at_of = {
            word: places(view.segment.postings.documents(number), asked)
            for word, number in numbers.items()
            if number is not None
        }
        for pair in self.pairs:
            if pair.first.text in at_of and pair.second.text in at_of:
                first, second = at_of[pair.first.text], at_of[pair.second.text]
                found[_having(view, pair, documents, first, second)] += np.float32(pair.worth)
        return found


def is_pair_in(view: SegmentView, pair: Pair, document: int) -> bool:
    """Whether a document has the words of a pair as they stand in the query."""
    asked = np.array([document], np.uint16)
    at = []
    for word in pair[:2]:
        number = view.number(word.text)
        at.append(None if number is None else places(view.segment.postings.documents(number), asked))
    first, second = at
    if first is None or second is None:
        return False
    return len(_having(view, pair, asked.astype(np.intp), first, second)) > 0


def _having(
    view: SegmentView,
    pair: Pair,
    documents: NDArray[np.intp],
    first: NDArray[np.intp],
    second: NDArray[np.intp],
) -> NDArray[np.intp]:
    """Which of some documents have a pair, given the posting of either word in each, or -1."""
    both = ((first >= 0) & (second >= 0)).nonzero()[0]
    if not len(both):
        return both
    boundary = view.segment.headline_length.take(documents[both])
    owners = _side_by_side(view, pair, first[both], second[both], boundary)
    having: NDArray[np.intp] = both[np.bincount(owners, minlength=len(both)) > 0]
    return having


def _neighbours(words: Sequence[Spelled]) -> Iterator[tuple[Spelled, Spelled, int]]:
    """The words of a group that follow each other, stop words passed over, and those right beside a stop
    word; and how far apart they are."""
    stops = [stop for word in words for stop in word.beside]
    for first, second in itertools.pairwise(words):
        yield first, second, _place(second) - _place(first)
    for first, second in itertools.pairwise(sorted([*words, *stops], key=_place)):
        one_is_stop = sum(any(word is stop for stop in stops) for word in (first, second)) == 1
        if one_is_stop and _place(second) - _place(first) == 1:
            yield first, second, 1


def _place(word: Spelled) -> int:
    assert word.place is not None  # words without a place are in no group
    return word.place


def _groups(node: Any) -> Iterator[list[Spelled]]:
    """The words that follow each other in a group, a list for each run of them."""
    if _is_word(node):
        yield [node]
    elif isinstance(node, whoosh_query.AndNot):
        yield from _groups(node.a)
    elif isinstance(node, whoosh_query.And | whoosh_query.Or | whoosh_query.AndMaybe):
        for is_word, run in itertools.groupby(node.children(), _is_word):
            if is_word:
                yield list(run)
            else:
                for child in run:
                    yield from _groups(child)


def _is_word(node: Any) -> bool:
    return type(node) is Spelled and node.fieldname == "text" and node.place is not None


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
    within: NDArray[np.intp] = owners[(position >= begin + pair.distance) | (position < begin)]
    return within


_BITS: Final = 40  # of a position
_POSITION: Final = (1 << _BITS) - 1


def _places(view: SegmentView, term: str, at: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Where a term stands in some of its postings, all in one order, and in which of them."""
    number = view.number(term)
    assert number is not None  # it has these postings
    counts, positions = view.segment.postings.positions(number, at)
    owners = np.arange(len(counts)).repeat(counts)
    return (owners << _BITS) + positions, owners
