"""What else of a query counts in the documents that match it?

Its stop words, a little: ``stop_words`` times what another word would score; the words of a phrase beside
other words, which is matched as a whole only, as any word. And two words that follow
each other in the query, with stop words between them or without, or a word and a stop word side by side,
are a *pair*: a document that has them in the same order, in the same field and at the same distance
scores ``neighbours`` times the mean of their idf more, once. All of it is bounded, so that only documents
that come near the page are looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, TypeGuard

import numpy as np
from numpy.typing import NDArray

from newsindex.query.evaluation.bm25f import TermWeight
from newsindex.query.evaluation.matches import places
from newsindex.query.evaluation.max_score import MARGIN
from newsindex.query.evaluation.snapshot import SegmentView, Snapshot
from newsindex.query.syntax.nodes import QueryNode, WordQuery
from newsindex.query.syntax.visitor import positive_children

_FEW: Final = 32  # documents that are looked at one by one


class Pair(NamedTuple):
    """Two words of a query, how many words the second stands after the first, and what that is worth."""

    first: WordQuery
    second: WordQuery
    distance: int
    worth: float

    @property
    def terms(self) -> tuple[str, str]:
        """The terms of the two words."""
        return self.first.term, self.second.term


class OptionalScorer:
    """The pairs of a query and its words that need not be there, those under a NOT left out."""

    def __init__(self, tree: QueryNode, snapshot: Snapshot) -> None:
        ranking = snapshot.ranking
        groups = list(_groups(tree))
        numbered = groups if ranking.neighbours else []
        self.pairs = [
            Pair(first, second, distance, ranking.neighbours * (worths[0].stem + worths[1].stem) / 2)
            for words in numbered
            for first, second, distance in _neighbours(words)
            for worths in [(snapshot.worth(first), snapshot.worth(second))]
        ]
        shares = [
            (stop, ranking.stop_words) for words in groups for first in words for stop in first.stop_words
        ]
        shares += [(word, 1.0) for words in groups for first in words for word in first.phrase_words]
        self.words: list[tuple[WordQuery, TermWeight]] = []
        for word, share in shares:
            if not share:
                continue
            worth = snapshot.worth(word)
            self.words.append((word, TermWeight(worth.stem * share, worth.form * share)))
        most = [pair.worth for pair in self.pairs]
        most += [worth.most(ranking) for _, worth in self.words]
        self.most = sum(most) * MARGIN
        """No document scores more for all of it."""

    def __bool__(self) -> bool:
        return bool(self.pairs or self.words)

    def scores(self, view: SegmentView, documents: NDArray[np.intp]) -> NDArray[np.float32]:
        """What it is worth in each of some documents, ascending; shape of ``documents``."""
        found = np.zeros(len(documents), np.float32)
        asked = documents.astype(np.uint16)
        for word, worth in self.words:
            number = view.number(word.term)
            if number is not None:
                at = places(view.segment.postings.documents(number), asked)
                having = at >= 0
                found[having] += view.word_scores(number, word.spelling, worth, "text", at[having]).scores
        if self.pairs:
            self._add_pairs(view, asked, found)
        return found

    def _add_pairs(self, view: SegmentView, asked: NDArray[np.uint16], found: NDArray[np.float32]) -> None:
        near_of = _near_one_by_one if len(asked) <= _FEW else _with_both
        at_of = {term: _postings_of(view, term, asked) for pair in self.pairs for term in pair.terms}
        for pair in self.pairs:
            first, second = at_of[pair.first.term], at_of[pair.second.term]
            near = near_of(view, pair, first, second)
            if len(near):
                having = _side_by_side(view, pair, asked[near], first[near], second[near])
                found[near[having]] += np.float32(pair.worth)


def _postings_of(view: SegmentView, term: str, asked: NDArray[np.uint16]) -> NDArray[np.intp]:
    """The posting of a term in each of some documents, -1 for none."""
    number = view.number(term)
    if number is None:
        return np.full(len(asked), -1)
    return places(view.segment.postings.documents(number), asked)


def _with_both(
    view: SegmentView, pair: Pair, first: NDArray[np.intp], second: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Which of some documents have both words."""
    return ((first >= 0) & (second >= 0)).nonzero()[0]


