"""A segment file is the same whether its documents are written before or while its words are found."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from newsindex.storage.postings_encoder import PostingsEncoder
from newsindex.storage.segment import Segment
from newsindex.storage.segment_writer import Columns, StoredDocuments, StoredWords, term_arrays, write_segment
from newsindex.storage.spelling_table import Spellings, spelling_arrays
from newsindex.storage.text_store import StoredText, compress_texts, pack_text

COUNT = 1500


def documents(frames=None):
    """Documents of one word, in several groups of frames."""
    packed = [pack_text(StoredText("", "mot", {"id": str(i)})) for i in range(COUNT)]
    compressed = compress_texts(packed, b"")
    columns = Columns(
        published=np.arange(COUNT, dtype=np.int32),
        headline_length=np.zeros(COUNT, np.uint32),
        body_length=np.ones(COUNT, np.uint32),
        id_hash=np.arange(COUNT, dtype=np.uint64)[::-1].copy(),
        content_hash=np.arange(COUNT, dtype=np.uint64),
        labels={"source": [f"s{i % 3}" for i in range(COUNT)]},
    )
    return StoredDocuments(columns, b"", frames or [compressed[:700], [], compressed[700:]])


def find_words():
    """The words of these documents."""
    encoder = PostingsEncoder(np.zeros(COUNT, np.uint32))
    document = np.arange(COUNT)
    encoder.add(np.zeros_like(document), document, np.zeros_like(document), np.ones(COUNT, np.uint8), 1)
    nothing = np.zeros(0, np.uint32)
    spellings = Spellings([b"mot"], np.zeros(1, np.uint32), nothing, nothing.astype(np.uint16))
    return StoredWords(
        terms=term_arrays([b"mot"]),
        spellings=spelling_arrays(spellings, [b"mot"], encoder.slot_documents()),
        postings=encoder.finish(),
        landmark_first=np.arange(COUNT + 1),
        landmark=np.zeros(COUNT, np.int64),
        signatures=np.zeros((2, COUNT), np.uint64),
        acronyms={},
    )


@pytest.fixture
def executor():
    """One thread."""
    with ThreadPoolExecutor(1) as found:
        yield found


def test_a_thread_writes_the_same_file(tmp_path, executor):
    write_segment(tmp_path / "alone", documents(), find_words)
    write_segment(tmp_path / "together", documents(), find_words, executor)
    assert (tmp_path / "alone").read_bytes() == (tmp_path / "together").read_bytes()
    segment = Segment(tmp_path / "together")
    segment.file.check()
    assert [segment.text(i).rest["id"] for i in range(COUNT)] == [str(i) for i in range(COUNT)]
    assert segment.postings.documents(0).tolist() == list(range(COUNT))


@pytest.mark.parametrize("has_thread", [False, True])
def test_what_the_system_refuses_while_documents_are_written_is_raised(tmp_path, executor, has_thread):
    def full_disk():
        yield [b"frame"]
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_segment(tmp_path / "s", documents(full_disk()), find_words, executor if has_thread else None)


def test_the_file_stays_open_for_the_thread_when_the_words_fail(tmp_path, executor):
    words_failed, written = threading.Event(), []

    def slow_frames():
        words_failed.wait(60)
        yield compress_texts([b"text"] * COUNT, b"")
        written.append(True)

    def failing():
        words_failed.set()
        raise RuntimeError("no words")

    with pytest.raises(RuntimeError, match="no words"):
        write_segment(tmp_path / "s", documents(slow_frames()), failing, executor)
    assert written == [True]
