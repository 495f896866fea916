"""Encoding of landmarks: of each the difference to the landmark before it, in one byte where it fits.

A *landmark* is the place in the text of every eighth word of a body (segment.py). A difference is stored
modulo 256; for each time that it exceeds 255, the number of the landmark is listed once among those that are
*far*.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.forks import cached_property
from newsindex.storage.array_file import Array, ArrayFile, checked_cast

_STEP: Final = 256


def landmark_differences(
    first: NDArray[np.integer[Any]], offset: NDArray[np.integer[Any]]
) -> NDArray[np.int64]:
    """The difference of each landmark to the one before it in its document, to 0 for the first.

    ``first`` has the first landmark of each document and the end, ``offset`` the places of all landmarks.
    """
    difference: NDArray[np.int64] = offset.astype(np.int64)
    difference[1:] -= offset[:-1]
    opening = first[:-1][first[:-1] < first[1:]]
    difference[opening] = offset[opening]
    return difference


def landmark_arrays(difference: NDArray[np.integer[Any]]) -> dict[str, Array]:
    """The arrays of a segment that hold the differences of its landmarks, by name."""
    times = difference.astype(np.int64) // _STEP
    far = np.flatnonzero(times)
    return {
        "landmark": (difference % _STEP).astype(np.uint8),
        "landmark_far": checked_cast(np.repeat(far, times[far]), np.uint32),
    }


class LandmarksReader:
    """The landmarks of a segment, by document."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file

    @cached_property
    def _first(self) -> memoryview:  # a memoryview gives single numbers faster than an array does
        return np.asarray(self._file.array("landmark_first"), np.uint32).data

    @cached_property
    def _far(self) -> memoryview:
        return np.asarray(self._file.array("landmark_far"), np.uint32).data

    def offsets(self, document: int) -> NDArray[np.int64]:
        """The places of the landmarks of a document in its text, in characters."""
        first, last = self._first[document], self._first[document + 1]
        low = bisect_left(self._far, first)
        far = self._far[low : bisect_left(self._far, last, low)].tolist()
        difference = self._file.part("landmark", first, last).astype(np.int64)
        for landmark in far:
            difference[landmark - first] += _STEP
        return difference.cumsum()

    def differences(self) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The first landmark of each document and the end, and the difference of each landmark.

        The shape of the first is (documents + 1,).
        """
        landmark = self._file.array("landmark")
        times = np.bincount(self._file.array("landmark_far"), minlength=len(landmark))
        return self._file.array("landmark_first"), landmark + times * _STEP
