"""A file is replaced whole, by any number of writers at once, with its permissions and links kept."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import newsindex
from newsindex import Article
from newsindex.encoding.export import export
from newsindex.encoding.file_replacement import replace_file

WRITERS = 12
ARTICLES = 300

posix = pytest.mark.skipif(os.name != "posix", reason="links and permissions")


def articles(writer):
    return (Article(f"Écrit par {writer}", "Un corps. " * 20, id=str(n)) for n in range(ARTICLES))


def is_whole(path):
    """Whether a file is one writer's, from its first article to its last."""
    corpus = newsindex.read(path)
    headlines = [article.headline for article in corpus]
    return len(headlines) == ARTICLES and len(set(headlines)) == 1 and not corpus.errors


def names(folder):
    return sorted(item.name for item in folder.iterdir())


def test_threads_that_replace_one_file_all_succeed_and_one_wins(tmp_path):
    path = tmp_path / "export.jsonl"
    counts = []
    begin = threading.Barrier(WRITERS)

    def write(writer):
        begin.wait()
        counts.append(export(articles(writer), path))

    threads = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [ARTICLES] * WRITERS
    assert is_whole(path)
    assert names(tmp_path) == ["export.jsonl"]


def test_a_folder_that_is_missing_is_named_and_no_temporary_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("avant")
    for folder in ("absent", "file", "absent/deeper"):
        with pytest.raises(newsindex.NewsIndexError) as caught, replace_file(f"{folder}/a.html"):
            pytest.fail("the file was opened")
        assert str(caught.value) == (
            f"'{folder}/a.html' cannot be written: there is no folder '{folder}', so make it first"
        )


@posix
def test_a_missing_folder_that_a_link_leads_to_is_named(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "absent" / "a.html")
    with (
        pytest.raises(newsindex.NewsIndexError, match=r"there is no folder '.*absent'"),
        replace_file(str(tmp_path / "link")),
    ):
        pytest.fail("the file was opened")


def test_no_error_names_the_temporary_file(tmp_path, monkeypatch):
    def refuse(path, *arguments):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(newsindex.NewsIndexError, match="Permission denied") as caught:
        export([Article("A")], tmp_path / "a.jsonl")
    assert ".newsindex-" not in str(caught.value)


def test_the_last_to_end_wins(tmp_path):
    path = tmp_path / "a"
    with replace_file(str(path)) as first:
        first.write(b"first")
        with replace_file(str(path)) as second:
            second.write(b"second")
        assert path.read_bytes() == b"second"
    assert path.read_bytes() == b"first"


def test_processes_that_replace_one_file_all_succeed(tmp_path):
    path = tmp_path / "export.csv.gz"
    code = (
        "import sys\n"
        "from newsindex import Article\n"
        "from newsindex.encoding.export import export\n"
        f"articles = (Article('Écrit par ' + sys.argv[1], id=str(n)) for n in range({ARTICLES}))\n"
        f"print(export(articles, {str(path)!r}))\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(n)], stdout=subprocess.PIPE, text=True)
        for n in range(4)
    ]
    assert [process.communicate()[0].strip() for process in running] == [str(ARTICLES)] * 4
    assert is_whole(path)
    assert names(tmp_path) == ["export.csv.gz"]


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666, 0o444])
def test_the_permissions_of_the_file_are_kept(tmp_path, mode):
    path = tmp_path / "a.jsonl"
    path.touch()
    path.chmod(mode)
    export([Article("A")], path)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_bytes()


@posix
def test_a_new_file_has_the_permissions_that_any_new_file_has(tmp_path):
    (tmp_path / "other").touch()
    export([Article("A")], tmp_path / "a.jsonl")
    assert (tmp_path / "a.jsonl").stat().st_mode == (tmp_path / "other").stat().st_mode


@posix
def test_a_link_under_the_name_of_the_temporary_file_is_not_followed(tmp_path, monkeypatch):
    (tmp_path / "secret").write_text("avant")
    monkeypatch.setattr("secrets.token_hex", lambda size: "0")
    (tmp_path / ".newsindex-0.new").symlink_to(tmp_path / "secret")
    with pytest.raises(newsindex.NewsIndexError, match="cannot be written"):
        export([Article("A")], tmp_path / "a.jsonl")
    assert (tmp_path / "secret").read_text() == "avant"
    assert (tmp_path / ".newsindex-0.new").is_symlink()


@posix
def test_of_a_link_the_file_that_it_leads_to_is_replaced(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file.jsonl").write_text("avant")
    (tmp_path / "link").symlink_to(tmp_path / "folder" / "file.jsonl")
    (tmp_path / "dangling").symlink_to(tmp_path / "folder" / "new.jsonl")
    export([Article("A")], tmp_path / "link")
    export([Article("B")], tmp_path / "dangling")
    assert (tmp_path / "link").is_symlink()
    assert '"A"' in (tmp_path / "folder" / "file.jsonl").read_text()
    assert '"B"' in (tmp_path / "folder" / "new.jsonl").read_text()
    assert names(tmp_path / "folder") == ["file.jsonl", "new.jsonl"]


def test_a_name_as_long_as_the_system_takes_can_be_written(tmp_path):
    path = tmp_path / f"{'a' * 240}.jsonl"
    export([Article("A")], path)
    assert names(tmp_path) == [path.name]


def test_after_an_error_nothing_is_left_and_nothing_changed(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("avant")

    def failing():
        yield Article("A")
        raise newsindex.IndexCorrupt("damaged")

    with pytest.raises(newsindex.IndexCorrupt):
        export(failing(), path)
    assert path.read_text() == "avant"
    assert names(tmp_path) == ["a.jsonl"]


@pytest.fixture
def read_only_files_stay(monkeypatch):
    """No file that is read-only is replaced or deleted, as on Windows."""
    replace, unlink = os.replace, Path.unlink

    def refuse(path):
        if os.path.exists(path) and not os.stat(path).st_mode & stat.S_IWRITE:
            raise PermissionError(errno.EACCES, "Access is denied", str(path))

    def replace_if_writable(source, target):
        refuse(target)
        replace(source, target)

    def unlink_if_writable(path, missing_ok=False):
        refuse(path)
        unlink(path, missing_ok)

    monkeypatch.setattr(os, "replace", replace_if_writable)
    monkeypatch.setattr(Path, "unlink", unlink_if_writable)


def test_a_read_only_file_that_the_system_keeps_is_told_and_nothing_is_left_beside_it(
    read_only_files_stay, tmp_path
):
    path = tmp_path / "a.jsonl"
    path.write_text("avant")
    path.chmod(0o444)
    with pytest.raises(newsindex.NewsIndexError, match="Access is denied"):
        export([Article("A")], path)
    with pytest.raises(newsindex.NewsIndexError, match="damaged"):
        export(_damaged(), path)
    assert (path.read_text(), names(tmp_path)) == ("avant", ["a.jsonl"])


def _damaged():
    yield Article("A")
    raise newsindex.IndexCorrupt("damaged")
