"""Where in a body do some of its words stand, by their numbers?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from newsindex.analyzer import locate_words
from newsindex.storage.segment import LANDMARK

_FAR: Final = 512  # words to count from a landmark: only what is no text has its words further


def locate(offsets: Sequence[int], words: Sequence[int], body: str) -> dict[int, tuple[int, int]]:
    """The bounds of some words of a body, ascending, each counted from the landmark before it; those without
    a landmark near enough are left out."""
    bounds: dict[int, tuple[int, int]] = {}
    for at, group in groupby(words, key=lambda word: _landmark(offsets, word)):
        first = at * LANDMARK
        near = [word for word in group if word - first < _FAR]
        numbers = [word - first for word in near]
        bounds.update(zip(near, locate_words(body, offsets[at], numbers), strict=True))
    return bounds


def _landmark(offsets: Sequence[int], word: int) -> int:
    """The first of the landmarks that say the same as a word's: inside a chunk they repeat the one before."""
    at = word // LANDMARK
    return bisect_left(offsets, offsets[at]) if at and offsets[at - 1] == offsets[at] else at
