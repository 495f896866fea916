"""Postings that are encoded are decoded as they were."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsindex.storage.array_file import ArrayFile, ArrayFileWriter
from newsindex.storage.compression.position_blocks import positions_of_values
from newsindex.storage.postings_encoder import PostingsEncoder
from newsindex.storage.postings_reader import PostingsReader

occurrences = st.sets(
    st.tuples(
        st.integers(0, 4),
        st.integers(0, 6),
        st.integers(0, 30) | st.integers(0, 300) | st.integers(4000, 70_000),
    ),
    max_size=60,
).map(sorted)


def encoded(folder, rows, headline_length, terms=5, ranges=None):
    columns = np.array(rows, np.uint32).reshape(len(rows), 3)
    encoder = PostingsEncoder(headline_length)
    low = 0
    for size in ranges or [terms]:
        term, document, position = columns[(columns[:, 0] >= low) & (columns[:, 0] < low + size)].T
        mark = (1 << (document + position) % 5).astype(np.uint8)
        encoder.add(term - np.uint32(low), document, position, mark, size)
        low += size
    path = Path(folder) / "x"
    with ArrayFileWriter(path) as file:
        file.write("headline_length", np.asarray(headline_length, np.uint32))
        file.write("body_length", np.full(len(headline_length), 70_001, np.uint32))
        for name, chunks in encoder.finish().items():
            file.write_chunks(name, chunks[0].dtype, chunks)
        file.finish({})
    return PostingsReader(ArrayFile(path), len(headline_length), terms)


@given(
    occurrences,
    st.lists(st.integers(0, 40), min_size=7, max_size=7),
    st.sampled_from([[5], [2, 3], [1, 1, 1, 1, 1]]),
)
def test_postings_give_back_every_occurrence(rows, lengths, ranges):
    lengths = np.array(lengths, np.uint32)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        reader = encoded(folder, rows, lengths, ranges=ranges)
        for low, high in [(0, 5), (1, 3), (2, 2), (4, 5)]:
            term, document, mark, count = reader.postings_of_range(low, high)
            position = positions_of_values(reader.values_of_range(low, high), count)
            words = (np.repeat(term, count), np.repeat(document, count), position)
            assert list(zip(*(part.tolist() for part in words), strict=True)) == [
                row for row in rows if low <= row[0] < high
            ]
            marks = [reader.marks(term).tolist() for term in range(low, high)]
            assert mark.tolist() == [mark for own in marks for mark in own]
        for term in range(5):
            own = [(d, p) for t, d, p in rows if t == term]
            documents = reader.documents(term).tolist()
            assert documents == sorted({d for d, _ in own})
            frequencies = reader.frequencies(term)
            assert frequencies.headline.tolist() == [
                sum(p < lengths[d] for e, p in own if e == d) for d in documents
            ]
            held = [{(d + p) % 5 for e, p in own if e == d} for d in documents]
            assert reader.marks(term).tolist() == [sum(1 << slot for slot in slots) for slots in held]
            counts, positions = reader.positions(term)
            assert positions.tolist() == [p for _, p in own]
            assert (frequencies.headline + frequencies.body).tolist() == counts.tolist()
            for i, document in enumerate(documents):
                _, positions = reader.positions(term, np.array([i]))
                assert positions.tolist() == [p for d, p in own if d == document]


def test_more_kinds_of_frequencies_than_codes_are_kept_exactly(tmp_path):
    rows = [(0, d, p) for d in range(400) for p in range(d + 1)]
    reader = encoded(tmp_path, rows, np.full(400, 3, np.uint32), terms=1)
    frequencies = reader.frequencies(0)
    assert (frequencies.headline + frequencies.body).tolist() == list(range(1, 401))
    assert reader.positions(0, np.array([399]))[1].tolist() == list(range(400))
