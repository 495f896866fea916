"""Alerts on the command line: saved, listed, told, acknowledged, and sent by what indexes."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest


@pytest.fixture
def index(run, news):
    run("index", news)
    run("alert", "add", "pluie", "pluie")
    run("alert", "add", "maroc", "interpol", "-drogue", "--source", "Hespress", "--since", "2025-01")
    return run


@pytest.fixture
def more(index, tmp_path):
    path = tmp_path / "plus.jsonl"
    record = {"titre": "Encore la pluie", "texte": "Une pluie <fine> à Fès.", "date": "2026-01-03", "id": 3}
    path.write_text(json.dumps(record))
    return str(path)


def test_alerts_are_listed_with_what_is_new(index, more):
    index("index", more)
    listed = index("alert", "list").stdout
    assert listed.splitlines() == [
        "     0  maroc: interpol -drogue  --source Hespress  --since 2025-01",
        "     1  pluie: pluie",
    ]
    maroc, pluie = json.loads(index("alert", "list", "--json").stdout)
    assert maroc["filters"] == {"source": ["Hespress"], "since": "2025-01"}
    assert (pluie["new"], pluie["seen"], pluie["error"]) == (1, None, None)


def test_an_index_without_alerts_says_so(run, news):
    run("index", news)
    none = run("alert", "list", status=1)
    assert (none.stdout, none.stderr) == ("", "there are no alerts\n")
    assert json.loads(run("alert", "list", "--json", status=1).stdout) == []


def test_a_new_alert_says_how_its_query_was_read(index):
    assert "newsindex: XOR was read as a word" in index("alert", "add", "vent", "vent XOR pluie").stderr


def test_what_is_new_is_told_until_it_is_acknowledged(index, more):
    assert index("alert", "new", "pluie", status=1).stdout == ""
    index("index", more)
    told = index("alert", "new")
    assert "Encore la **pluie**" in told.stdout
    assert "1 article is new" in told.stderr
    (match,) = json.loads(index("alert", "new", "pluie", "--json").stdout)
    assert (match["alert"], match["article"]["id"]) == ("pluie", "3")
    feed = ElementTree.fromstring(index("alert", "new", "--feed", "--acknowledge").stdout)
    assert [entry.findtext("{*}title") for entry in feed.findall("{*}entry")] == ["Encore la pluie"]
    assert json.loads(index("alert", "new", "--json", status=1).stdout) == []


def test_what_indexes_says_which_alerts_have_something_new(index, more, tmp_path):
    assert json.loads(index("index", more, "--json").stdout)["alerts"] == {"pluie": 1}
    (tmp_path / "plus2.jsonl").write_text(json.dumps({"titre": "La pluie cesse", "texte": "Fini.", "id": 9}))
    assert "new for alerts: 1 pluie" in index("index", str(tmp_path / "plus2.jsonl")).stderr


@pytest.mark.parametrize(("arguments", "message"), [
    (("new", "x"), "no alert has the name 'x'"), (("remove", "x"), "no alert has the name 'x'"),
    (("add", "pluie", "neige"), "already"), (("add", "x"), "needs a query or a filter"),
    (("add", "x", "le", "la"), "tells more"), (("add", "a/b", "neige"), "slash"),
    (("new", "--feed", "--json"), "exclude each other"),
])  # fmt: skip
def test_what_is_wrong_is_said_in_a_line(index, arguments, message):
    done = index("alert", *arguments, status=2)
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_an_alert_is_replaced_and_removed(index):
    assert (
        json.loads(index("alert", "add", "pluie", "neige", "--replace", "--json").stdout)["query"] == "neige"
    )
    index("alert", "remove", "pluie")
    index("alert", "remove", "maroc")
    index("alert", "list", status=1)


def test_a_dry_run_prints_the_digest_and_sends_nothing(index, more):
    pytest.importorskip("apprise")
    done = index("index", more, "--notify", "json://user:secret@127.0.0.1:9/", "--dry-run")
    assert "newsindex: 1 new article (pluie 1)" in done.stderr
    assert "secret" not in done.output
    index("index", more, "--dry-run", status=2)


def test_a_broken_address_is_refused_before_anything_is_read(index, more):
    pytest.importorskip("apprise")
    done = index("index", more, "--notify", "nowhere://secret", status=2)
    assert "apprise" in done.stderr
    assert "secret" not in done.stderr
    assert json.loads(index("stats", "--json").stdout)["articles"] == 2


def test_a_digest_that_does_not_go_out_ends_with_a_status(index, more, monkeypatch):
    pytest.importorskip("apprise")
    monkeypatch.setattr("newsindex.alerts.notification._ATTEMPTS", 1)
    monkeypatch.setattr("newsindex.alerts.notification.Notifier._try", lambda *_: False)
    done = index("index", more, "--notify", "json://127.0.0.1:9/", status=2)
    assert "it is kept" in done.stderr
    assert "Encore la" in index("alert", "new").stdout


def test_a_digest_that_is_tried_again_says_so(index, more, monkeypatch):
    pytest.importorskip("apprise")
    monkeypatch.setattr("newsindex.alerts.notification._FIRST_PAUSE", 0.0)
    done = index("index", more, "--notify", "json://user:secret@127.0.0.1:9/", status=2)
    again = [line for line in done.stderr.splitlines() if line.endswith("it is tried again in 0 s")]
    assert len(again) == 2
    assert all("did not go out to json://user:" in line and "secret" not in line for line in again)


def test_what_watches_tries_again_after_a_time_that_grows(index, more, monkeypatch, tmp_path):
    pytest.importorskip("apprise")
    import newsindex
    from newsindex.cli import notifying

    index("index", more)
    times, tried = iter([0, 0, 1, 20, 20, 30, 60, 61]), []
    monkeypatch.setattr(notifying.time, "monotonic", lambda: next(times))
    digests = notifying.Digests(["json://127.0.0.1:9/"], dry_run=False)

    def send(_):
        tried.append(1)
        if len(tried) < 3:
            raise newsindex.NotificationError("no")

    monkeypatch.setattr(digests._notifier, "send", send)
    opened = newsindex.open(tmp_path / "presse.newsindex")
    for expected in (1, 1, 2, 2, 3, 3):
        digests.send_if_due(opened)
        assert len(tried) == expected


def test_a_name_that_is_taken_is_answered_with_the_option_that_replaces_it(index):
    again = index("alert", "add", "pluie", "neige", status=2)
    assert again.stderr == (
        "newsindex: there is an alert 'pluie' already: replace it, or choose another name "
        "(--replace replaces it)\n"
    )
    index("alert", "add", "pluie", "neige", "--replace")
