"""Alerts: the mapping, what counts as new, acknowledging, copies, and what is refused."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

import newsindex
from newsindex import (
    AlertExists,
    AlertNotFound,
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

DISPATCH = (
    "La police judiciaire a démantelé vendredi à Tiznit un réseau de trafic d’eau minérale, saisissant plus "
    "de mille bouteilles dans un entrepôt du centre ville, a annoncé la préfecture dans un communiqué."
)


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


def test_alerts_are_a_mapping_of_names(index):
    index.alerts.add(
        "autre", "maroc", source=["Hespress", "Le Monde"], since="2026-01", until=date(2026, 3, 1)
    )
    assert list(index.alerts) == ["autre", "eau"]
    assert len(index.alerts) == 2
    assert "eau" in index.alerts
    assert 3 not in index.alerts
    alert = index.alerts["autre"]
    assert (alert.name, alert.query, alert.operator, alert.error) == ("autre", "maroc", "any", None)
    expected = {"source": ("Hespress", "Le Monde"), "since": "2026-01", "until": date(2026, 3, 1)}
    assert dict(alert.filters) == expected
    assert datetime.now(UTC) - alert.created < timedelta(minutes=5)
    assert alert.seen is None
    assert index.alerts.get("eau").name == "eau"
    assert index.alerts.get("rien") is None
    assert [name for name, _ in index.alerts.items()] == ["autre", "eau"]
    assert "autre, eau" in repr(index.alerts)


def test_an_alert_that_exists_is_only_replaced_on_request(index):
    with pytest.raises(AlertExists, match="eau"):
        index.alerts.add("eau", "maroc")
    index.add([article("a")])
    assert index.alerts.add("eau", "eau AND tiznit", replace=True).query == "eau AND tiznit"
    assert new(index) == ["a"], "the same search goes on"
    index.alerts.add("eau", "maroc", replace=True)
    assert new(index) == []


def test_several_changes_are_one_commit(index):
    with index.alerts.writer() as alerts:
        alerts.add("a", "maroc")
        alerts.add("b", "algérie", replace=True)
        alerts.remove("eau")
        assert list(alerts) == ["a", "b"]
        assert list(index.alerts) == ["eau"]
    assert list(index.alerts) == ["a", "b"]

    def fails():
        with index.alerts.writer() as alerts:
            alerts.add("c", "tunisie")
            alerts.add("a", "maroc")

    with pytest.raises(AlertExists):
        fails()
    assert list(index.alerts) == ["a", "b"]


def test_a_removed_alert_tells_nothing_and_its_name_is_free(index):
    index.add([article("a")])
    index.alerts.remove("eau")
    assert list(index.alerts) == []
    with pytest.raises(AlertNotFound, match="there is none"):
        index.alerts.new("eau")
    index.alerts.add("eau", "eau")
    assert new(index) == []


@pytest.mark.parametrize("call", [
    lambda alerts: alerts["x"], lambda alerts: alerts.remove("x"), lambda alerts: alerts.new("x"),
    lambda alerts: alerts.acknowledge("x"), lambda alerts: alerts.latest("x"),
])  # fmt: skip
def test_an_unknown_name_is_told_with_the_known_ones(index, call):
    assert "\ud800" not in index.alerts
    with pytest.raises(AlertNotFound, match="'x': the alerts are eau"):
        call(index.alerts)


@pytest.mark.parametrize(("query", "message"), [
    ("", "needs a query or a filter"), ("  ", "needs a query or a filter"), ("le la les", "tells more"),
    ("de SAUF maroc", "tells more"), ("!!!", "no word"), ("mot " * 25_000, "shorten"),
    ("a" * 100_000, "shorten"), ("\ud800", "Unicode"), ("date:hierr", "hierr"),
])  # fmt: skip
def test_queries_that_cannot_be_alerts_are_refused_at_once(index, query, message):
    with pytest.raises(QueryError, match=message):
        index.alerts.add("x", query)
    assert list(index.alerts) == ["eau"]


@pytest.mark.parametrize("name", ["", " ", " eau ", "a/b", "a\nb", "..", "x" * 201])
def test_names_that_cannot_be_in_an_address_are_refused(index, name):
    with pytest.raises(QueryError, match="name"):
        index.alerts.add(name, "maroc")


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


def test_what_is_there_already_is_not_new_and_what_comes_is_told_in_order(index):
    report = index.add([article("b", published=date(2026, 2, 2)), article("a", published=date(2026, 1, 1))])
    assert new(index) == ["a", "b"]
    assert [(match.alert.name, match.hit.article.id) for match in report.alerts] == [
        ("eau", "a"),
        ("eau", "b"),
    ]
    index.add([article("tard", published=date(2020, 1, 1)), article("rien", "maroc")])
    assert new(index) == ["a", "b", "tard"]
    assert "<mark>eau</mark>" in index.alerts.new("eau")[0].hit.snippet.html


def test_a_callback_is_called_after_the_commit(index):
    told = []
    index.add(
        [article("a"), article("b")],
        commit_every=1,
        alerts=lambda match: told.append((match.hit.article.id, match.hit.article.id in index)),
    )
    assert told == [("a", True), ("b", True)]


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


def test_an_update_is_told_where_it_begins_to_fit(index):
    index.add([article("a", "maroc"), article("b")])
    index.alerts.acknowledge("eau")
    index.add(
        [article("a", "eau à Tiznit"), article("b", "eau à Tiznit encore"), article("ancien", "eau tiznit !")]
    )
    assert new(index) == ["a"]
    index.add([article("b", "rien")])
    index.add([article("b", "eau à Tiznit de nouveau")])
    assert new(index) == ["a", "b"], "an earlier version did not fit"


def test_a_deleted_article_is_not_new_any_more(index):
    index.add([article("a"), article("b")])
    index.delete("a")
    assert new(index) == ["b"]
    index.alerts.acknowledge("eau")
    index.delete("b")
    index.add([article("a"), article("b")])
    assert new(index) == ["a"], "b was told"


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


def test_a_rebuild_loses_nothing_and_tells_nothing_twice(index):
    told = [article("a"), article("b", DISPATCH, source="AFP"), article("c", DISPATCH, source="Reuters")]
    index.add(told)
    index.alerts.acknowledge("eau", index.alerts.new("eau")[0])
    held = index.alerts.new("eau")
    index.optimize(rebuild=True)
    (match,) = index.alerts.new("eau")
    assert match == held[0]
    assert (match.hit.article.id, [copy.id for copy in match.hit.duplicates]) == ("b", ["c"])
    assert held[0].hit.article.id == "b", "a match that was not looked at shows its article after a rebuild"
    seen = index.alerts["eau"].seen
    index.add([*told, article("d", "eau à Tiznit, encore")])
    assert new(index) == ["b", "d"]
    assert index.alerts["eau"].seen == seen


def test_two_readers_see_the_same(index):
    with newsindex.open(index.path) as other:
        index.add([article("a"), article("b")])
        matches = other.alerts.new("eau")
        assert [match.hit.article.id for match in matches] == ["a", "b"]
        other.alerts.acknowledge("eau", matches[0])
        assert new(index) == ["b"]
        assert index.alerts.new("eau")[0] == matches[1]
        index.alerts.acknowledge("eau", matches[1])
        other.alerts.acknowledge("eau", matches[0])
        assert new(other) == [], "an older acknowledgement brings nothing back"


def test_acknowledging_is_checked(index):
    index.alerts.add("autre", "tiznit")
    index.add([article("a")])
    (match,) = index.alerts.new("autre")
    with pytest.raises(QueryError, match="'autre', not of 'eau'"):
        index.alerts.acknowledge("eau", match)
    with pytest.raises(QueryError, match="no match has the number 99"):
        index.alerts.acknowledge("eau", 99)
    with pytest.raises(AlertNotFound, match="'x'"):
        index.alerts.acknowledge("x", 99)
    with pytest.raises(TypeError):
        index.alerts.acknowledge("eau", "tout")
    index.alerts.acknowledge("autre", match.sequence)
    assert index.alerts.counts() == {"autre": 0, "eau": 1}
    assert index.alerts["autre"].seen is not None


def test_all_alerts_together_are_in_the_order_of_their_coming(index):
    index.alerts.add("autre", "maroc")
    index.add([article("a")])
    index.add([article("b", "maroc")])
    index.add([article("c")])
    assert [match.hit.article.id for match in index.alerts.new()] == ["a", "b", "c"]
    assert [match.hit.article.id for match in index.alerts.new(limit=2)] == ["a", "b"]
    index.alerts.acknowledge("eau")
    assert [match.hit.article.id for match in index.alerts.latest("eau")] == ["c", "a"]
    assert index.alerts.latest("eau", 10**30) == index.alerts.latest("eau")


def test_relative_dates_count_from_the_moment_of_the_commit(make_index):
    index = make_index([])
    index.alerts.add("hier", "depuis:hier")
    index.alerts.add("filtre", "", since="hier")
    today = date.today()
    index.add([article("neuf", published=today), article("vieux", published=today - timedelta(days=30))])
    assert new(index, "hier") == new(index, "filtre") == ["neuf"]


def test_filters_alone_and_patterns_are_alerts(make_index):
    index = make_index([])
    index.alerts.add("source", source="hespress")
    index.alerts.add("motif", "tizn*")
    index.alerts.add("sauf", "NOT maroc")
    index.add([article("a", source="Hespress"), article("b", "maroc", source="Le Monde")])
    assert [new(index, name) for name in ("source", "motif", "sauf")] == [["a"], ["a"], ["a"]]


# Copies


def test_a_copy_is_folded_under_what_it_copies(index):
    index.add(
        [article("afp", DISPATCH, source="AFP"), article("copie", DISPATCH + " (AFP)", source="Le Monde")]
    )
    (match,) = index.alerts.new("eau")
    assert [match.hit.article.id, *[one.id for one in match.hit.duplicates]] in (
        ["afp", "copie"],
        ["copie", "afp"],
    )
    assert index.alerts.counts() == {"eau": 1}
    index.alerts.acknowledge("eau", match)
    index.add([article("tard", DISPATCH.replace("vendredi", "samedi"))])
    assert new(index) == [], "what it copies was told"


def test_the_copy_takes_the_place_of_what_goes(index):
    index.add([article("afp", DISPATCH)])
    index.add([article("copie", DISPATCH + " (AFP)"), article("autre", DISPATCH + " (Reuters)")])
    assert new(index) == ["afp"]
    index.delete("afp")
    (match,) = index.alerts.new("eau")
    assert {match.hit.article.id, *[one.id for one in match.hit.duplicates]} == {"copie", "autre"}
    index.add([article("copie", "rien du tout")])
    assert new(index) == ["autre"]


def test_a_copy_that_becomes_another_article_is_told(index):
    index.add([article("afp", DISPATCH)])
    index.add([article("copie", DISPATCH + " (AFP)")])
    index.add([article("copie", "À Tiznit, l’eau manque : un reportage tout autre.")])
    assert new(index) == ["afp", "copie"]


# Crashes, full disks and damage


def test_a_copy_is_told_where_the_original_becomes_another_article(index):
    index.add([article(name, DISPATCH) for name in "abc"])
    index.add([article("a", DISPATCH + " Mis à jour.")])
    assert new(index) == ["a"], "it is still like its copies"
    index.add(
        [article("a", "Les agriculteurs de la plaine de Tiznit demandent de l’eau pour leurs vergers.")]
    )
    first, second = index.alerts.new("eau")
    assert (first.hit.article.id, first.hit.duplicates) == ("a", ())
    assert (second.hit.article.id, [copy.id for copy in second.hit.duplicates]) == ("b", ["c"])
    index.alerts.acknowledge("eau")
    index.add([article("b", "L’eau revient à Tiznit après trois semaines de travaux dans la vieille ville.")])
    assert new(index) == [], "what was acknowledged was told"


def test_a_commit_that_fails_tells_nothing(index):
    def articles():
        yield article("a")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.add(articles())
    assert new(index) == []


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
