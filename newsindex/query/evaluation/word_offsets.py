"""The character offsets of words of a body, found from the stored landmarks.

A landmark is the character offset of every LANDMARK-th (8th) word of a body (``storage/segment.py``). A word
is found by counting words from the landmark before it, so that a body is not analysed from its beginning.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from newsindex.analyzer import locate_words
from newsindex.storage.segment import LANDMARK

_MAX_DISTANCE: Final = 512
"""Words counted from one landmark at most: only in what is no text a word is further from its landmark."""


def locate_body_words(
    landmarks: Sequence[int], words: Sequence[int], body: str
) -> dict[int, tuple[int, int]]:
    """The bounds, in characters, of some words of a body, by word number.

    ``landmarks`` are the landmark offsets of the document, and ``words`` are word numbers, ascending. A word
    that is too far from the landmark before it is left out.
    """
    bounds: dict[int, tuple[int, int]] = {}
    for landmark, group in groupby(words, key=lambda word: _landmark_of(landmarks, word)):
        first_word = landmark * LANDMARK
        near = [word for word in group if word - first_word < _MAX_DISTANCE]
        counts = [word - first_word for word in near]
        bounds.update(zip(near, locate_words(body, landmarks[landmark], counts), strict=True))
    return bounds


def _landmark_of(landmarks: Sequence[int], word: int) -> int:
    """The number of the landmark from which a word is counted.

    Inside a chunk of text without a space, landmarks repeat the offset of the chunk: the first of these is
    the one to count from.
    """
    landmark = word // LANDMARK
    if landmark and landmarks[landmark - 1] == landmarks[landmark]:
        return bisect_left(landmarks, landmarks[landmark])
    return landmark
