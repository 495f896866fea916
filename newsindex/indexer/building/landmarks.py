"""Landmarks: the place in the text of every eighth word of a body, to locate passages quickly."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsindex.indexer.scanning.scanner import Scan
from newsindex.storage.segment import LANDMARK


def find_landmarks(scan: Scan) -> NDArray[np.int64]:
    """The landmarks of all bodies of a scan of headlines and bodies, one body after another.

    A landmark is the offset in characters of the chunk of every LANDMARKth word. Where that word is not the
    first of its chunk, the offset of the landmark before is repeated, and words are counted from there.
    """
    starts, ends = scan.first[1:-1:2], scan.first[2::2]
    counts = count_landmarks(ends - starts)
    word = np.repeat(starts - (np.cumsum(counts) - counts) * LANDMARK, counts)
    offset = scan.start[word + np.arange(len(word)) * LANDMARK]
    opens_chunk = np.where(offset < 0, 0, np.arange(len(offset)))  # the first word of a body always does
    return offset[np.maximum.accumulate(opens_chunk)]


def count_landmarks(body_length: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """The number of landmarks of bodies with these numbers of words."""
    return -(-body_length.astype(np.int64) // LANDMARK)
