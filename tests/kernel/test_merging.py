"""What the compiled kernel merges is what the plain side merges, to the last byte but for stored texts."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article, IndexCorrupt
from newsindex.indexer.merging.segment_merger import merge_segments
from newsindex.storage.array_file import ArrayFile, write_arrays
from newsindex.storage.consistency.segment_consistency import check_segment
from newsindex.storage.segment import Segment
from tests.properties.strategies import corpora

from .plain_side import plain_side

pytestmark = pytest.mark.usefixtures("kernel")

FORMS = ["grand", "grande", "grands", "grandes", "grandement", "GRAND", "Grandés", "grandées", "grandi"]
TEXTS = ("text_frame", "text_frame_end", "text_dictionary")


def segments_of(folder):
    """The segments of an index, with their deletions."""
    with newsindex.open(folder) as index:
        views = index.snapshot()._backend.snapshot.views
        return [Segment(view.segment.file.path, view.segment.deleted.tobytes()) for view in views]


def assert_merged_alike(segments, folder, zone):
    """Both sides merge the segments to the same arrays, with any number of threads."""
    with plain_side():
        merge_segments(folder / "plain", segments)
    expected = Segment(folder / "plain")
    for workers in (1, 2, 5):
        path = folder / f"compiled{workers}"
        merge_segments(path, segments, workers)
        found = Segment(path)
        assert found.file.meta == expected.file.meta
        assert found.nbytes().keys() == expected.nbytes().keys()
        for name in expected.nbytes():
            if name not in TEXTS:
                assert found.file.array(name).tobytes() == expected.file.array(name).tobytes(), name
        for document in range(expected.documents):
            assert found.packed_text(document) == expected.packed_text(document)
        check_segment(found, zone)
    return expected


@given(corpora(max_size=40), st.data())
def test_segments_are_merged_to_the_same_bytes(articles, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(articles)), max_size=4)))
    deleted = data.draw(st.sets(st.sampled_from([article.id for article in articles]), max_size=12))
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name,
        newsindex.create(Path(name) / "i") as index,
    ):
        for start, end in zip([0, *cuts], [*cuts, len(articles)], strict=True):
            index.add(articles[start:end])
        index.delete(*deleted)
        segments = segments_of(index.path)
        if segments:
            assert_merged_alike(segments, Path(name), index.zone)


def inflected(count, seed):
    """Articles in which one term has more spellings than have a bit, in shares that differ by the seed."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.full(len(FORMS), 0.5))
    for i in range(count):
        words = rng.choice(FORMS, size=int(rng.integers(1, 90)), p=weights)
        body = " ".join(["Le", "corps", f"mot{'abcdefghij'[i % 10]}", *words])
        yield Article(
            f"Titre {i}", body * (1 + 40 * (i % 50 == 7)), id=f"s{seed}a{i}",
            published=date(2024, 1, 1) + timedelta(days=(i * 37 + seed) % 300), source=f"s{i % 3}",
        )  # fmt: skip


def test_spellings_gain_and_lose_their_bits(tmp_path):
    with newsindex.create(tmp_path / "i") as index:
        for seed in range(4):
            index.add(inflected(150, seed))
        index.delete(*(f"s2a{i}" for i in range(0, 150, 2)))
        merged = assert_merged_alike(segments_of(index.path), tmp_path, index.zone)
    assert len(merged.spellings.others()[0]) > 0


def test_a_document_that_alone_has_a_term_takes_it_along(tmp_path):
    with newsindex.create(tmp_path / "i") as index:
        index.add(
            [
                Article("Un titre", "Le corps et l'hapax.", id="un"),
                Article("Autre titre", "Le corps.", id="autre"),
            ]
        )
        index.add([Article("Encore", "Le corps.")])
        index.delete("un")
        merged = assert_merged_alike(segments_of(index.path), tmp_path, index.zone)
    assert b"hapax" not in merged.term_texts()


@pytest.fixture
def two_segments(tmp_path):
    """The folder of an index of two segments."""
    with newsindex.create(tmp_path / "i") as index:
        index.add(inflected(60, 1))
        index.add(inflected(60, 2))
    return tmp_path / "i"


READ = (
    "term_text", "term_text_end", "term_posting", "term_occurrence", "term_posting_byte",
    "term_position_byte", "posting", "position", "rare_posting", "rare_headline", "rare_body", "rare_mark",
    "code_headline", "code_body", "code_mark", "term_spelling", "spelling_text", "spelling_text_end",
    "other_spelling", "other_first", "other_document", "text_frame", "text_frame_end", "text_dictionary",
)  # fmt: skip
"""The arrays that the kernel reads to merge."""


@pytest.mark.parametrize("name", READ)
def test_a_flipped_bit_is_named_by_the_merge_that_meets_it(two_segments, tmp_path, name):
    first, second = sorted(two_segments.glob("*.segment"))
    raw = ArrayFile(second).raw()
    start, count = raw.layout[name][2], raw.layout[name][1]
    if not count:
        pytest.skip("the array is empty")
    damaged = bytearray(second.read_bytes())
    damaged[start] ^= 4
    second.write_bytes(damaged)
    with pytest.raises(IndexCorrupt, match=second.name):
        merge_segments(tmp_path / "merged", [Segment(first), Segment(second)])


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A segment file, its arrays, and what the file says of them."""
    folder = tmp_path_factory.mktemp("sound")
    with newsindex.create(folder / "i") as index:
        index.add(inflected(60, 3))
    (path,) = (folder / "i").glob("*.segment")
    file = ArrayFile(path)
    return path, {name: file.array(name).copy() for name in file.nbytes()}, dict(file.meta)


@given(st.sampled_from(READ), st.data())
def test_arrays_that_make_no_sense_end_in_a_merge_or_in_the_error_for_damage(kernel, sound, name, data):
    path, arrays, meta = sound
    array = arrays[name].copy()
    limits = np.iinfo(array.dtype)
    number = st.integers(0, limits.max) | st.integers(0, min(300, limits.max)) | st.just(limits.max)
    for _ in range(data.draw(st.integers(0, 4))):
        if len(array):
            array[data.draw(st.integers(0, len(array) - 1))] = data.draw(number)
    if data.draw(st.booleans()):
        array = array[: data.draw(st.integers(0, len(array)))]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        changed = Path(folder) / path.name
        write_arrays(changed, {**arrays, name: array}, meta)
        raw, sound_raw = ArrayFile(changed).raw(), ArrayFile(path).raw()
        documents = meta["documents"]
        numbers = [np.arange(start, 2 * documents, 2, dtype=np.uint32) for start in (0, 1)]
        with suppress(kernel.DamagedSegment):
            kernel.merge_words([(raw, numbers[0]), (sound_raw, numbers[1])], 2 * documents, 1 << 31, 2)
            merger = kernel.TextMerger([raw], b"", (17, 17, 17, 2, 5, 0))
            merger.frames(np.zeros(documents, np.uint32), np.arange(documents, dtype=np.uint32), 2)
