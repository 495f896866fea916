"""Regions of postings that are encoded are decoded as they were, and have the bytes that FORMAT.md states."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.storage.compression.damaged_region import DamagedRegion
from newsindex.storage.compression.document_lists import BITMAP, GROUPED, LIST
from newsindex.storage.compression.posting_regions import (
    Postings,
    decode_region,
    decode_regions,
    encode_regions,
)


@st.composite
def segments(draw):
    """The number of documents of a segment, and the documents and codes of some terms."""
    documents = draw(st.sampled_from([1, 7, 8, 9, 255, 256, 257, 700, 5000, 65_536]))
    terms = []
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(["few", "share", "runs"]))
        if kind == "few":
            chosen = sorted(draw(st.sets(st.integers(0, documents - 1), max_size=12)))
        elif kind == "share":
            rng = np.random.default_rng(draw(st.integers(0, 1000)))
            share = draw(st.sampled_from([0.002, 0.02, 0.3, 1]))
            chosen = np.flatnonzero(rng.random(documents) < share).tolist()
        else:
            start = draw(st.integers(0, documents - 1))
            chosen = range(start, min(start + draw(st.integers(1, 600)), documents))
        rng = np.random.default_rng(draw(st.integers(0, 1000)))
        codes = rng.integers(0, draw(st.sampled_from([14, 16, 256])), len(chosen))
        terms.append((list(chosen), codes.tolist()))
    return documents, terms


def encoded(documents, terms):
    """The region of each term, one after another, and the number of bytes of each."""
    postings = Postings(
        np.array([document for own, _ in terms for document in own], np.uint16),
        np.array([code for _, own in terms for code in own], np.uint8),
    )
    counts = np.array([len(own) for own, _ in terms], np.int64)
    content, sizes = encode_regions(postings, counts, documents)
    assert len(content) == sizes.sum()
    return content, sizes, counts


def region(documents, chosen, codes):
    """The region of one term, written down byte by byte as FORMAT.md says."""
    groups = -(-documents // 256)
    listed = b"".join(document.to_bytes(2, "little") for document in chosen)
    in_group = [sum(document // 256 == group for document in chosen) for group in range(groups)]
    bits = sum(1 << document for document in chosen)
    forms = [listed, None, bits.to_bytes(-(-documents // 8), "little")]
    if max(in_group) < 256:
        forms[1] = bytes(in_group) + bytes(document % 256 for document in chosen)
    form = min((f for f in range(3) if forms[f] is not None), key=lambda f: len(forms[f]))
    halves = [min(code, 15) for code in codes] + [0]
    packed = bytes(low | high << 4 for low, high in zip(halves[::2], halves[1::2], strict=False))
    return bytes([form]) + forms[form] + packed + bytes(code for code in codes if code >= 15)


@given(segments())
def test_postings_are_decoded_as_they_were_encoded(segment):
    documents, terms = segment
    content, sizes, counts = encoded(documents, terms)
    postings = decode_regions(content, sizes, counts, documents)
    assert postings.document.tolist() == [document for own, _ in terms for document in own]
    assert postings.code.tolist() == [code for _, own in terms for code in own]
    start = 0
    for (chosen, codes), size in zip(terms, sizes.tolist(), strict=True):
        postings = decode_region(content[start : start + size], len(chosen), documents)
        assert (postings.document.tolist(), postings.code.tolist()) == (chosen, codes)
        start += size


@given(segments())
def test_the_bytes_are_those_of_the_format(segment):
    documents, terms = segment
    content, _, _ = encoded(documents, terms)
    assert content.tobytes() == b"".join(region(documents, *term) for term in terms)


@pytest.mark.parametrize(
    ("documents", "chosen", "form"),
    [
        (5000, range(0, 5000, 500), LIST),
        (5000, range(0, 5000, 100), GROUPED),
        (5000, range(0, 5000, 3), BITMAP),
        (65_536, range(256, 512), LIST),  # a whole group
        (65_536, range(257, 514), GROUPED),
        (8, [3], BITMAP),
        (16, [3], LIST),
    ],
)
def test_a_list_has_the_shortest_form_that_can_hold_it(documents, chosen, form):
    content, _, _ = encoded(documents, [(chosen, [0] * len(chosen))])
    assert content[0] == form


@given(segments(), st.data())
def test_damaged_regions_are_refused_or_give_documents_that_ascend(segment, data):
    documents, terms = segment
    content, sizes, counts = encoded(documents, terms)
    if not len(content):
        return
    for _ in range(data.draw(st.integers(0, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        sizes[data.draw(st.integers(0, len(sizes) - 1))] += data.draw(st.integers(-3, 3))
        sizes = np.maximum(sizes, 0)
        content = np.resize(content, int(sizes.sum()))
    ends = np.cumsum(sizes)
    alone = []
    for size, end, count in zip(sizes.tolist(), ends.tolist(), counts.tolist(), strict=True):
        try:
            alone.append(decode_region(content[end - size : end], count, documents))
        except DamagedRegion:
            alone.append(None)
    try:
        together = decode_regions(content, sizes, counts, documents)
    except DamagedRegion:
        assert None in alone
    else:
        assert together.document.tolist() == [d for own in alone for d in own.document.tolist()]
        assert together.code.tolist() == [c for own in alone for c in own.code.tolist()]
        for own in alone:
            assert (np.diff(own.document.astype(int)) > 0).all()
            assert (own.document < documents).all()
