"""Where in a body do some of its words stand, by their numbers?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..analyzer import locate_words
from ..storage.segment import LANDMARK

_FAR: Final = 512  # words to count from a landmark: only what is no text has its words further


def locate(offsets: NDArray[Any], words: Sequence[int], body: str) -> dict[int, tuple[int, int]]:
    """The bounds of some words of a body, ascending, each counted from the landmark before it; those without
    a landmark near enough are left out."""

    def landmark(word: int) -> int:
        """The first of the landmarks that say the same: inside a chunk they repeat the one before."""
        at = word // LANDMARK
        return int(np.searchsorted(offsets, offsets[at])) if at and offsets[at - 1] == offsets[at] else at

    bounds: dict[int, tuple[int, int]] = {}
    for at, group in groupby(words, key=landmark):
        near = [word for word in group if word - at * LANDMARK < _FAR]
        numbers = [word - at * LANDMARK for word in near]
        bounds.update(zip(near, locate_words(body, int(offsets[at]), numbers), strict=True))
    return bounds
