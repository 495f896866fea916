"""The first hits of an order are those that sorting all of them gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.dates.minutes import UNDATED
from newsindex.query.ranking.cursor import LATER, SortPosition
from newsindex.query.ranking.sort_keys import date_keys, follow, slice_of_first, smallest

dates = st.lists(st.sampled_from([UNDATED, -5, 0, 3, 7, 9]), min_size=1, max_size=30).map(sorted)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=2, max_size=30), st.data())
def test_the_smallest_keys_are_the_first_of_all_sorted(rows, data):
    limit = data.draw(st.integers(1, len(rows) - 1))
    keys, minutes = np.array(rows, np.int64).T
    documents = np.arange(len(rows))
    found = smallest(keys.astype(np.float32), minutes, documents, limit)
    expected = sorted(documents.tolist(), key=lambda i: (keys[i], -minutes[i], i))
    assert sorted(found.tolist()) == sorted(expected[:limit])


@pytest.mark.parametrize("sort", ["newest", "oldest"])
@given(published=dates, data=st.data())
def test_a_slice_holds_the_first_documents_by_date(sort, published, data):
    published = np.array(published, np.int32)
    chosen = data.draw(st.lists(st.integers(0, len(published) - 1), unique=True, min_size=1).map(sorted))
    limit = data.draw(st.integers(1, 6))
    documents = np.array(chosen)
    part = documents[slice_of_first(documents, published, sort, limit)]
    keys = date_keys(published, sort)
    first = sorted(chosen, key=lambda i: (keys[i], -int(published[i]), i))[:limit]
    assert set(first) <= set(part.tolist())


@given(dates, st.integers(0, 2), st.integers(0, 2), st.data())
def test_what_follows_a_position_is_what_is_greater(published, segment, other, data):
    published = np.array(published, np.int32)
    keys, documents = date_keys(published, "newest"), np.arange(len(published))
    position = SortPosition(
        LATER, data.draw(st.sampled_from(keys.tolist())), data.draw(st.integers(-9, 9)), other, 3
    )
    expected = [
        SortPosition(LATER, key, -minute, segment, document) > position
        for key, minute, document in zip(keys.tolist(), published.tolist(), documents.tolist(), strict=True)
    ]
    assert follow(keys, published, segment, documents, position).tolist() == expected
