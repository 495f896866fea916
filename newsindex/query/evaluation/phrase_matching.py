"""Where do the words of a phrase stand side by side?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.storage.postings_encoder import Frequencies

from .matches import together
from .snapshot import SegmentView


class PhraseMatches(NamedTuple):
    """Documents with a phrase, and how often it stands in headline and body."""

    documents: NDArray[Any]
    frequencies: Frequencies


_NOTHING: Final = np.zeros(0, np.intp)
_NO_MATCHES: Final = PhraseMatches(_NOTHING, Frequencies(_NOTHING, _NOTHING))


def find_phrase(view: SegmentView, words: Sequence[str], field: str, slop: int) -> PhraseMatches:
    """The live documents where the words follow each other in order, each at most ``slop`` words after the
    one before (1: side by side), and all in one field.

    Occurrences are counted by their last word.
    """
    numbers = [view.number(word) for word in words]
    if None in numbers:
        return _NO_MATCHES
    postings = view.segment.postings
    listed = {number: postings.documents(number) for number in numbers if number is not None}
    documents, at = together(listed)
    if view.segment.live is not None:
        live = view.segment.live[documents]
        documents, at = documents[live], {number: of[live] for number, of in at.items()}
    for number, times in Counter(numbers).items():
        if times > 1 and number is not None:  # too few of a repeated word: no need to look where they stand
            headline, body = postings.frequencies(number)
            often = (headline + body)[at[number]] >= times
            documents, at = documents[often], {other: of[often] for other, of in at.items()}
    if not len(documents):
        return _NO_MATCHES
    room = max(slop, 1)
    occurrences = _Occurrences(view, documents, room)
    found = {number: occurrences.of(number, postings_of) for number, postings_of in at.items()}
    reach: NDArray[np.int64] | None = None  # where the words so far may end, ascending
    for number in numbers:
        assert number is not None  # checked above
        keys, owner, in_body = found[number]
        if reach is not None:
            near = occurrences.near(reach, keys)
            keys, owner, in_body = keys[near], owner[near], in_body[near]
        reach = keys
        if not len(keys):
            return _NO_MATCHES
    if field != "text":
        wanted = in_body if field == "body" else ~in_body
        owner, in_body = owner[wanted], in_body[wanted]
    headline = np.bincount(owner[~in_body], minlength=len(documents))
    body = np.bincount(owner[in_body], minlength=len(documents))
    kept = headline + body > 0
    return PhraseMatches(documents[kept], Frequencies(headline[kept], body[kept]))


class _Occurrences:
    """The words of some documents on one line: each stretch that a phrase may not cross, a headline or a
    body, is followed by ``room`` empty places."""

    def __init__(self, view: SegmentView, documents: NDArray[Any], room: int) -> None:
        self._view = view
        self._room = room
        self._boundary = view.segment.headline_length[documents].astype(np.int64)
        ends = np.cumsum(self._boundary + view.segment.body_length[documents] + 2 * room)
        self._start = np.concatenate([[0], ends[:-1]]) + room
        self._size = int(ends[-1]) + room

    def of(
        self, number: int, at: NDArray[np.intp]
    ) -> tuple[NDArray[np.int64], NDArray[np.intp], NDArray[np.bool_]]:
        """Where a term stands, ascending; in which of the documents; and whether in the body. ``at``: its
        postings of the documents."""
        counts, positions = self._view.segment.postings.positions(number, at)
        owner = np.repeat(np.arange(len(counts)), counts)
        in_body = positions >= self._boundary[owner]
        return self._start[owner] + positions + in_body * self._room, owner, in_body

    def near(self, reach: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which keys are at most ``room`` places after one of ``reach``."""
        if self._room == 1:
            taken = np.zeros(self._size, bool)
            taken[reach] = True
            return taken[keys - 1]
        before = np.searchsorted(reach, keys) - 1
        near: NDArray[np.bool_] = before >= 0
        near[near] = keys[near] - reach[before[near]] <= self._room
        return near
