"""Files are made durable in the way of each system, and what cannot be deleted is told."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace

import pytest

from newsindex.storage.folder_sync import delete_files, sync_file, sync_folder


@pytest.fixture
def calls(monkeypatch):
    """The calls that reach the system, on a system with the call of macOS."""
    made = []
    control = SimpleNamespace(F_FULLFSYNC=51, fcntl=lambda descriptor, command: made.append(command))
    monkeypatch.setitem(sys.modules, "fcntl", control)
    monkeypatch.setattr(os, "fsync", lambda descriptor: made.append("fsync"))
    return made


def test_on_macos_the_disk_writes_its_memory(calls, tmp_path):
    with open(tmp_path / "a", "wb") as file:
        sync_file(file.fileno())
    assert calls == [51]


def test_where_a_network_folder_lacks_the_call_of_macos_the_file_is_synced_all_the_same(
    calls, tmp_path, monkeypatch
):
    def refuse(descriptor, command):
        raise OSError(45, "Operation not supported")

    monkeypatch.setattr(sys.modules["fcntl"], "fcntl", refuse)
    with open(tmp_path / "a", "wb") as file:
        sync_file(file.fileno())
    assert calls == ["fsync"]


@pytest.mark.parametrize("control", [None, SimpleNamespace()], ids=["Windows", "Linux"])
def test_elsewhere_a_file_is_synced(calls, tmp_path, monkeypatch, control):
    monkeypatch.setitem(sys.modules, "fcntl", control)
    with open(tmp_path / "a", "wb") as file:
        sync_file(file.fileno())
    assert calls == ["fsync"]


def test_a_folder_that_the_system_does_not_open_needs_no_sync(calls, tmp_path, monkeypatch):
    def refuse(path, flags):
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        sync_folder(tmp_path)
    assert calls == []


def test_what_cannot_be_deleted_is_told_and_the_rest_is_deleted(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    paths = [tmp_path / "folder", tmp_path / "file", tmp_path / "gone"]
    assert delete_files(paths) == [tmp_path / "folder"]
    assert not (tmp_path / "file").exists()
