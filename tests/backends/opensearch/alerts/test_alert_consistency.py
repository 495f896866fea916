"""The check of an index finds what is damaged in the records of its alerts, and nothing else."""

from __future__ import annotations

import pytest

import newsindex
from newsindex import Article, IndexCorrupt
from newsindex.backends.opensearch.alerts.alert_changes import AlertChanges
from newsindex.backends.opensearch.alerts.alert_layout import alerts_index, matches_index
from newsindex.backends.opensearch.connection import connect
from newsindex.backends.opensearch.layout import write_alias


def article(article_id, body="eau à Tiznit"):
    return Article(f"Titre {article_id}", f"{body} {article_id}", id=article_id)


@pytest.fixture
def connection(alerted, address):
    """A connection to an index whose alert has two acknowledged matches, one of an article that was deleted
    afterwards, and two new ones."""
    alerted.add([article("a"), article("b")])
    alerted.alerts.acknowledge("eau")
    alerted.delete("b")
    alerted.add([article("c"), article("d")])
    alerted.check()
    connected = connect(address)
    yield connected
    connected.close()


def test_a_match_of_an_article_that_is_gone_is_found(alerted, connection):
    name = connection.address.index
    for gone, told in (("a", False), ("c", True)):  # who has seen a match is not told of it again
        connection.request("DELETE", f"/{write_alias(name, 1)}/_doc/{gone}", params={"refresh": True})
        if told:
            with pytest.raises(IndexCorrupt, match=r"'c' .* the index has no such article"):
                alerted.check()
        else:
            alerted.check()
    connection.request("DELETE", f"/{matches_index(name)}/_doc/c", params={"refresh": True})
    alerted.check()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda source: source["new"].clear(), "does not agree with what is recorded"),
        (lambda source: source["record"].update(article="e"), "does not agree with what is recorded"),
        (lambda source: source["record"]["matches"][0][1].update(is_seen=True), "does not agree"),
    ],
)
def test_matches_that_were_changed_by_hand_are_found(alerted, connection, change, message):
    path = f"/{matches_index(connection.address.index)}/_doc/c"
    source = connection.request("GET", path)["_source"]
    change(source)
    connection.request("PUT", path, source, {"refresh": True})
    with pytest.raises(IndexCorrupt, match=message):
        alerted.check()


def test_a_number_that_was_never_given_out_is_found(alerted, connection):
    index = alerts_index(connection.address.index)
    connection.request("DELETE", f"/{index}/_doc/%2Fsequence", params={"refresh": True})
    with pytest.raises(IndexCorrupt, match="was never given out"):
        alerted.check()


def test_matches_that_are_gone_as_a_whole_are_found(alerted, connection):
    connection.request("DELETE", f"/{matches_index(connection.address.index)}")
    with pytest.raises(IndexCorrupt, match=r"-matches from a snapshot, or delete .*-alerts too"):
        alerted.check()


def test_matches_that_a_stopped_removal_has_left_go_with_the_next_removal(
    alerted, address, connection, monkeypatch
):
    def stop(changes):
        raise KeyboardInterrupt

    monkeypatch.setattr(AlertChanges, "_drop_matches", stop)
    with pytest.raises(KeyboardInterrupt):
        alerted.alerts.remove("eau")
    monkeypatch.undo()
    alerted.delete("c")
    alerted.check()
    count = f"/{matches_index(connection.address.index)}/_count"
    assert connection.request("GET", count)["count"] > 0
    with newsindex.open(address) as other:
        other.alerts.add("autre", "maroc")
        other.alerts.remove("autre")
    assert connection.request("GET", count)["count"] == 0
