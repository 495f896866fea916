"""Whatever befalls its process, its disk or its bytes, an index loses no commit and tells no wrong answer.

A short form of ``python -m tests.campaign``.
"""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

import newsindex

from . import bits, faults, kills, power, shim
from .steps import assert_holds, perform, verify


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """What watches the calls of a program; the test is skipped where it cannot be built."""
    if not shim.is_available():
        pytest.skip("watching a program's calls needs Linux and a C compiler")
    return shim.build(tmp_path_factory.mktemp("shim"))


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 600 KB; the test is skipped where none can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or not _mount("-t", "tmpfs", "-o", "size=600k", "newsindex", disk):
        pytest.skip("mounting a disk needs root and the command mount")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def _mount(*arguments):
    if shutil.which("mount") is None:
        return False
    return subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode == 0


def test_a_writer_killed_at_any_instant_leaves_whole_commits(tmp_path):
    assert kills.run(tmp_path, 3).total() >= 3


def test_a_writer_killed_before_any_change_of_a_file_leaves_whole_commits(tmp_path, library):
    assert kills.run(tmp_path, 8, library).total() >= 8


def test_a_rebuild_that_is_killed_before_a_change_of_a_file_loses_nothing(tmp_path, library):
    figures = kills.run_rebuilds(tmp_path, library, every=9)
    assert figures["before the commit"] > 1
    assert figures["after the commit"]


def test_a_loss_of_power_keeps_every_commit(tmp_path, library):
    assert power.run(tmp_path, library, steps=14, images=60)["nothing"]


def test_a_call_that_fails_is_one_clear_error_and_no_loss(tmp_path, library):
    assert faults.run(tmp_path, library, every=29)["change: NewsIndexError (ENOSPC, from then on)"]


def test_a_bit_that_is_flipped_is_found_or_has_no_effect(tmp_path):
    assert bits.run(tmp_path, 400)["segment: found by reading"]


def test_a_full_disk_can_be_searched_and_written_again_once_there_is_room(small_disk):
    filler = small_disk / "filler"
    k = -1
    refused = 0
    with newsindex.open(small_disk / "index", create=True) as index:
        for room in range(0, 120_000, 12_000):
            with open(filler, "wb") as file:
                file.write(bytes(600_000 - room - _used(small_disk)))
            try:
                perform(index, k + 1)
            except newsindex.NewsIndexError as error:
                assert "see to the disk" in str(error)  # noqa: PT017 - with more room there is none
                refused += 1
                with newsindex.open(index.path) as reader:
                    assert_holds(reader, k)
                filler.unlink()
                perform(index, k + 1)
            else:
                filler.unlink()
            k += 1
            index.check()
            assert_holds(index, k)
    assert refused > 2
    verify(index.path, k, k)


def _used(disk):
    status = os.statvfs(disk)
    return (status.f_blocks - status.f_bfree) * status.f_bsize


def test_a_disk_mounted_for_reading_can_be_searched_and_says_that_it_cannot_be_written(small_disk):
    folder = small_disk / "index"
    with newsindex.open(folder, create=True) as index:
        for k in range(3):
            perform(index, k)
    assert _mount("-o", "remount,ro", small_disk)
    with newsindex.open(folder) as index:
        index.check()
        assert_holds(index, 2)
        for change in (lambda: perform(index, 3), index.optimize, lambda: index.delete("a1")):
            with pytest.raises(newsindex.NewsIndexError, match="see to the disk and to its permissions"):
                change()
        assert_holds(index, 2)
    with pytest.raises(newsindex.NewsIndexError, match="Read-only file system"):
        newsindex.create(small_disk / "other")
    assert _mount("-o", "remount,rw", small_disk)
    verify(folder, 2, 2)
