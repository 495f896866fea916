"""A catalogue is created once, whoever tries at the same time, and keeps the identity of its index."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path, PureWindowsPath
from threading import Barrier

import pytest

import newsindex
from newsindex.errors import IndexExists, NewsIndexError
from newsindex.storage import catalogue as module
from newsindex.storage.catalogue import Catalogue, create_catalogue
from newsindex.storage.sqlite_connections import database_uri

from . import golden

OPEN_AND_ADD = """
import sys, newsindex
from newsindex import Article
sys.stdin.readline()
with newsindex.open(sys.argv[1], create=True) as index:
    index.add([Article("Titre", id=sys.argv[2])], timeout=60)
"""


def outcomes(count, function):
    """What a function returns, or the error that it raises, in threads that begin at once."""
    barrier = Barrier(count)

    def run(number):
        barrier.wait()
        try:
            return function(number)
        except NewsIndexError as error:
            return error

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


@pytest.mark.parametrize("turn", range(5))
def test_of_threads_that_create_an_index_at_once_one_succeeds(tmp_path, turn):
    results = outcomes(8, lambda number: create_catalogue(tmp_path / "i", {"number": number}))
    errors = [result for result in results if result is not None]
    assert [type(error) for error in errors] == [IndexExists] * 7
    assert Catalogue(tmp_path / "i").read().settings == {"number": results.index(None)}
    assert [path.name for path in (tmp_path / "i").iterdir()] == ["catalogue.sqlite"]


@pytest.fixture
def no_hard_links(monkeypatch):
    """A file system that has no hard links, as FAT and exFAT."""

    def refuse(source, target):
        if os.path.exists(target):
            raise FileExistsError(errno.EEXIST, "File exists", str(target))
        raise PermissionError(errno.EPERM, "Operation not permitted", str(source))

    monkeypatch.setattr(os, "link", refuse)


@pytest.mark.parametrize("turn", range(5))
def test_without_hard_links_too_one_of_several_threads_creates_the_index(no_hard_links, tmp_path, turn):
    test_of_threads_that_create_an_index_at_once_one_succeeds(tmp_path, turn)
    with newsindex.open(tmp_path / "one", create=True) as index:
        index.add([newsindex.Article("Titre", id="a")])
    assert len(newsindex.open(tmp_path / "one")) == 1


def test_without_hard_links_a_creation_that_fails_leaves_nothing(no_hard_links, tmp_path, monkeypatch):
    def refuse(source, target):
        raise OSError(errno.EIO, "Input/output error", str(target))

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        with pytest.raises(NewsIndexError, match="Input/output error"):
            create_catalogue(tmp_path / "i", {})
    assert list((tmp_path / "i").iterdir()) == []
    create_catalogue(tmp_path / "i", {})


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath(r"C:\Presse é\catalogue.sqlite"), "file:///C:/Presse%20%C3%A9/catalogue.sqlite"),
        (PureWindowsPath(r"\\serveur\presse\a#b?.sqlite"), "file:////serveur/presse/a%23b%3F.sqlite"),
    ],
)
def test_sqlite_is_given_a_drive_and_a_network_folder_of_windows_as_a_path(path, uri):
    assert database_uri(path) == uri


def test_a_database_is_opened_whatever_signs_its_path_has(tmp_path):
    folder = tmp_path / "100 % sûr? #1&immutable=1"
    newsindex.create(folder).add([newsindex.Article("Titre", id="a")])
    assert len(newsindex.open(folder)) == 1


@pytest.mark.parametrize("turn", range(5))
def test_threads_that_open_or_create_at_once_all_hold_one_index(tmp_path, turn):
    def open_and_add(number):
        with newsindex.open(tmp_path / "i", create=True) as index:
            index.add([newsindex.Article("Titre", id=f"a{number}")], timeout=60)

    assert outcomes(6, open_and_add) == [None] * 6
    with newsindex.open(tmp_path / "i") as index:
        assert len(index) == 6
        index.check()


def test_processes_that_open_or_create_at_once_all_hold_one_index(tmp_path):
    folder = str(tmp_path / "i")
    command = [sys.executable, "-c", OPEN_AND_ADD, folder]
    processes = [
        subprocess.Popen([*command, f"a{i}"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for i in range(4)
    ]
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    for process in processes:
        with process:
            _, errors = process.communicate()
        assert process.returncode == 0, errors
    with newsindex.open(folder) as index:
        assert len(index) == 4


def test_an_unfinished_catalogue_that_the_first_writer_deletes_is_no_error_but_an_index_that_exists(
    tmp_path, monkeypatch
):
    write = module._write_database

    def overtaken(path, settings):
        write(path, settings)
        monkeypatch.setattr(module, "_write_database", write)
        with newsindex.create(tmp_path) as index:
            index.add([newsindex.Article("Titre")])
        assert not path.exists()

    monkeypatch.setattr(module, "_write_database", overtaken)
    with pytest.raises(IndexExists):
        create_catalogue(tmp_path, {})


@pytest.mark.parametrize("name", ["notes.txt", "0123.segment", "photos"])
def test_a_folder_with_other_files_is_refused_and_left_as_it_is(tmp_path, name):
    (tmp_path / name).mkdir() if name == "photos" else (tmp_path / name).write_text("mine")
    with pytest.raises(NewsIndexError, match=f"holds other files \\({name}\\)") as caught:
        newsindex.create(tmp_path)
    assert not isinstance(caught.value, IndexExists)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", [".DS_Store", ".git", "lost+found", "catalogue.sqlite.12-ab.new"])
def test_hidden_files_and_those_of_a_killed_process_do_not_count(tmp_path, name):
    (tmp_path / name).write_text("x")
    newsindex.create(tmp_path).close()
    with pytest.raises(IndexExists):
        newsindex.create(tmp_path)


def test_an_index_keeps_its_identity_and_a_new_one_has_another(make_index):
    index = make_index()
    catalogue = Catalogue(index.path)
    identity = catalogue.read().identity
    assert len(bytes.fromhex(identity)) == 16
    index.add([newsindex.Article("Titre")])
    assert catalogue.read().identity == identity
    assert Catalogue(make_index().path).read().identity != identity


def set_body(folder: Path, change) -> None:
    """Change the manifest as another version would write it."""
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as database, database:
        (text,) = database.execute("SELECT body FROM manifest").fetchone()
        body = json.loads(text)
        change(body)
        text = json.dumps(body)
        database.execute("UPDATE manifest SET body = ?, checksum = ?", (text, zlib.crc32(text.encode())))
    database.close()


def test_an_index_of_an_older_version_gets_an_identity_at_its_next_commit(tmp_path):
    with newsindex.open(golden.unpacked(tmp_path / "old")) as index:
        catalogue = Catalogue(index.path)
        set_body(index.path, lambda body: body.pop("identity", None))
        assert catalogue.read().identity == ""
        index.add([newsindex.Article("Titre", id="neuf")])
        identity = catalogue.read().identity
        assert len(identity) == 32
        index.delete("neuf")
        assert catalogue.read().identity == identity
