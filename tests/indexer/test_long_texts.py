"""Memory is bounded where articles are long, and no number of a segment wraps."""

from __future__ import annotations

import random

import numpy as np
import pytest

import newsindex
from newsindex import Article
from newsindex.compiled import compiled_kernel
from newsindex.errors import NewsIndexError
from newsindex.indexer import writer
from newsindex.indexer.merging import compiled_merger, merge_policy, segment_merger
from newsindex.storage import postings_encoder, text_store
from newsindex.storage.array_file import checked_cast, part_ends

WORDS = [f"mot{i}" for i in range(500)]


def long_articles(count, words=6000):
    rng = random.Random(3)
    return [
        Article(f"Titre {i}", " ".join(rng.choices(WORDS, k=words)) + f" fin{i}", id=f"a{i}", source="S")
        for i in range(count)
    ]


@pytest.fixture
def low_bounds(monkeypatch):
    """Bounds of batches, merges and unpacked texts as low as if articles were a thousand times longer."""
    monkeypatch.setattr(writer, "_MAX_BATCH_CHARACTERS", 100_000)
    monkeypatch.setattr(merge_policy, "MAX_INDEX_BYTES", 150_000)
    monkeypatch.setattr(merge_policy, "FAN_IN", 3)
    monkeypatch.setattr(segment_merger, "_MAX_UNPACKED_BYTES", 60_000)
    monkeypatch.setattr(text_store, "_TRAINING_BYTES", 60_000)
    monkeypatch.setattr("newsindex.indexer.admission._MAX_WAITING_CHARACTERS", 30_000)


@pytest.mark.parametrize("workers", [1, 2])
def test_long_articles_become_several_segments_of_bounded_size(make_index, low_bounds, workers):
    index = make_index()
    articles = long_articles(30)
    index.add(articles, workers=workers)
    index.optimize()
    segments = index.snapshot()._backend.snapshot.segments
    sizes = [segment.size - segment.nbytes()["text_frame"] for segment in segments]
    assert len(segments) > 3
    assert max(sizes) < 200_000
    assert (
        max(segment.documents for segment in segments) > 3
    )  # they were merged as far as the bound lets them
    assert sorted(index, key=lambda article: article.id) == sorted(articles, key=lambda article: article.id)
    assert [hit.article.id for hit in index.search("fin17")] == ["a17"]
    index.check()


def test_texts_are_unpacked_for_a_merge_a_few_bytes_at_a_time(make_index, low_bounds, monkeypatch):
    monkeypatch.setattr(merge_policy, "MAX_INDEX_BYTES", 1 << 30)
    monkeypatch.setattr(segment_merger, "compiled_kernel", lambda: None)
    unpacked = []
    compress = segment_merger.compress_texts

    def noted(packed, dictionary, workers):
        unpacked.append(sum(map(len, packed)))
        return compress(packed, dictionary, workers)

    monkeypatch.setattr(segment_merger, "compress_texts", noted)
    index = make_index()
    index.add(long_articles(20), workers=1)
    index.optimize()
    assert index.stats().segments == 1
    assert max(unpacked) < 120_000
    index.check()


def test_the_kernel_gives_the_texts_of_a_merge_a_few_bytes_at_a_time(make_index, low_bounds, monkeypatch):
    if compiled_kernel() is None:
        pytest.skip("the compiled kernel is not in use")
    monkeypatch.setattr(merge_policy, "MAX_INDEX_BYTES", 1 << 30)
    monkeypatch.setattr(compiled_merger, "_MAX_FRAME_BYTES", 60_000)
    given = []
    merge_frames = compiled_merger.merge_frames_compiled

    def noted(*arguments):
        for frames in merge_frames(*arguments):
            given.append(sum(map(len, frames)))
            yield frames

    monkeypatch.setattr(segment_merger, "merge_frames_compiled", noted)
    index = make_index()
    index.add(long_articles(20), workers=1)
    index.optimize()
    assert index.stats().segments == 1
    assert max(given) < 120_000
    index.check()


def test_a_segment_of_too_many_occurrences_is_an_error_and_nothing_is_lost(make_index, monkeypatch):
    index = make_index([Article("Titre", "corps", id="a")])
    monkeypatch.setattr(postings_encoder, "MAX_OCCURRENCES", 1000)
    with pytest.raises(NewsIndexError, match="more than its format can number"):
        index.add(long_articles(1), workers=1)
    assert [article.id for article in index] == ["a"]
    index.check()


def test_a_segment_of_too_many_documents_is_an_error():
    with pytest.raises(NewsIndexError, match="more than its format can number"):
        postings_encoder.PostingsEncoder(np.zeros((1 << 16) + 1, np.uint32))


@pytest.mark.parametrize(
    ("values", "dtype"),
    [([0, 1 << 16], np.uint16), ([-1], np.uint16), ([1 << 32], np.uint32), ([1 << 31], np.int32)],
)
def test_a_number_that_does_not_fit_is_an_error_and_never_wraps(values, dtype):
    with pytest.raises(NewsIndexError, match="more than its format can number"):
        checked_cast(np.array(values), dtype)


def test_numbers_that_fit_are_cast():
    assert checked_cast(np.array([0, 65535]), np.uint16).tolist() == [0, 65535]
    assert checked_cast(np.zeros(0, np.int64), np.uint16).dtype == np.uint16
    assert part_ends([2, 0, 3], np.uint32).tolist() == [0, 2, 2, 5]
    with pytest.raises(newsindex.NewsIndexError):
        part_ends([1 << 31, 1 << 31], np.uint32)
