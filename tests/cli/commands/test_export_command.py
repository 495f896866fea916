"""What is exported is the articles that are found, and is indexed again as they were."""

from __future__ import annotations

import json
import os
import subprocess
import sys


def test_export_writes_all_or_what_is_found(run, news, tmp_path):
    run("index", str(news))
    done = run("export")
    assert [json.loads(line)["headline"] for line in done.stdout.splitlines()] == [
        "Interpol à Marrakech",
        "La pluie revient",
    ]
    assert "2 articles written" in done.stderr
    assert run("export", "interpol", "-pluie", "--output", "found.csv").stdout == ""
    assert (tmp_path / "found.csv").read_text().count("\n") == 2
    assert run("export", "--source", "hespress", "--format", "csv").stdout.count("\n") == 2
    assert run("export", "--json").stdout == done.stdout
    run("export", "--json", "--format", "csv", status=2)
    assert run("export", "absent", status=1).stdout == ""
    assert "not as '.xlsx'" in run("export", "--output", "all.xlsx", status=2).stderr
    assert not (tmp_path / "all.xlsx").exists()
    assert run("export", "--output", "no/such/file", status=3).stderr.count("\n") == 1


def test_what_is_exported_is_indexed_again_from_a_pipe(run, news):
    run("index", str(news))
    for format_ in ("jsonl", "csv"):
        written = run("export", "--format", format_).stdout
        run("index", "-", "--at", f"{format_}.newsindex", stdin=written)
        assert run("export", "--at", f"{format_}.newsindex", "--format", format_).stdout == written
        assert "0 added, 0 updated, 2 unchanged" in run("index", "-", stdin=written).stdout


def test_an_export_is_utf8_whatever_the_terminal_has(run, news):
    run("index", str(news))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "newsindex", "export", "interpol"], capture_output=True, env=environment
    )
    assert json.loads(done.stdout)["headline"] == "Interpol à Marrakech"
