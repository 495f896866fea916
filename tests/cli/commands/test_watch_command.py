"""A watched folder: what comes is indexed, whatever it is, until the watch is stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

import newsindex
from newsindex.cli import main
from newsindex.cli.commands import watch_command
from tests.interruption import interruptible

pytest.importorskip("watchfiles")
if os.name == "nt":
    pytest.skip("Windows sends no Ctrl-C to one process", allow_module_level=True)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "dépêches"
    folder.mkdir()
    (folder / "0.txt").write_text("Un titre\n\nUn texte de zéro.")
    return folder


@contextmanager
def watching(folder, *options):
    """A real process that watches; gives a function that waits for what it says next."""
    command = [
        sys.executable,
        "-m",
        "newsindex",
        "watch",
        str(folder),
        "--json",
        "--debounce",
        "0.05",
        *options,
    ]
    environment = {**os.environ, "NEWSINDEX_PATH": str(folder.parent / "i")}
    with interruptible():
        started = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        )
    with started as process:
        assert process.stdout is not None

        def said():
            return json.loads(process.stdout.readline())

        try:
            yield said, process
        finally:
            process.kill()


def stopped(process):
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    return rest, errors


def test_a_watch_stops_where_its_tests_run_in_the_background_of_a_shell(folder):
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with watching(folder) as (said, process):
            assert said()["added"] == 1
            assert "stopped: 1 article" in stopped(process)[1]
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_what_is_there_what_appears_and_what_changes_is_indexed(folder):
    with watching(folder) as (said, process):
        assert said()["added"] == 1
        (folder / "1.jsonl").write_text('{"id": "1", "titre": "Neuf"}\n')
        assert said()["added"] == 1
        (folder / "1.jsonl").write_text('{"id": "1", "titre": "Neuf et changé"}\n{"titre": "Autre"}')
        done = said()
        assert (done["added"], done["updated"]) == (1, 1)
        made = folder.parent / "fait"
        made.mkdir()
        (made / "2.txt").write_text("Deux")
        made.rename(folder / "sous-dossier")  # a folder that is moved in has its files already
        assert said()["added"] == 1
        (folder / "sous-dossier" / "3.txt.part").write_text("Trois")  # a download that is not complete
        (folder / "sous-dossier" / "3.txt.part").rename(folder / "sous-dossier" / "3.txt")
        assert said()["added"] == 1
        (folder / "3.txt").write_text("Trois, autrement")
        assert said()["articles"] == 6
        rest, errors = stopped(process)
    assert rest == ""
    assert "stopped: 6 articles" in errors
    assert len(newsindex.open(folder.parent / "i")) == 6


def test_a_damaged_file_is_reported_and_watching_goes_on(folder):
    with watching(folder) as (said, process):
        said()
        (folder / "a.jsonl").write_text('{"titre": "A"}\n{"titre": ')
        done = said()
        assert (done["added"], [error["line"] for error in done["errors"]]) == (1, [2])
        (folder / "b.bin").write_bytes(bytes(range(256)))
        assert [error["reason"] for error in said()["errors"]] == ["this is not a text file"]
        (folder / "c.txt").write_text("C")
        done = said()
        assert (done["added"], done["errors"]) == (1, [])
        stopped(process)


def test_neither_hidden_files_nor_pipes_nor_the_index_are_read(folder):
    with watching(folder, "--at", str(folder / "index")) as (said, process):
        assert said()["added"] == 1
        (folder / ".cache").write_text("Caché")
        (folder / "README.md").write_text("Lisez-moi")
        os.mkfifo(folder / "pipe")
        (folder / "seul.txt").write_text("Seul")
        done = said()
        assert (done["added"], done["errors"], done["articles"]) == (1, [], 2)
        rest, _ = stopped(process)
    assert rest == ""


def test_what_was_missed_is_indexed_when_it_is_watched_again(folder):
    with watching(folder) as (said, process):
        said()
        stopped(process)
    (folder / "1.txt").write_text("Entre deux")
    with watching(folder) as (said, process):
        done = said()
        assert (done["added"], done["skipped"], done["unchanged_files"]) == (1, 1, 1)
        stopped(process)


def test_it_waits_for_another_writer_and_says_so(folder):
    index = newsindex.create(folder.parent / "i")
    with watching(folder) as (said, process):
        assert process.stderr is not None
        with index.writer():
            while "is writing to" not in (line := process.stderr.readline()):
                assert line
        assert said()["added"] == 1
        stopped(process)


def test_it_goes_on_where_a_cluster_did_not_answer(folder, monkeypatch):
    calls = []
    add = newsindex.Index.add

    def fail_once(index, *arguments, **options):
        calls.append(arguments)
        if len(calls) == 1:
            raise newsindex.ClusterUnavailable("no host answers")
        return add(index, *arguments, **options)

    def rounds(*arguments):
        yield [str(folder / "0.txt")]
        yield []
        raise KeyboardInterrupt

    monkeypatch.setattr(newsindex.Index, "add", fail_once)
    monkeypatch.setattr(watch_command, "changed_files", rounds)
    done = CliRunner().invoke(main, ["watch", str(folder), "--at", str(folder.parent / "i")])
    assert done.exit_code == 0
    assert "no host answers (it will be tried again)" in done.output
    assert "stopped: 1 article in" in done.output


def test_a_folder_that_is_gone_ends_the_watch(folder):
    with watching(folder) as (said, process):
        said()
        (folder / "0.txt").unlink()
        folder.rmdir()
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "is gone" in errors


def test_wrong_options_are_refused_at_once(folder, tmp_path):
    at = ["--at", str(tmp_path / "i")]
    done = CliRunner().invoke(main, ["watch", str(folder), "--format", "doc", *at])
    assert done.exit_code == 2
    assert "no format 'doc'" in done.stderr
    assert CliRunner().invoke(main, ["watch", str(folder / "0.txt"), *at]).exit_code == 2


def test_without_the_library_it_says_what_to_install(folder, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    done = CliRunner().invoke(main, ["watch", str(folder), "--at", str(tmp_path / "i")])
    assert done.exit_code == 2
    assert "install newsindex with its extra `watch`" in done.stderr
    assert not (tmp_path / "i").exists()
