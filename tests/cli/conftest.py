"""A command to run in an empty folder, and a file of articles."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from newsindex.cli import main

RECORDS = [
    {"titre": "Interpol à Marrakech", "texte": "La 93e assemblée d'Interpol.", "source": "Hespress",
     "date": "2025-11-24", "url": "https://h.example/1"},
    {"titre": "La pluie revient", "texte": "Il pleut sur <Fès>.", "date": "2026-01-02", "id": 2},
]  # fmt: skip


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSINDEX_PATH", raising=False)

    def run(*arguments, status=0, stdin=None):
        done = CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)
        assert status in (None, done.exit_code), done.output
        return done

    return run


@pytest.fixture
def news(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, RECORDS)))
    return str(path)
