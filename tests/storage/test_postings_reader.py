"""Threads share a reader of postings, and the posting lists that it caches."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from newsindex import Article
from newsindex.analyzer import analyze
from newsindex.storage.array_file import ArrayFile, ArrayFileWriter
from newsindex.storage.compression import term_postings
from newsindex.storage.postings_encoder import PostingsEncoder
from newsindex.storage.postings_reader import PostingsReader

TERMS = 40


class SlowDict(dict):
    """Lets other threads run before the first step of an iterator, and before a deletion."""

    def __iter__(self):
        iterator = super().__iter__()
        time.sleep(0.0005)
        return iterator

    def pop(self, key):
        time.sleep(0.0005)
        return super().pop(key)


def test_threads_may_fill_and_empty_the_cache_at_once(tmp_path, monkeypatch):
    encoder = PostingsEncoder(np.zeros(1, np.uint32))
    term = np.arange(TERMS, dtype=np.uint32)
    nothing = np.zeros(TERMS, np.uint32)
    encoder.add(term, nothing, term, np.ones(TERMS, np.uint8), TERMS)
    with ArrayFileWriter(tmp_path / "x") as file:
        file.write("headline_length", np.zeros(1, np.uint16))
        file.write("body_length", np.array([TERMS], np.uint16))
        for name, chunks in encoder.finish().items():
            file.write_chunks(name, chunks[0].dtype, chunks)
        file.finish({})
    reader = PostingsReader(ArrayFile(tmp_path / "x"), 1, TERMS)
    monkeypatch.setattr(term_postings, "_MAX_CACHED_BYTES", 2500)
    reader._terms._cached = SlowDict()
    first = np.array([0])
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda i: reader.positions(i % TERMS, first)[1].tolist(), range(400)))
    assert found == [[i % TERMS] for i in range(400)]
    cache = reader._terms
    assert len(cache._cached) == 2
    assert cache._nbytes == sum(postings.nbytes for postings in cache._cached.values())


@pytest.mark.parametrize("before", [0, 300, 5000])
def test_first_positions_are_the_first_of_all_positions(make_index, before):
    texts = [f"roi {'mot ' * (17 * i % (before + 1))}reine {'roi ' * (i % 3)}reine" for i in range(20)]
    index = make_index([Article("", text, id=str(i)) for i, text in enumerate(texts)])
    with index.snapshot() as searcher:
        segment = searcher._backend.snapshot.segments[0]
        for word in ("roi", "reine"):
            term = segment.term_number(analyze(word)[0].term.encode())
            for chosen in ([0], [3, 0, 19], range(20)):
                postings = np.array(chosen)
                counts, positions = segment.postings.positions(term, postings)
                firsts = positions[np.cumsum(counts) - counts]
                assert segment.postings.first_positions(term, postings).tolist() == firsts.tolist()
