"""Without the libraries of the extras, each command does its work or names the extra, and none fails."""

from __future__ import annotations

import json
import re

import pytest

import newsindex
from tests.absent_libraries import modules_of, run_without

OPTIONAL = ("files", "web", "review", "pandas", "notify", "cluster")
COMMANDS = """
import json
from click.testing import CliRunner
from newsindex.cli import main
outcomes = []
for arguments in json.loads(sys.argv[1]):
    done = CliRunner().invoke(main, arguments)
    outcomes.append((done.exit_code, done.stderr))
print(json.dumps(outcomes))
"""
CALLS = """
import json
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


def _run(program, *arguments, folder):
    assert {"jinja2", "markupsafe", "docx", "lxml", "apprise", "starlette", "pandas"} <= modules_of(OPTIONAL)
    return json.loads(run_without(OPTIONAL, program, *arguments, folder=folder))


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
    with newsindex.create(folder / "presse.newsindex") as index:
        index.add(newsindex.read(folder / "a.csv"))
    outcomes = _run(CALLS, folder=folder)
    named = {call: re.findall("its extra `(.*)`", message) for call, message in outcomes.items()}
    assert named == {
        "html": ["review"], "docx": ["review"], "save": ["review"], "to_pandas": ["pandas"],
        "lang": ["lang"], "cluster": ["cluster"],
    }  # fmt: skip
