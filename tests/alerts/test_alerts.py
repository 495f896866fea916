"""What the alerts of an index in a folder do besides what those of every index do (``tests/conformance``):
what is refused, crashes, damage, and how much work a commit has."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing

import pytest

import newsindex
from newsindex import (
    Article,
    IndexCorrupt,
    IndexLocked,
    NewsIndexError,
    QueryError,
)
from newsindex.alerts import commit_matching
from newsindex.alerts.boolean_matching import BooleanMatcher
from newsindex.alerts.definition import Definition
from newsindex.query.evaluation.snapshot import Snapshot


def article(article_id, body="eau à Tiznit", **fields):
    return Article(fields.pop("headline", f"Titre {article_id}"), body, id=article_id, **fields)


def new(index, name="eau"):
    return [match.hit.article.id for match in index.alerts.new(name)]


@pytest.fixture
def index(make_index):
    index = make_index([article("ancien")])
    index.alerts.add("eau", "eau AND tiznit")
    return index


# The mapping


def test_arguments_of_the_wrong_type_are_refused(index):
    with pytest.raises(TypeError):
        index.alerts.add("x", "maroc", sources="Hespress")
    with pytest.raises(TypeError):
        index.alerts.add(3, "maroc")
    with pytest.raises(QueryError, match="operator"):
        index.alerts.add("x", "maroc", operator="some")
    with pytest.raises(QueryError, match="limit"):
        index.alerts.new("eau", limit=-1)
    with pytest.raises(TypeError, match="name must be text, not 3"):
        index.alerts[3]
    with pytest.raises(TypeError, match="name must be text, not None"):
        index.alerts.get(None)


@pytest.mark.parametrize("call", [
    list, lambda alerts: alerts.new(), lambda alerts: alerts.add("x", "maroc"),
    lambda alerts: alerts.acknowledge("eau"), lambda alerts: alerts.remove("eau"),
])  # fmt: skip
def test_the_alerts_of_a_closed_index_are_neither_read_nor_changed(index, call):
    index.close()
    with pytest.raises(NewsIndexError, match="has been closed"):
        call(index.alerts)
    with newsindex.open(index.path) as again:
        assert list(again.alerts) == ["eau"]


# What is new


def test_a_long_addition_keeps_only_its_last_commit_open(index):
    def snapshots():
        gc.collect()
        return sum(isinstance(thing, Snapshot) for thing in gc.get_objects())

    few = [article(f"a{number}", f"eau à Tiznit {number}" * (number + 1)) for number in range(30)]
    before = snapshots()  # other tests share indexes that stay open
    report = index.add(few, commit_every=1)
    assert len(report.alerts) == 30
    assert snapshots() - before < 10
    assert [match.hit.article.id for match in report.alerts] == [given.id for given in few]


def test_a_match_of_an_article_that_another_writer_deleted_says_so(index):
    with newsindex.open(index.path) as other:
        articles = [article("a"), article("b")]
        report = index.add(articles, commit_every=1, alerts=lambda match: other.delete("a"))
    gone, there = report.alerts
    assert there.hit.article.id == "b"
    with pytest.raises(NewsIndexError, match="has been deleted"):
        _ = gone.hit


def test_only_alerts_that_share_a_telling_word_are_run(make_index, monkeypatch):
    index = make_index([article("ancien", "le maroc et la mer", headline="Le port")])
    for number in range(50):
        index.alerts.add(f"a{number}", f"maroc AND mot{number}")
    index.alerts.add("toujours", "NOT rien")
    run = []
    matches = BooleanMatcher.matches
    monkeypatch.setattr(BooleanMatcher, "matches", lambda self, tree: run.append(tree) or matches(self, tree))
    report = index.add([article("b", "le maroc a un mot7")])
    assert [match.alert.name for match in report.alerts] == ["a7", "toujours"]
    assert len(run) == 2


def test_a_callback_must_be_callable(index):
    with pytest.raises(TypeError, match="alerts"):
        index.add([], alerts="eau")


def test_merging_and_copying_lose_nothing_and_tell_nothing_twice(index, tmp_path):
    for number in range(12):
        index.add([article(f"a{number:02}", f"eau à Tiznit {number}" * (number + 1))])
    first = index.alerts.new("eau")
    index.alerts.acknowledge("eau", first[3])
    index.optimize()
    assert new(index) == [match.hit.article.id for match in first[4:]]
    shutil.copytree(index.path, tmp_path / "copie")
    with newsindex.open(tmp_path / "copie") as copy:
        assert new(copy) == new(index)
        copy.alerts.acknowledge("eau")
        assert (new(copy), len(new(index))) == ([], 8)


# Crashes, full disks and damage


def test_a_killed_writer_loses_nothing(index):
    program = """
        import os, sys, newsindex
        from newsindex.storage import catalogue
        commit = catalogue.Transaction.commit
        def dying(self, segments):
            if sys.argv[2] == "before":
                os._exit(9)
            commit(self, segments)
            os._exit(9)
        catalogue.Transaction.commit = dying
        newsindex.open(sys.argv[1]).add([newsindex.Article("t", "eau à Tiznit", id="a")])
    """
    for when, expected in (("before", []), ("after", ["a"])):
        arguments = [sys.executable, "-c", textwrap.dedent(program), str(index.path), when]
        assert subprocess.run(arguments, check=False, cwd=os.getcwd()).returncode == 9
        index.refresh()
        assert new(index) == expected
    index.add([article("a", "eau à Tiznit")])
    assert new(index) == ["a"]


def test_a_full_disk_while_acknowledging_loses_nothing(index, monkeypatch):
    index.add([article("a")])
    (match,) = index.alerts.new("eau")
    real = sqlite3.connect

    class Full:
        def __init__(self, database):
            self._database = database

        def __getattr__(self, name):
            return getattr(self._database, name)

        def execute(self, statement, *args):
            if statement == "COMMIT":
                error = sqlite3.OperationalError("database or disk is full")
                error.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise error
            return self._database.execute(statement, *args)

    monkeypatch.setattr(sqlite3, "connect", lambda *args, **kwargs: Full(real(*args, **kwargs)))
    with pytest.raises(NewsIndexError, match="disk is full"):
        index.alerts.acknowledge("eau", match)
    monkeypatch.undo()
    assert new(index) == ["a"]
    index.alerts.acknowledge("eau", match)
    assert new(index) == []


def test_a_writer_that_takes_long_is_named(index):
    with newsindex.open(index.path) as other, other.writer(), pytest.raises(IndexLocked):
        index.alerts.acknowledge("eau", timeout=0.05)


def test_damage_in_the_tables_is_found(index):
    index.add([article("a")])
    with closing(sqlite3.connect(index.path / "catalogue.sqlite")) as database, database:
        database.execute("UPDATE alert_matches SET article = article + 1")
    with pytest.raises(IndexCorrupt, match="match"):
        index.alerts.new("eau")
    with pytest.raises(IndexCorrupt, match="match"):
        index.check()


def test_an_alert_that_cannot_be_parsed_any_more_is_reported_and_kept(index):
    index.alerts.add("x", "maroc")
    with closing(sqlite3.connect(index.path / "catalogue.sqlite")) as database, database:
        from newsindex.storage.alerts.alert_rows import alert_checksum

        (created,) = database.execute("SELECT created FROM alerts WHERE name = 'x'").fetchone()
        body = '{"query": "maroc", "operator": "any", "filters": {"humeur": ["gaie"]}}'
        database.execute(
            "UPDATE alerts SET body = ?, tree = '', key_version = '0', checksum = ? WHERE name = 'x'",
            (body, alert_checksum("x", body, created, "")),
        )
    index.add([article("a", "maroc eau tiznit")])
    assert new(index) == ["a"]
    assert new(index, "x") == []
    assert "humeur" in index.alerts["x"].error
    assert index.alerts["x"].query == "maroc"


def test_a_list_of_alerts_parses_no_query_that_this_version_parsed(index, monkeypatch):
    index.alerts.add("hier", "eau depuis:hier")
    parsed = []
    parse = Definition.parse
    monkeypatch.setattr(Definition, "parse", lambda *given: parsed.append(given[0].query) or parse(*given))
    assert [alert.error for alert in index.alerts.values()] == [None, None]
    assert parsed == ["eau depuis:hier"], "relative dates have no stored form"


def test_keys_of_another_version_are_made_anew(index, monkeypatch):
    with closing(sqlite3.connect(index.path / "catalogue.sqlite")) as database, database:
        database.execute("DELETE FROM alert_keys")
    monkeypatch.setattr(commit_matching, "KEY_VERSION", "a later one")
    index.add([article("a")])
    assert new(index) == ["a"]
