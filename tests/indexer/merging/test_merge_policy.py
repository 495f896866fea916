"""Segments are merged where a tier is full, and never into one of too many documents or bytes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsindex.indexer.merging.merge_policy import (
    FAN_IN,
    MAX_INDEX_BYTES,
    SegmentSize,
    choose_merge,
    choose_optimize,
)
from newsindex.storage.postings_encoder import MAX_DOCUMENTS

sizes = st.builds(
    lambda live, deleted, index_bytes: SegmentSize(live, min(live + deleted, MAX_DOCUMENTS), index_bytes),
    st.integers(1, MAX_DOCUMENTS),
    st.integers(0, 9),
    st.integers(0, MAX_INDEX_BYTES * 2),
)


def merged(segments, chosen):
    """The segments after a merge, which has to fit."""
    parts = [segments[i] for i in chosen]
    documents, index_bytes = sum(p.live_documents for p in parts), sum(p.index_bytes for p in parts)
    assert documents <= MAX_DOCUMENTS
    assert index_bytes <= MAX_INDEX_BYTES or len(parts) == 1
    rest = [segment for i, segment in enumerate(segments) if i not in chosen]
    return [*rest, SegmentSize(documents, documents, index_bytes)]


@given(st.lists(sizes, max_size=30))
def test_merging_ends_and_leaves_no_tier_full(segments):
    while chosen := choose_merge(segments):
        assert len(chosen) > 1
        segments = merged(segments, chosen)
    small = [s for s in segments if s.live_documents <= 64 and s.index_bytes <= MAX_INDEX_BYTES // 2]
    assert len(small) < FAN_IN


@given(st.lists(sizes, max_size=30))
def test_optimizing_ends_and_leaves_no_deleted_document(segments):
    for _ in range(100):
        if not (chosen := choose_optimize(segments)):
            break
        segments = merged(segments, chosen)
    assert choose_optimize(segments) == []
    assert all(s.documents == s.live_documents for s in segments)


def test_segments_of_long_articles_are_merged_no_further_than_the_bytes_allow():
    long = [SegmentSize(1000, 1000, MAX_INDEX_BYTES // 3)] * FAN_IN
    assert len(choose_merge(long)) == 3
    assert len(choose_optimize(long)) == 3
    full = [SegmentSize(1000, 1000, MAX_INDEX_BYTES * 2 // 3)] * FAN_IN
    assert choose_merge(full) == []
    assert choose_optimize(full) == []
