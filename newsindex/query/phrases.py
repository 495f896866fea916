"""Where do the words of a phrase stand side by side?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..storage.postings import Frequencies
from .matches import places
from .snapshot import SegmentView


class PhraseMatches(NamedTuple):
    """Documents with a phrase, and how often it stands in headline and body."""

    documents: NDArray[Any]
    frequencies: Frequencies


def find_phrase(view: SegmentView, words: Sequence[str], field: str, slop: int) -> PhraseMatches | None:
    """The documents, live or not, where the words follow each other in order, each at most ``slop``
    words after the one before (1: side by side), and all in one field. None where there are none.

    Occurrences are counted by their last word.
    """
    numbers = [view.number(word) for word in words]
    if None in numbers:
        return None
    postings = view.segment.postings
    listed = {number: postings.documents(number) for number in numbers if number is not None}
    first, *others = sorted(listed.values(), key=len)
    documents = first
    for other in others:
        documents = documents[places(other, documents) >= 0]
    if not len(documents):
        return None
    boundary = view.segment.headline_length[documents].astype(np.int64)
    # Keys that put a document's positions after those of the document before it; the headline and
    # the body of a document are two stretches that no phrase crosses.
    reach: NDArray[np.int64] | None = None  # where the words so far may end, ascending
    for number in numbers:
        assert number is not None  # checked above
        keys = _keys(view, number, listed[number], documents, boundary)
        if reach is None:
            reach = keys
        else:
            before = np.searchsorted(reach, keys) - 1
            near = before >= 0
            near[near] = keys[near] - reach[before[near]] <= max(slop, 1)
            reach = keys[near]
    assert reach is not None  # a phrase has words
    owner, position = reach // _STRIDE, reach % _STRIDE
    in_headline = position < _BODY
    if field != "text":
        wanted = in_headline if field == "headline" else ~in_headline
        owner, in_headline = owner[wanted], in_headline[wanted]
    headline = np.bincount(owner[in_headline], minlength=len(documents))
    body = np.bincount(owner[~in_headline], minlength=len(documents))
    kept = headline + body > 0
    return PhraseMatches(documents[kept], Frequencies(headline[kept], body[kept]))


_BODY = 1 << 39
_STRIDE = 1 << 40


def _keys(
    view: SegmentView,
    number: int,
    listed: NDArray[Any],
    documents: NDArray[Any],
    boundary: NDArray[np.int64],
) -> NDArray[np.int64]:
    """One ascending key for each occurrence of a term in the documents."""
    counts, positions = view.segment.postings.positions(number, places(listed, documents))
    owner = np.repeat(np.arange(len(documents)), counts)
    in_body = positions >= boundary[owner]
    return owner * _STRIDE + positions + in_body * _BODY
