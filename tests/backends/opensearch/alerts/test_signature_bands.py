"""Signatures of articles that may be near-duplicates have enough bands in common."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsindex.backends.opensearch.alerts.signature_bands import MIN_COMMON_BANDS, Signature, bands

numbers = st.integers(0, 2**64 - 1)
signatures = st.builds(Signature, numbers, numbers)


@given(signatures)
def test_a_signature_is_read_as_it_was_written(signature):
    assert Signature.read(signature.written()) == signature


@given(signatures, st.lists(st.integers(0, 63), max_size=26, unique=True), st.data())
def test_signatures_that_differ_in_few_bins_have_enough_bands_in_common(signature, differing, data):
    first_bits, second_bits = signature
    for place in differing:
        change = data.draw(st.sampled_from([(1, 0), (0, 1), (1, 1)]))
        first_bits ^= change[0] << place
        second_bits ^= change[1] << place
    other = bands(Signature(first_bits, second_bits))
    common = {*bands(signature)} & {*other}
    assert len(common) >= MIN_COMMON_BANDS
    assert len(common) >= 32 - len(differing)
