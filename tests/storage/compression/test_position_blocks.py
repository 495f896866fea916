"""Positions that are encoded are decoded as they were, and have the bytes that FORMAT.md states."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.storage.compression.damaged_region import DamagedRegion
from newsindex.storage.compression.position_blocks import (
    PADDING,
    TermPositions,
    decode_positions,
    encode_positions,
    positions_of_values,
    values_of_positions,
)

values = st.integers(0, 7) | st.integers(0, 500) | st.integers(0, 2**32 - 1)
runs = st.tuples(st.sampled_from([0, 0, 3, 40, 200]), st.integers(0, 1000), values).map(
    lambda run: np.random.default_rng(run[1]).integers(0, run[2] + 1, run[0]).tolist()
)
terms_of_values = st.lists(st.lists(values, max_size=70) | runs, max_size=5)


def encoded(terms):
    counts = np.array([len(own) for own in terms], np.int64)
    content, sizes = encode_positions(np.array([v for own in terms for v in own], np.uint32), counts)
    assert len(content) == sizes.sum()
    return content, sizes, counts


def region(own):
    """The region of one term, written down bit by bit as FORMAT.md says."""
    widths, packed = [], []
    for start in range(0, len(own), 32):
        block = own[start : start + 32]
        width = max(block).bit_length()
        bits = sum(value << i * width for i, value in enumerate(block))
        widths.append(width)
        packed.append(bits.to_bytes(-(-len(block) * width // 8), "little"))
    return bytes(widths) + b"".join(packed)


@given(terms_of_values)
def test_the_bytes_are_those_of_the_format(terms):
    content, _, _ = encoded(terms)
    assert content.tobytes() == b"".join(map(region, terms))


@given(terms_of_values, st.data())
def test_values_are_decoded_as_they_were_encoded(terms, data):
    content, sizes, counts = encoded(terms)
    assert decode_positions(content, sizes, counts).tolist() == [v for own in terms for v in own]
    padded = np.append(content, np.zeros(PADDING, np.uint8))
    start = 0
    for own, size in zip(terms, sizes.tolist(), strict=True):
        reader = TermPositions(padded[start : start + size + PADDING], len(own))
        chosen = data.draw(st.lists(st.integers(0, len(own) - 1), max_size=20)) if own else []
        assert reader.values(np.array(chosen, np.int32)).tolist() == [own[i] for i in chosen]
        start += size


@given(st.lists(st.sets(st.integers(0, 300) | st.integers(0, 70_000), min_size=1).map(sorted), max_size=8))
def test_positions_are_those_of_their_values(postings):
    counts = np.array([len(own) for own in postings], np.int64)
    position = np.array([p for own in postings for p in own], np.uint32)
    value = values_of_positions(position, np.cumsum(counts) - counts)
    expected = [own[0] if i == 0 else p - own[i - 1] - 1 for own in postings for i, p in enumerate(own)]
    assert value.tolist() == expected
    assert positions_of_values(value, counts).tolist() == position.tolist()


@given(terms_of_values, st.data())
def test_regions_of_another_size_are_refused(terms, data):
    content, sizes, counts = encoded(terms)
    if not len(content):
        return
    changed = sizes.copy()
    changed[data.draw(st.integers(0, len(sizes) - 1))] += data.draw(st.sampled_from([-40, -1, 1, 40]))
    changed = np.maximum(changed, 0)
    if (changed == sizes).all():
        return
    resized = np.resize(content, int(changed.sum()))
    start, refused = 0, False
    padded = np.append(resized, np.zeros(PADDING, np.uint8))
    for size, count in zip(changed.tolist(), counts.tolist(), strict=True):
        try:
            TermPositions(padded[start : start + size + PADDING], count)
        except DamagedRegion:
            refused = True
        start += size
    try:
        decode_positions(resized, changed, counts)
    except DamagedRegion:
        assert refused
    else:
        assert not refused


@pytest.mark.parametrize("width", [33, 64, 255])
def test_a_width_above_32_bits_is_refused(width):
    content, sizes, counts = encoded([list(range(40))])
    content[0] = width
    with pytest.raises(DamagedRegion):
        decode_positions(content, sizes, counts)
    with pytest.raises(DamagedRegion):
        TermPositions(np.append(content, np.zeros(PADDING, np.uint8)), 40)