def _near_one_by_one(
    view: SegmentView, pair: Pair, first: NDArray[np.intp], second: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Which of a few documents may have the pair, by the low bytes of the words' positions: of few documents
    that takes less time than arrays do."""
    postings = view.segment.postings
    numbers = view.number(pair.first.term), view.number(pair.second.term)
    near = []
    for i, (here, there) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        if here >= 0 and there >= 0 and numbers[0] is not None and numbers[1] is not None:
            ends = set(postings.low_bytes(numbers[1], there))
            if any((low + pair.distance) & 255 in ends for low in postings.low_bytes(numbers[0], here)):
                near.append(i)
    return np.array(near, np.intp)


def is_pair_in(view: SegmentView, pair: Pair, document: int) -> bool:
    """Whether a document has the words of a pair as they stand in the query."""
    asked = np.array([document], np.uint16)
    first, second = (_postings_of(view, term, asked) for term in pair.terms)
    near = _with_both(view, pair, first, second)
    return bool(len(near)) and bool(len(_side_by_side(view, pair, asked, first, second)))


def _neighbours(words: Sequence[WordQuery]) -> Iterator[tuple[WordQuery, WordQuery, int]]:
    """The words of a group that follow each other, stop words passed over, and those right beside a stop
    word; and how far apart they are."""
    stops = [stop for word in words for stop in word.stop_words]
    words = sorted([*words, *(quoted for word in words for quoted in word.phrase_words)], key=_place)
    for first, second in itertools.pairwise(words):
        yield first, second, _place(second) - _place(first)
    for first, second in itertools.pairwise(sorted([*words, *stops], key=_place)):
        one_is_stop = sum(any(word is stop for stop in stops) for word in (first, second)) == 1
        if one_is_stop and _place(second) - _place(first) == 1:
            yield first, second, 1


def _place(word: WordQuery) -> int:
    assert word.position is not None  # words without a position are in no group
    return word.position


def _groups(node: QueryNode) -> Iterator[list[WordQuery]]:
    """The words that follow each other in a group, a list for each run of them."""
    if _is_word(node):
        yield [node]
        return
    for is_word, run in itertools.groupby(positive_children(node), _is_word):
        if is_word:
            yield list(run)  # type: ignore[arg-type]  # groupby() does not narrow
        else:
            for child in run:
                yield from _groups(child)


def _is_word(node: QueryNode) -> TypeGuard[WordQuery]:
    return isinstance(node, WordQuery) and node.field == "text" and node.position is not None


_BITS: Final = 40  # of a position
_POSITION: Final = (1 << _BITS) - 1


def _side_by_side(
    view: SegmentView,
    pair: Pair,
    documents: NDArray[np.uint16],
    first: NDArray[np.intp],
    second: NDArray[np.intp],
) -> NDArray[np.int64]:
    """Which of some documents have a pair in one field, given the postings of its words in each."""
    wanted = _places(view, pair.first.term, first)
    wanted += pair.distance
    ends = _places(view, pair.second.term, second)
    at = ends.searchsorted(wanted)
    at[at == len(ends)] = 0
    wanted = wanted[ends.take(at) == wanted]
    owners = wanted >> _BITS
    position = wanted & _POSITION
    begin = view.segment.headline_length.take(documents).take(owners)
    having: NDArray[np.int64] = np.unique(owners[(position >= begin + pair.distance) | (position < begin)])
    return having


def _places(view: SegmentView, term: str, at: NDArray[np.intp]) -> NDArray[np.int64]:
    """Where a term stands in some of its postings: which of these, and the position there, ascending."""
    number = view.number(term)
    assert number is not None  # it has these postings
    counts, positions = view.segment.postings.positions(number, at)
    positions += (np.arange(len(at)) << _BITS).repeat(counts)
    return positions
