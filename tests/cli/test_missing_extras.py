"""Without the libraries of the extras, each command does its work or names the extra, and none fails."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.conftest import ROOT
from tests.corpus.formats.test_extras import EXTRAS, PROJECT, _distributions

WITHOUT = r"""
import json, sys
absent = set(sys.argv[1].split(","))
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in absent:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
"""
COMMANDS = """
from click.testing import CliRunner
from newsindex.cli import main
outcomes = []
for arguments in json.loads(sys.argv[2]):
    done = CliRunner().invoke(main, arguments)
    outcomes.append((done.exit_code, done.stderr))
print(json.dumps(outcomes))
"""
CALLS = """
import newsindex
index = newsindex.open("presse.newsindex")
review, results = index.review("neige"), index.search("neige")
calls = {
    "html": review.html, "docx": review.docx, "to_pandas": results.to_pandas,
    "save": lambda: review.save("r.html"), "lang": lambda: newsindex.read("a.csv", lang="fr"),
    "cluster": lambda: newsindex.open("opensearch://localhost:1/presse"),
}
outcomes = {}
for name, call in calls.items():
    try:
        call()
    except newsindex.ExtraNotInstalled as error:
        outcomes[name] = str(error)
review.markdown(), results._repr_html_(), index.export("all.jsonl")
print(json.dumps(outcomes))
"""
NEEDS_NOTHING = (
    "index a.csv", "search neige", "search neige --json", "similar 1", "suggest nei", "explain neige 1",
    "show 1", "export --output all.jsonl", "export --output all.csv.gz", "review neige",
    "review neige --json", "review neige --output r.md", "timeline neige --by year", "words neige",
    "trends --since 2020", "alert add eau neige", "alert list", "alert new --feed", "alert remove eau",
    "stats", "check", "optimize", "optimize --rebuild", "demo", "delete 1",
)  # fmt: skip
NEEDS = {
    "review neige --output r.html": "review",
    "review neige --output r.docx": "review",
    "index a.csv --notify json://localhost": "notify",
    "index a.csv --lang fr": "lang",
    "index a.html": "html",
    "index a.pdf": "pdf",
    "watch .": "watch",
    "serve": "web",
    "search neige --at opensearch://localhost:1/presse": "cluster",
    "cluster status --at opensearch://localhost:1/presse": "cluster",
    "cluster create --at opensearch://localhost:1/presse": "cluster",
}


def _absent():
    """The modules that come with an extra, and with none of what newsindex itself needs."""
    extras = [
        line for name in ("files", "web", "review", "pandas", "notify", "cluster") for line in EXTRAS[name]
    ]
    optional = _distributions(extras) - _distributions(PROJECT["dependencies"])
    owners = {
        module: {name.lower().replace("_", "-") for name in names}
        for module, names in packages_distributions().items()
    }
    return {module for module, names in owners.items() if names <= optional}


def _run(program, *arguments, folder):
    absent = _absent()
    assert {"jinja2", "markupsafe", "docx", "lxml", "apprise", "starlette", "pandas"} <= absent
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT + program, ",".join(sorted(absent)), *arguments],
        cwd=folder, capture_output=True, text=True, check=False, env=_environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _environment():
    return {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.csv").write_text("titre,texte,date,id\nNeige,Il neige à Ifrane.,2026-01-31,1\n")
    (tmp_path / "a.html").write_text("<!doctype html><html><body><p>Neige</p></body></html>")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    return tmp_path


def test_a_command_that_needs_no_extra_runs_without_any(folder):
    outcomes = _run(COMMANDS, json.dumps([command.split() for command in NEEDS_NOTHING]), folder=folder)
    told = dict(zip(NEEDS_NOTHING, outcomes, strict=True))
    assert {command: outcome for command, outcome in told.items() if outcome[0] > 1} == {}
    assert not [outcome for _, outcome in told.items() if "extra" in outcome[1]]


def test_a_command_that_needs_an_extra_names_it_and_ends_with_status_2(folder):
    commands = [["index", "a.csv"], *(command.split() for command in NEEDS)]
    outcomes = _run(COMMANDS, json.dumps(commands), folder=folder)
    for (command, extra), (status, message) in zip(NEEDS.items(), outcomes[1:], strict=True):
        assert status == 2, (command, message)
        assert f"install newsindex with its extra `{extra}`" in message, command


def test_a_call_that_needs_an_extra_names_it(folder):
    subprocess.run(
        [sys.executable, "-m", "newsindex", "index", "a.csv"],
        cwd=folder, check=True, capture_output=True, env=_environment(),
    )  # fmt: skip
    outcomes = _run(CALLS, folder=folder)
    named = {call: re.findall("its extra `(.*)`", message) for call, message in outcomes.items()}
    assert named == {
        "html": ["review"], "docx": ["review"], "save": ["review"], "to_pandas": ["pandas"],
        "lang": ["lang"], "cluster": ["cluster"],
    }  # fmt: skip
