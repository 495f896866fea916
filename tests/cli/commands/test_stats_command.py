"""``newsindex stats`` tells the learned acronyms, and an index may be made not to learn any."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from newsindex.cli import main


@pytest.fixture
def run(tmp_path):
    """Run the command on an index of one article that defines an acronym."""
    article = {"headline": "Forêts", "body": "L'Office national des forêts (ONF) plante.", "id": "a"}
    (tmp_path / "a.jsonl").write_text(json.dumps(article))

    def invoke(*arguments):
        done = CliRunner().invoke(main, [*arguments, "--at", str(tmp_path / "i")], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    return lambda *options: (invoke("index", str(tmp_path / "a.jsonl"), *options), invoke)[1]


def test_the_most_frequent_acronyms_are_told(run):
    stats = run()("stats")
    assert "acronyms                   1\n" in stats
    assert "  ONF                      1  Office national des forêts\n" in stats


def test_they_are_in_the_json(run):
    stats = json.loads(run()("stats", "--json"))
    assert stats["acronyms"] == 1
    assert stats["frequent_acronyms"] == [
        {"acronym": "ONF", "name": "Office national des forêts", "articles": 1}
    ]


def test_an_index_may_be_made_not_to_learn_acronyms(run):
    assert json.loads(run("--no-acronyms")("stats", "--json"))["acronyms"] == 0
