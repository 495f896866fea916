"""An index is indexed anew from what it stores: of an older format, of another analysis, or of today's."""

from __future__ import annotations

import gc
import json
import os
import signal
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing

import numpy as np
import pytest
from click.testing import CliRunner

import newsindex
from newsindex import Article
from newsindex.cli.main import main
from newsindex.storage.array_file import OLDEST_WITH_TEXTS, VERSION, ArrayFile
from tests.storage import golden

OLD = range(OLDEST_WITH_TEXTS, VERSION)
_DIE = """
import os, signal, sys
import newsindex
from newsindex.indexer.writer import Writer
from newsindex.storage.catalogue import Transaction

def die(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

def commit_and_die(*arguments):
    commit(*arguments)
    die()

folder, moment = sys.argv[1:]
commit = Transaction.commit
if moment == "before the segments are written":
    Writer.optimize = die
elif moment == "before the commit":
    Transaction.commit = die
else:
    Transaction.commit = commit_and_die
newsindex.rebuild(folder)
"""
MOMENTS = ["before the segments are written", "before the commit", "after the commit"]


def manifest(folder):
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as database, database:
        (body,) = database.execute("SELECT body FROM manifest").fetchone()
    return json.loads(body)


def change_manifest(folder, **settings):
    body = manifest(folder)
    body["settings"].update(settings)
    written = json.dumps(body)
    row = written, zlib.crc32(written.encode())
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as database, database:
        database.execute("UPDATE manifest SET body = ?, checksum = ?", row)


def segment_files(folder):
    return {path.name for path in folder.glob("*.segment")}


def named(folder):
    return {name for name, *_ in manifest(folder)["segments"]}


@pytest.fixture
def expected(tmp_path):
    """The golden index as it is written today."""
    with golden.write(tmp_path / "expected") as index:
        yield index


def assert_is_rebuilt(folder, before, expected):
    """The golden index in a folder, whose manifest was ``before``, is whole and says what it said."""
    with newsindex.open(folder) as index:
        index.check()
        assert list(index.articles()) == list(expected.articles())
        for query in ("interpol marrakech", '"coupe d\'afrique"', "gouvern*", "date:2026-01"):
            found, wanted = ([hit.article.id for hit in one.search(query)] for one in (index, expected))
            assert found == wanted
        assert index.stats().segments == 1
    after = manifest(folder)
    assert after["identity"] == before["identity"]
    assert after["settings"] == before["settings"]
    assert after["commit"] == before["commit"] + 1
    assert segment_files(folder) == named(folder)


@pytest.mark.parametrize("version", OLD)
def test_an_index_of_an_older_format_is_refused_and_rebuilt(tmp_path, version, expected):
    folder = golden.unpacked(tmp_path / "old", version)
    before = manifest(folder)
    command = f"newsindex optimize --rebuild --at {folder}"
    with pytest.raises(newsindex.IndexTooOld, match=command):
        newsindex.open(folder)
    newsindex.rebuild(folder)
    assert_is_rebuilt(folder, before, expected)


@pytest.mark.parametrize("version", OLD)
def test_the_command_that_the_refusal_names_rebuilds_the_index(tmp_path, version, expected):
    folder = golden.unpacked(tmp_path / "old", version)
    before = manifest(folder)
    refused = CliRunner().invoke(main, ["stats", "--at", str(folder)])
    assert refused.exit_code
    command = refused.output.split("`")[1].split()
    del refused  # its error holds the file, and Windows deletes no file that is open
    gc.collect()
    assert command[0] == "newsindex"
    done = CliRunner().invoke(main, command[1:])
    assert done.exit_code == 0, done.output
    assert "24 articles indexed anew" in done.output
    assert_is_rebuilt(folder, before, expected)


