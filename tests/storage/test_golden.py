"""This version reads what the first version of this format wrote, and writes the same."""

from __future__ import annotations

import sqlite3
import struct
import zlib
from contextlib import closing

import numpy as np
import pytest

import newsindex
from newsindex.errors import IndexTooNew, IndexTooOld
from newsindex.storage.array_file import OLDEST_WITH_TEXTS, VERSION, ArrayFile

from . import golden

_ANY_BYTES = {"text_frame", "text_frame_end", "text_dictionary"}  # another zstandard may pack otherwise


def segments(folder):
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as database, database:
        names = [
            row[0]
            for row in database.execute("SELECT value ->> 0 FROM manifest, json_each(body, '$.segments')")
        ]
    database.close()
    return [folder / name for name in names]


def test_the_golden_index_is_whole_and_says_what_was_put_in(tmp_path):
    with newsindex.open(golden.unpacked(tmp_path / "old")) as old, golden.write(tmp_path / "new") as new:
        old.check()
        assert golden.DELETED not in old
        assert list(old.articles()) == list(new.articles())
        assert len(old) == 24


@pytest.mark.parametrize(
    "query", ["interpol marrakech", '"coupe d\'afrique"', "gouvern*", "date:2026-01", "a~"]
)
def test_the_golden_index_answers_like_a_new_one(tmp_path, query):
    with newsindex.open(golden.unpacked(tmp_path / "old")) as old, golden.write(tmp_path / "new") as new:
        found = [
            [(hit.article.id, hit.score, hit.snippet) for hit in one.search(query)] for one in (old, new)
        ]
    assert found[0] == found[1]


def test_the_same_articles_are_written_as_the_golden_arrays(tmp_path):
    golden.write(tmp_path / "new").close()
    pairs = zip(segments(golden.unpacked(tmp_path / "old")), segments(tmp_path / "new"), strict=True)
    for old, new in ((ArrayFile(a), ArrayFile(b)) for a, b in pairs):
        assert old.meta == new.meta
        assert old.nbytes().keys() == new.nbytes().keys()
        for name in old.nbytes().keys() - _ANY_BYTES:
            assert old.array(name).dtype == new.array(name).dtype, name
            np.testing.assert_array_equal(old.array(name), new.array(name), name)


def test_the_golden_index_takes_changes(tmp_path):
    with newsindex.open(golden.unpacked(tmp_path / "old")) as index:
        index.add([newsindex.Article(headline="Interpol à Marrakech", id="neuf")])
        index.optimize()
        assert "neuf" in [hit.article.id for hit in index.search("interpol")]
        index.check()
        assert len(index) == 25


@pytest.mark.parametrize(
    ("version", "error", "says"),
    [
        (OLDEST_WITH_TEXTS - 1, IndexTooOld, "index the articles again"),
        (VERSION - 1, IndexTooOld, "newsindex optimize --rebuild --at"),
        (VERSION + 1, IndexTooNew, "a newer newsindex"),
    ],
)
def test_a_segment_of_another_version_is_refused(tmp_path, version, error, says):
    folder = golden.unpacked(tmp_path / "index")
    path = segments(folder)[0]
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, 8, version)
    struct.pack_into("<I", content, 36, zlib.crc32(content[:36]))
    path.write_bytes(content)
    with pytest.raises(error, match=says):
        newsindex.open(folder)


@pytest.mark.parametrize(
    ("version", "error", "says"),
    [(0, IndexTooOld, "index the articles again"), (2, IndexTooNew, "a newer newsindex")],
)
def test_a_catalogue_of_another_version_is_refused(tmp_path, version, error, says):
    folder = golden.unpacked(tmp_path / "index")
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as database, database:
        database.execute(f"PRAGMA user_version = {version}")
    database.close()
    with pytest.raises(error, match=says):
        newsindex.open(folder)
