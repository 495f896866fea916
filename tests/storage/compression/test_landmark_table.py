"""Landmarks that are encoded are decoded as they were."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsindex.storage.array_file import ArrayFile, write_arrays
from newsindex.storage.compression.landmark_table import (
    LandmarksReader,
    landmark_arrays,
    landmark_differences,
)

offsets = st.lists(st.integers(0, 400) | st.integers(0, 3000) | st.integers(0, 10**7), max_size=12).map(
    sorted
)


@given(st.lists(offsets, max_size=6))
def test_landmarks_are_decoded_as_they_were_encoded(documents):
    first = np.cumsum([0, *map(len, documents)])
    difference = landmark_differences(first, np.array([o for own in documents for o in own], np.int64))
    assert difference.tolist() == [o - ([0, *own])[i] for own in documents for i, o in enumerate(own)]
    arrays = {"landmark_first": first.astype(np.uint32), **landmark_arrays(difference)}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        write_arrays(Path(folder) / "x", arrays, {})
        reader = LandmarksReader(ArrayFile(Path(folder) / "x"))
        for document, own in enumerate(documents):
            assert reader.offsets(document).tolist() == own
        assert [array.tolist() for array in reader.differences()] == [first.tolist(), difference.tolist()]


def test_a_difference_is_stored_modulo_256_and_listed_for_each_time_it_exceeds_that():
    arrays = landmark_arrays(np.array([0, 255, 256, 1000, 3]))
    assert arrays["landmark"].tolist() == [0, 255, 0, 232, 3]
    assert arrays["landmark_far"].tolist() == [2, 3, 3, 3]
