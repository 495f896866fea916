"""A file that is cut short, empty, missing or another program's is named by one clear error."""

from __future__ import annotations

import sqlite3

import pytest

import newsindex

from .steps import perform, verify


@pytest.fixture
def folder(tmp_path):
    """The folder of an index of three commits."""
    with newsindex.create(tmp_path / "index") as index:
        for k in range(3):
            perform(index, k)
    return tmp_path / "index"


def assert_corrupt(folder, name):
    """Everything that meets the damage names the file, and nothing raises another error."""
    with pytest.raises(newsindex.IndexCorrupt, match=name):
        newsindex.open(folder)
    with pytest.raises(newsindex.IndexCorrupt, match=name):
        newsindex.open(folder, create=True)


@pytest.mark.parametrize("part", [0, 0.01, 0.5, 0.9, 0.9999])
def test_a_segment_that_is_cut_short_is_named(folder, part):
    segment = min(folder.glob("*.segment"))
    content = segment.read_bytes()
    segment.write_bytes(content[: int(part * len(content))])
    assert_corrupt(folder, segment.name)
    segment.write_bytes(content)
    verify(folder, 2, 2)


def test_a_segment_that_goes_while_the_index_is_open_is_missed_by_check_and_by_the_next_writer(folder):
    segment = min(folder.glob("*.segment"))
    with newsindex.open(folder) as index:
        segment.rename(folder.parent / "away")
        with pytest.raises(newsindex.IndexCorrupt, match=segment.name):
            index.check()
        with pytest.raises(newsindex.IndexCorrupt, match=segment.name):
            perform(index, 3)
        (folder.parent / "away").rename(segment)
        perform(index, 3)
    verify(folder, 3, 3)


def test_a_segment_that_is_damaged_while_the_index_is_open_is_found_by_check(folder):
    segment = min(folder.glob("*.segment"))
    with newsindex.open(folder) as index:
        index.check()
        with open(segment, "r+b") as file:
            file.seek(2000)
            file.write(b"another byte")
        with pytest.raises(newsindex.IndexCorrupt, match=segment.name):
            index.check()


def test_the_segment_of_another_index_is_named(folder, tmp_path):
    with newsindex.create(tmp_path / "other") as other:
        other.add([newsindex.Article("Autre titre", f"Un autre corps {i}.", id=f"b{i}") for i in range(9)])
    (foreign,) = (tmp_path / "other").glob("*.segment")
    segment = min(folder.glob("*.segment"))
    segment.write_bytes(foreign.read_bytes())
    assert_corrupt(folder, segment.name)


def test_a_segment_that_is_a_folder_or_another_programs_file_is_named(folder):
    segment = min(folder.glob("*.segment"))
    segment.write_bytes(b"\x89PNG\r\n\x1a\n" * 100)
    assert_corrupt(folder, segment.name)
    segment.unlink()
    segment.mkdir()
    with pytest.raises(newsindex.NewsIndexError, match=segment.name):
        newsindex.open(folder)


@pytest.mark.parametrize("length", [0, 10, 100, 4096, 5000, 8192])
def test_a_catalogue_that_is_cut_short_is_named(folder, length):
    catalogue = folder / "catalogue.sqlite"
    catalogue.write_bytes(catalogue.read_bytes()[:length])
    assert_corrupt(folder, "catalogue.sqlite")


@pytest.mark.parametrize("content", [b"", b"not a database", b"x" * 50_000])
def test_a_catalogue_that_is_no_database_is_named(folder, content):
    (folder / "catalogue.sqlite").write_bytes(content)
    assert_corrupt(folder, "catalogue.sqlite")


def test_a_catalogue_of_another_program_is_named(folder):
    (folder / "catalogue.sqlite").unlink()
    database = sqlite3.connect(folder / "catalogue.sqlite")
    database.execute("CREATE TABLE manifest (body, checksum)")
    database.close()
    assert_corrupt(folder, "catalogue.sqlite")


def test_a_folder_of_another_program_stays_as_it_is(tmp_path):
    files = {"notes.txt": b"mine", "photo.png": b"\x89PNG"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(newsindex.IndexNotFound, match="there is no index in"):
        newsindex.open(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files
    with pytest.raises(newsindex.NewsIndexError, match="holds other files"):
        newsindex.open(tmp_path, create=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files


def test_what_a_killed_maker_of_an_index_left_is_swept(folder):
    for name in ("catalogue.sqlite.4711.new", "catalogue.sqlite.4711.new-journal"):
        (folder / name).write_bytes(b"half done")
    (folder / "writer.json").write_text("{")
    verify(folder, 2, 2)


def test_a_folder_that_cannot_be_made_or_is_a_file_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(newsindex.IndexNotFound):
        newsindex.open(tmp_path / "file")
    for folder in (tmp_path / "file", tmp_path / "file" / "index"):
        with pytest.raises(newsindex.NewsIndexError, match="no folder can be made"):
            newsindex.create(folder)
