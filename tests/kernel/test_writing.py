"""What the compiled kernel writes is what the plain side writes, to the last byte."""

from __future__ import annotations

import numpy as np
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from newsindex.errors import NewsIndexError
from newsindex.storage.array_file import ArrayFile, write_arrays
from newsindex.storage.block_checksums import BlockChecksums
from newsindex.storage.compression.compiled_postings import CompiledPostingsEncoder
from newsindex.storage.postings_encoder import MAX_DOCUMENTS, PostingsEncoder, make_postings_encoder
from newsindex.storage.text_store import (
    StoredText,
    TextCompressor,
    TextDecompressor,
    compress_texts,
    pack_text,
    train_dictionary,
)

from .plain_side import plain_side

pytestmark = pytest.mark.usefixtures("kernel")

occurrences = st.sets(
    st.tuples(st.integers(0, 11), st.integers(0, 300), st.integers(0, 40) | st.integers(0, 100_000)),
    max_size=400,
)


def as_arrays(keys, terms, marks):
    """The arguments of ``add`` for occurrences, which are tuples of term, document and position."""
    rows = np.array(sorted(keys), np.int64).reshape(-1, 3)
    mark = np.array([1 << marks[i % len(marks)] for i in range(len(rows))], np.uint8)
    return (
        rows[:, 0].astype(np.uint32),
        rows[:, 1].astype(np.uint16),
        rows[:, 2].astype(np.uint32),
        mark,
        terms,
    )


@given(st.lists(occurrences, max_size=3), st.integers(0, 50), st.lists(st.integers(0, 4), min_size=1))
def test_postings_are_encoded_to_the_same_bytes(ranges, headline, marks):
    headline_length = np.full(301, headline, np.uint32)
    plain, compiled = PostingsEncoder(headline_length), make_postings_encoder(headline_length)
    assert isinstance(compiled, CompiledPostingsEncoder)
    for keys in ranges:
        arguments = as_arrays(keys, 12, marks)
        plain.add(*arguments)
        compiled.add(*arguments)
    assert compiled.slot_documents().tolist() == plain.slot_documents().tolist()
    expected, found = plain.finish(), compiled.finish()
    assert list(found) == list(expected)
    for name, chunks in expected.items():
        assert [chunk.dtype for chunk in found[name]] == [chunks[0].dtype]
        assert np.concatenate(found[name]).tobytes() == np.concatenate(chunks).tobytes(), name


def test_too_many_documents_are_refused_as_by_the_plain_side():
    with pytest.raises(NewsIndexError, match="more than its format can number"):
        make_postings_encoder(np.zeros(MAX_DOCUMENTS + 1, np.uint32))


def test_occurrences_that_are_out_of_range_are_refused(kernel):
    one = np.array([1], np.uint32)
    for term, document in ((2, 1), (1, 2)):
        encoder = kernel.PostingsEncoder(np.zeros(2, np.uint32), 9)
        with pytest.raises(ValueError, match="out of range"):
            encoder.add(one * term, np.array([document], np.uint16), one, np.ones(1, np.uint8), 2)
    encoder = kernel.PostingsEncoder(np.zeros(2, np.uint32), 9)
    with pytest.raises(ValueError, match="different numbers"):
        encoder.add(one, np.zeros(2, np.uint16), one, np.ones(1, np.uint8), 2)


def test_a_finished_encoder_is_of_no_use(kernel):
    encoder = kernel.PostingsEncoder(np.zeros(2, np.uint32), 9)
    encoder.finish()
    for verb in (encoder.finish, encoder.slot_documents):
        with pytest.raises(ValueError, match="finished"):
            verb()


@given(st.lists(st.binary(max_size=20_000), max_size=6))
def test_blocks_have_the_same_checksums(kernel, parts):
    plain, compiled = BlockChecksums(), kernel.BlockChecksums()
    for part in parts:
        plain.add(np.frombuffer(part, np.uint8))
        compiled.add(np.frombuffer(part, np.uint8))
    assert compiled.finish().tolist() == plain.finish().tolist()


def test_a_file_is_written_to_the_same_bytes(tmp_path):
    arrays = {"a": np.arange(30_000, dtype=np.uint16), "b": np.zeros(0, np.uint8), "c": np.arange(5.0)}
    write_arrays(tmp_path / "compiled", arrays, {"documents": 3})
    with plain_side():
        write_arrays(tmp_path / "plain", arrays, {"documents": 3})
    assert (tmp_path / "compiled").read_bytes() == (tmp_path / "plain").read_bytes()
    ArrayFile(tmp_path / "compiled").check()


def articles(count):
    return [
        pack_text(
            StoredText(f"Titre {i}", f"Le corps numéro {i * i} du journal. " * (i % 40), {"id": str(i)})
        )
        for i in range(count)
    ]


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("is_trained", [True, False])
def test_texts_are_compressed_to_frames_that_the_plain_side_reads(workers, is_trained):
    packed = articles(2500)
    dictionary = train_dictionary(packed[::2]) if is_trained else b""
    assert bool(dictionary) == is_trained
    frames = compress_texts(packed, dictionary, workers)
    decompressor = TextDecompressor(dictionary)
    assert [decompressor.decompress(frame) for frame in frames] == packed
    with plain_side():
        expected = compress_texts(packed, dictionary)
    assert sum(map(len, frames)) <= 1.001 * sum(map(len, expected))


def test_a_frame_is_that_of_the_plain_side_where_both_have_the_same_zstandard():
    if zstandard.ZSTD_VERSION != (1, 5, 7):
        pytest.skip("the kernel has Zstandard 1.5.7")
    packed = articles(2500)
    dictionary = train_dictionary(packed[::2])
    frames = compress_texts(packed, dictionary)
    with plain_side():
        assert frames == compress_texts(packed, dictionary)


def test_a_batch_is_read_back_while_it_is_filled():
    compressor = TextCompressor()
    packed = articles(4500)
    for start in range(0, 4500, 500):
        compressor.add(packed[start : start + 500])
        assert compressor.packed_text(start) == packed[start]
    frames, dictionary = compressor.finish()
    decompressor = TextDecompressor(dictionary)
    assert [decompressor.decompress(frame) for frame in frames] == packed
