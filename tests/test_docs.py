"""What the README says is so: its Python runs, and it names every command."""

from __future__ import annotations

import re
import shutil

import click
import pytest
from click.testing import CliRunner

import newsindex
from newsindex.cli import main

from .conftest import ROOT

README = ROOT.joinpath("README.md").read_text()


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    """A folder with the sample corpus, as a reader of the README has it."""
    if not (ROOT / "sample_corpus").is_dir():
        pytest.skip("no sample corpus beside the tests")
    shutil.copytree(ROOT / "sample_corpus", tmp_path / "sample_corpus")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSINDEX_PATH", raising=False)
    return tmp_path


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.S))
def test_the_python_of_the_readme_runs(at_home, code, capsys):
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out


def test_the_commands_of_the_readme_run(at_home):
    lines = re.findall(r"^\$ newsindex (.*)$", README, re.M)
    for line in lines:
        line = line.split("  #")[0].strip()
        if "ID" in line or "DOSSIER" in line or line == "serve":
            continue
        arguments = [a or b or c for a, b, c in re.findall(r"""'([^']*)'|"([^"]*)"|(\S+)""", line)]
        done = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert done.exit_code == 0, (line, done.output)


def test_the_readme_names_every_command():
    for name in main.list_commands(click.Context(main)):
        assert f"newsindex {name}" in README


def test_every_query_of_the_readme_is_understood(at_home):
    table = README.split("## The query language")[1].split("Stop words")[0]
    for cell in re.findall(r"^\| (.*?) \|", table, re.M)[1:]:
        for query in re.findall(r"`([^`]+)`", cell):
            if not query.endswith(":"):
                newsindex.parse(query)
