"""The reference says what each command prints with --json."""

from __future__ import annotations

import json
import re
from typing import Final

import click
import pytest
from starlette.testclient import TestClient

import newsindex
from newsindex import web
from newsindex.cli import main
from tests.conftest import ROOT

PAGE: Final = ROOT / "docs" / "reference" / "command.md"

if not PAGE.is_file():
    pytest.skip("no manual beside the tests", allow_module_level=True)

ID: Final = "https://h.example/1"
ADDRESSES: Final = {
    "search": (["interpol"], "/api/search?q=interpol"),
    "similar": ([ID], f"/api/similar?id={ID}"),
    "suggest": (["inter"], "/api/suggest?prefix=inter"),
    "show": ([ID], f"/api/articles?id={ID}"),
    "timeline": (["interpol"], "/api/timeline?q=interpol"),
    "words": (["interpol"], "/api/words?q=interpol"),
    "trends": (["--since", "2025"], "/api/trends?since=2025"),
}
OWN: Final = {
    "explain": ["interpol", ID],
    "check": [],
    "delete": ["2"],
    "review": ["interpol"],
    "alert add": ["neige", "neige"],
    "alert remove": ["pluie"],
}


def _rows():
    """What is printed by each command, as the table has it."""
    table = PAGE.read_text(encoding="utf-8").split("\n## JSON\n")[1].split("\n## ")[0]
    found = {}
    for commands, printed in re.findall(r"^\| (`.*?`) \| (.*) \|$", table, re.M):
        found |= dict.fromkeys(re.findall(r"`([^`]+)`", commands), printed)
    return found


def _commands(group, before=""):
    """The commands that take --json, by name."""
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        elif any("--json" in option.opts for option in command.params):
            yield before + name


def _names(text):
    return set(re.findall(r"`(\w+)`", text))


@pytest.fixture
def indexed(run, news):
    run("index", news)
    run("alert", "add", "pluie", "pluie")
    run("index", "-", stdin='{"titre": "La pluie dure", "id": 3}')
    return lambda *arguments: json.loads(run(*arguments, "--json", status=None).stdout)


@pytest.fixture
def answer(indexed, tmp_path):
    """The answers of the API over the same index."""
    with (
        newsindex.open(tmp_path / "presse.newsindex") as index,
        TestClient(web.create_app(index), base_url="http://localhost") as client,
    ):
        yield lambda address: client.get(address).raise_for_status().json()


def test_every_command_with_json_is_listed():
    assert set(_commands(main)) == set(_rows())


@pytest.mark.parametrize("command", ADDRESSES)
def test_a_command_prints_the_fields_of_the_answer_of_its_address(command, indexed, answer):
    arguments, address = ADDRESSES[command]
    assert address.split("?")[0] in _rows()[command]
    assert indexed(command, *arguments).keys() == answer(address).keys()


@pytest.mark.parametrize("command", OWN)
def test_a_command_without_an_address_prints_the_fields_that_are_listed(command, indexed):
    printed = indexed(*command.split(), *OWN[command])
    listed = _names(_rows()[command]) - {"value", "description", "details"}
    assert printed.keys() == listed


def test_the_statistics_are_those_of_the_api(indexed, answer):
    stats = answer("/api/stats").keys()
    assert indexed("stats").keys() - {"kernel"} == stats
    assert {name: part.keys() for name, part in indexed("optimize").items()} == {
        "before": stats,
        "after": stats,
    }
    assert indexed("optimize", "--rebuild").keys() == {"after"}


def test_alerts_and_matches_are_lists(indexed, answer):
    assert indexed("alert", "list")[0].keys() == answer("/api/alerts")["alerts"][0].keys()
    assert [match["article"]["id"] for match in indexed("alert", "new")] == ["3"]
    assert indexed("alert", "new") == answer("/api/alerts/new")["matches"]


def test_the_report_of_an_import_has_the_fields_that_are_listed(indexed, news):
    listed = _names(_rows()["index"].split("; `watch`")[0])
    assert indexed("index", news).keys() == listed
