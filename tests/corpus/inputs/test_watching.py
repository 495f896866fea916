"""A change is recognised by whatever name of the file the system tells."""

from __future__ import annotations

import os
import unicodedata

import pytest

from newsindex.corpus.inputs.watching import changed_files

watchfiles = pytest.importorskip("watchfiles")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("case", [str, str.upper, str.swapcase])
def test_a_change_under_another_case_and_unicode_form_is_recognised(tmp_path, monkeypatch, form, case):
    """On macOS one folder has many names, and changes in it are told under that of the disk."""
    (tmp_path / "été").mkdir()
    for name in ("dépêche.txt", "autre.txt"):
        (tmp_path / "été" / name).write_text("Titre", "utf-8")
    told = case(unicodedata.normalize(form, os.path.realpath(tmp_path / "été" / "dépêche.txt")))
    batches = [set(), {(watchfiles.Change.modified, told)}]
    monkeypatch.setattr(watchfiles, "watch", lambda *arguments, **options: iter(batches))
    changes = changed_files(tmp_path, 1.0, None)
    assert sorted(map(os.path.basename, next(changes))) == ["autre.txt", "dépêche.txt"]
    assert list(map(os.path.basename, next(changes))) == ["dépêche.txt"]


def test_a_folder_is_excluded_also_where_the_watched_one_is_given_by_a_link(tmp_path):
    folder, link = tmp_path / "dépêches", tmp_path / "lien"
    (folder / "index").mkdir(parents=True)
    for name in ("a.txt", "index/b.txt", "index-2.txt"):
        (folder / name).touch()
    link.symlink_to(folder)
    for excluded in (folder / "index", link / "index"):
        assert next(changed_files(link, 1.0, excluded)) == [str(link / "a.txt"), str(link / "index-2.txt")]