@pytest.mark.parametrize("version", [*OLD, VERSION])
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_rebuild_that_is_killed_loses_nothing_and_is_run_again(tmp_path, version, moment, expected):
    folder = golden.unpacked(tmp_path / "old", version)
    before = manifest(folder)
    killed = subprocess.run([sys.executable, "-c", _DIE, str(folder), moment], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert named(folder) <= segment_files(folder)
    if moment == "after the commit":  # the files of before are still there
        assert len(named(folder)) == 1
        assert len(segment_files(folder)) == 3
        before = manifest(folder)
    else:
        assert manifest(folder) == before
    newsindex.rebuild(folder)
    assert_is_rebuilt(folder, before, expected)


def test_an_open_index_is_rebuilt_with_its_settings_and_indexed_files(tmp_path):
    settings = tmp_path / "mine.toml"
    settings.write_text('[synonyms]\nvoiture = ["auto"]\n')
    news = tmp_path / "news.jsonl"
    news.write_text(
        "".join(json.dumps({"headline": f"Une auto {i}", "id": f"n{i}"}) + "\n" for i in range(5))
    )
    with newsindex.create(
        tmp_path / "i", timezone="America/Montreal", settings=settings, acronyms=False, k1=1.5
    ) as index:
        index.add(newsindex.read(news), resume=True)
        index.add([Article("Le tribunal de grande instance (TGI)", id="tgi", extra={"a": "b"})])
        index.delete("n3")
        before = manifest(index.path)
        articles = list(index.articles())
        with index.snapshot() as searcher:
            index.optimize(rebuild=True)
            assert len(searcher) == 5
            assert searcher.search("voiture").total == 4
        assert list(index.articles()) == articles
        assert index.search("voiture").total == 4
        assert index.acronyms() == []
        assert index.commit == before["commit"] + 1
        assert index.stats().deleted == 0
        assert manifest(index.path)["settings"] == before["settings"]
        assert index.add(newsindex.read(news), resume=True).skipped == 5
        index.check()


def test_a_rebuild_writes_the_arrays_that_were_there(make_index):
    """Nothing of an index of today's format changes, if it was made at once."""
    index = make_index(newsindex.read("sample_corpus/articles.jsonl"))
    (segment,) = index.path.glob("*.segment")
    file = ArrayFile(segment, mapped=False)
    index.optimize(rebuild=True)
    (rebuilt,) = (ArrayFile(path) for path in index.path.glob("*.segment"))
    for name in ("published", "id_hash", "content_hash", "term_text", "term_posting", "position", "landmark"):
        np.testing.assert_array_equal(file.array(name), rebuilt.array(name), name)


def test_an_index_of_another_analysis_is_rebuilt(make_index):
    index = make_index([Article("Le tribunal", id="a")], [Article("Les journaux", id="b")])
    index.close()
    change_manifest(index.path, analysis="french-0")
    with pytest.raises(newsindex.AnalyzerMismatch, match=f"newsindex optimize --rebuild --at {index.path}"):
        newsindex.open(index.path)
    newsindex.rebuild(index.path)
    with newsindex.open(index.path) as rebuilt:
        assert [hit.article.id for hit in rebuilt.search("journal")] == ["b"]


def test_an_empty_index_is_rebuilt(make_index):
    index = make_index([Article("Titre", id="a")])
    index.delete("a")
    index.optimize(rebuild=True)
    assert len(index) == 0
    index.close()
    change_manifest(index.path, analysis="french-0")
    newsindex.rebuild(index.path)
    with newsindex.open(index.path) as rebuilt:
        assert len(rebuilt) == 0


@pytest.mark.parametrize("version", OLD)
def test_a_damaged_article_is_named_and_the_index_stays(tmp_path, version):
    folder = golden.unpacked(tmp_path / "old", version)
    name = max(named(folder))
    file = ArrayFile(folder / name, mapped=False, oldest=version)
    content = bytearray((folder / name).read_bytes())
    content[file.raw().layout["text_frame"][2] + 100] ^= 1
    (folder / name).write_bytes(content)
    before, files = manifest(folder), segment_files(folder)
    with pytest.raises(newsindex.IndexCorrupt, match=name):
        newsindex.rebuild(folder)
    assert (manifest(folder), segment_files(folder)) == (before, files)
    (folder / name).unlink()
    with pytest.raises(newsindex.IndexCorrupt, match="is missing"):
        newsindex.rebuild(folder)


def test_a_rebuild_waits_for_no_writer_for_longer_than_it_was_told(make_index):
    index = make_index([Article("Titre", id="a")])
    with index.writer(), pytest.raises(newsindex.IndexLocked):
        newsindex.rebuild(index.path, timeout=0)


@pytest.mark.parametrize("workers", [0, -1])
def test_workers_must_be_one_at_least(make_index, workers):
    with pytest.raises(newsindex.QueryError, match="workers must be at least 1"):
        newsindex.rebuild(make_index().path, workers=workers)


@pytest.mark.skipif(newsindex.kernel() is None, reason="the compiled kernel is not in use")
def test_the_kernel_scans_what_is_indexed_anew(tmp_path, monkeypatch, expected):
    folder = golden.unpacked(tmp_path / "i", VERSION)
    before = manifest(folder)

    def refuse(*arguments):
        raise AssertionError("the scanner of arrays was asked")

    monkeypatch.setattr("newsindex.indexer.scanning.scanner.Scanner.scan", refuse)
    newsindex.rebuild(folder, workers=2)
    assert_is_rebuilt(folder, before, expected)
