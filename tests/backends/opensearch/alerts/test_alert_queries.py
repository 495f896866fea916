"""The queries of alerts on a cluster: what they find, when they are compiled, and those that cannot be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from newsindex import Article, QueryError
from newsindex.backends.opensearch.alerts import alert_documents
from newsindex.backends.opensearch.alerts.alert_documents import AlertDocuments
from newsindex.backends.opensearch.alerts.alert_layout import alerts_index
from newsindex.backends.opensearch.connection import connect


def new(index, name):
    return [match.hit.article.id for match in index.alerts.new(name)]


@pytest.mark.parametrize(("query", "told", "silent"), [
    ("titre:tebboun~", "Tebboune à Oran", "Le port d'Oran"),
    ("titre:pech*", "Péchés anciens", "Le port"),
    ("id:oui", "Un titre", "Un autre"),
    ("id:non", "", "Un titre"),
    ("auteur:dupont", "", "Un titre"),
    ("+avocats SAUF (titre:police OU barrage)", "Les avocats", "La police et les avocats"),
    ('titre:"le port de commerce"', "Le port de commerce", "Le commerce du port"),
])  # fmt: skip
def test_a_query_is_asked_of_articles_that_are_not_indexed_yet(index, query, told, silent):
    index.alerts.add("essai", query)
    index.add([Article(told or "Rien", id="oui" if told else "rien"), Article(silent, id="non")])
    expected = {hit.article.id for hit in index.search(query)}
    assert set(new(index, "essai")) == expected
    assert expected == ({"oui"} if told else {"non"} if query == "id:non" else set())


def test_an_alert_that_a_later_version_cannot_parse_is_reported_and_kept(address, alerted):
    connection = connect(address)
    alerted.add([Article("Un titre", "eau à Tiznit", id="a")])
    documents = AlertDocuments(connection)
    stored = documents.named("eau")
    body = '{"query": "eau", "operator": "any", "filters": {"humeur": ["gaie"]}}'
    changed = stored._replace(row=stored.row._replace(body=body, tree=""))
    assert documents.write([changed.write("of another version")]) == set()
    alerted.alerts.add("autre", "maroc")
    alerted.add([Article("Un titre", "eau à Tiznit et maroc", id="a"), Article("Deux", "maroc eau", id="b")])
    assert new(alerted, "autre") == ["a", "b"]
    assert new(alerted, "eau") == ["a"], "it cannot be said that the article does not fit any more"
    assert "humeur" in alerted.alerts["eau"].error
    assert alerted.alerts["eau"].query == "eau"
    assert documents.named("eau").query is None
    alerted.alerts.remove("eau")
    assert list(alerted.alerts) == ["autre"]


def test_queries_of_another_version_or_day_are_compiled_anew(index, address, monkeypatch):
    today = date.today()
    index.alerts.add("hier", "depuis:hier")
    documents = AlertDocuments(connect(address))
    stored = documents.named("hier")
    compiled = stored.query
    old = stored._replace(query={"term": {"stems": "autre"}})
    assert documents.write([old.write("of another day")]) == set()
    index.add([Article("Neuf", published=today, id="neuf"),
               Article("Vieux", published=today - timedelta(days=30), id="vieux")])  # fmt: skip
    assert new(index, "hier") == ["neuf"]
    assert documents.named("hier").query == compiled
    renewed = []
    write = AlertDocuments.write
    monkeypatch.setattr(
        alert_documents.AlertDocuments, "write", lambda *given: renewed.append(given) or write(*given)
    )
    index.add([Article("Encore", published=today, id="encore")])
    assert new(index, "hier") == ["neuf", "encore"]
    assert renewed == []


def test_other_ways_to_write_a_word_are_those_of_the_day(index, address):
    index.alerts.add("onee", "ONEE")
    index.add([
        Article("L'Office national de l'électricité et de l'eau (ONEE) investit", id="définition"),
    ])  # fmt: skip
    assert new(index, "onee") == ["définition"]
    documents = AlertDocuments(connect(address))
    assert documents.write([documents.named("onee").write("of yesterday")]) == set()
    index.add([Article("L'Office national de l'électricité et de l'eau présente un plan", id="nom")])
    assert new(index, "onee") == ["définition", "nom"]


def test_a_query_that_is_too_large_for_the_cluster_is_refused_and_nothing_is_kept(index):
    query = " ".join(f'"m{number} n{number} o{number}"~4' for number in range(160))
    with pytest.raises(QueryError, match="cluster"):
        index.alerts.add("grand", query)
    assert list(index.alerts) == []


def test_an_index_that_never_had_an_alert_has_no_indexes_for_them(index, address):
    connection = connect(address)
    index.add([Article("Un titre", id="a")])
    assert (list(index.alerts), index.alerts.new(), index.alerts.counts()) == ([], [], {})
    assert index.alerts.state() == ""
    assert index.alerts.undelivered(b"cible") == []
    name = alerts_index(connection.address.index)
    assert name not in connection.request("GET", f"/{name}", ignore=(404,))


def test_alerts_are_read_in_pages(index, monkeypatch):
    from newsindex.backends.opensearch.alerts import conditional_writes, kept_alerts, percolation

    for module in (conditional_writes, kept_alerts):
        monkeypatch.setattr(module, "TOGETHER", 3)
    monkeypatch.setattr(percolation, "_ALERTS", 2)
    with index.alerts.writer() as alerts:
        for number in range(7):
            alerts.add(f"n{number}", "eau")
    index.add([Article(f"Titre {number}", f"eau {'mot ' * number}", id=f"a{number}") for number in range(8)])
    assert list(index.alerts) == [f"n{number}" for number in range(7)]
    assert index.alerts.counts() == dict.fromkeys(index.alerts, 8)
    assert new(index, "n3") == [f"a{number}" for number in range(8)]
    first = [(match.alert.name, match.hit.article.id) for match in index.alerts.new(limit=9)]
    assert first == [*[(f"n{number}", "a0") for number in range(7)], ("n0", "a1"), ("n1", "a1")]
    assert [match.hit.article.id for match in index.alerts.latest("n5", 4)] == ["a7", "a6", "a5", "a4"]
    assert index.alerts.new(limit=0) == index.alerts.latest("n5", 0) == []
    index.alerts.acknowledge("n2", index.alerts.new("n2")[4])
    assert new(index, "n2") == ["a5", "a6", "a7"]


def test_many_matches_of_a_long_writer_are_told_while_it_writes(index, monkeypatch):
    from newsindex.backends.opensearch.writing import cluster_writer

    monkeypatch.setattr(cluster_writer, "MAX_KEPT", 4)
    monkeypatch.setattr(cluster_writer, "_BATCH", 2)
    monkeypatch.setattr("newsindex.indexer.admission._MAX_WAITING_ARTICLES", 2)
    index.alerts.add("eau", "eau")
    with index.writer() as writer:
        for number in range(12):
            writer.add(Article(f"Titre {number}", f"eau {'mot ' * number}", id=f"a{number:02}"))
        early = new(index, "eau")
    assert set(early) <= {f"a{number:02}" for number in range(12)}
    assert [match.hit.article.id for match in writer.report.alerts] == new(index, "eau")
    assert sorted(new(index, "eau")) == [f"a{number:02}" for number in range(12)]
