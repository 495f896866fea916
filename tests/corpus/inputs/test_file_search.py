"""Files are found in one order on every system, and no index among them."""

from __future__ import annotations

import os

from newsindex.corpus.inputs import file_search
from newsindex.corpus.inputs.file_search import FoundFile, find_files


def names(folder):
    return [os.path.relpath(file.name, folder).replace(os.sep, "/") for file in find_files(folder)]


def test_files_come_in_one_order_whatever_separates_the_parts_of_a_path(tmp_path, monkeypatch):
    paths = ["2026/a.txt", "2026-01/a.txt", "2026Z/a.txt"]
    for path in paths:
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).touch()
    expected = ["2026-01/a.txt", "2026/a.txt", "2026Z/a.txt"]
    assert names(tmp_path) == expected
    found = [FoundFile(path.replace("/", "\\")) for path in paths]
    with monkeypatch.context() as windows:
        windows.setattr(file_search, "_walk", lambda folder, pass_over: iter(found))
        windows.setattr(os, "sep", "\\")
        given = find_files(tmp_path)
    assert [file.name.replace("\\", "/") for file in given] == expected


def test_an_index_is_not_read_as_news_whatever_the_case_of_its_name(tmp_path):
    for folder in ("a.newsindex", "B.NewsIndex", "c"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").touch()
    assert names(tmp_path) == ["c/x.txt"]
