"""A segment that is truncated while it is open is found out before a search reads beyond its end."""

from __future__ import annotations

import os

import pytest

import newsindex
from newsindex import Article
from newsindex.errors import IndexCorrupt
from newsindex.storage.segment import Segment


@pytest.fixture
def index(make_index):
    return make_index([Article(f"Titre {i}", "Le corps du journal. " * 200, id=f"a{i}") for i in range(50)])


def truncate(index):
    (path,) = index.path.glob("*.segment")
    os.truncate(path, 4096)
    return path


def test_the_next_refresh_finds_a_truncated_segment(index):
    path = truncate(index)
    with pytest.raises(IndexCorrupt, match=path.name):
        index.refresh()


def test_after_damage_was_found_nothing_is_searched_until_the_file_is_whole_again(index):
    (path,) = index.path.glob("*.segment")
    whole = path.read_bytes()
    truncate(index)
    with pytest.raises(newsindex.IndexCorrupt):
        index.refresh()
    with pytest.raises(newsindex.IndexCorrupt, match="refresh it again"):
        index.search("maroc")
    assert "damaged" in repr(index)
    path.write_bytes(whole)
    index.refresh()
    index.search("maroc")


def test_a_refresh_to_a_newer_commit_finds_a_truncated_segment(index):
    reader = newsindex.open(index.path)
    index.add([Article("Autre titre", id="b")])
    os.truncate(max(index.path.glob("*.segment"), key=lambda path: path.stat().st_size), 4096)
    with pytest.raises(IndexCorrupt, match=r"\.segment"):
        reader.refresh()


def test_a_truncated_segment_cannot_be_opened(index):
    path = truncate(index)
    for mapped in (True, False):
        with pytest.raises(IndexCorrupt, match=path.name):
            Segment(path, mapped=mapped)


def test_a_segment_that_is_not_mapped_outlives_its_file(index):
    (path,) = index.path.glob("*.segment")
    segment = Segment(path, mapped=False)
    mapped = Segment(path)
    os.truncate(path, 0)
    segment.check_size()
    assert {segment.text(i).headline for i in range(50)} == {f"Titre {i}" for i in range(50)}
    assert len(segment.postings.documents(segment.term_number(b"journal"))) == 50
    segment.file.check()
    with pytest.raises(IndexCorrupt, match="while it was open"):
        mapped.check_size()


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no file that is open")
def test_a_segment_that_was_deleted_while_it_is_open_stays_readable(index):
    (path,) = index.path.glob("*.segment")
    segment = Segment(path)
    path.unlink()
    segment.check_size()
    assert segment.text(0).headline
