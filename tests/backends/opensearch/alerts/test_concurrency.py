"""Any number of programs write, read and acknowledge at once: nothing is lost, and nothing is told twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

import newsindex
from newsindex import AlertExists, AlertNotFound, Article, NewsIndexError
from newsindex.backends.opensearch.alerts.article_matches import AlertMatch, ArticleMatches
from newsindex.backends.opensearch.alerts.match_documents import MatchDocuments
from newsindex.backends.opensearch.alerts.match_numbering import MatchNumbering
from newsindex.backends.opensearch.connection import connect

WRITERS, BATCHES, EACH = 2, 5, 4


def article(article_id, body="eau à Tiznit"):
    return Article(f"Titre {article_id}", f"{body} {article_id}", id=article_id)


def new(index, name="eau"):
    return [match.hit.article.id for match in index.alerts.new(name)]


def test_two_writers_and_a_reader_that_acknowledges_miss_nothing(alerted, address):
    """Both writers add articles of their own and the same ones."""

    def write(number):
        told = []
        with newsindex.open(address) as index:
            for batch in range(BATCHES):
                own = [article(f"w{number}-{batch}-{place}") for place in range(EACH)]
                shared = [article(f"commun-{batch}", f"eau à Tiznit {'encore ' * batch}")]
                report = index.add([*own, *shared])
                told += [(match.sequence, match.hit.article.id) for match in report.alerts]
        return told

    read = []

    def take(index):
        matches = index.alerts.new("eau")
        read.extend((match.sequence, match.hit.article.id) for match in matches)
        if matches:
            index.alerts.acknowledge("eau", matches[-1])

    with ThreadPoolExecutor(WRITERS) as pool, newsindex.open(address) as reader:
        running = [pool.submit(write, number) for number in range(WRITERS)]
        while not all(one.done() for one in running):
            take(reader)
        take(reader)
    expected = {f"w{number}-{batch}-{place}" for number in range(WRITERS) for batch in range(BATCHES)
                for place in range(EACH)} | {f"commun-{batch}" for batch in range(BATCHES)}  # fmt: skip
    assert sorted(article_id for _, article_id in read) == sorted(expected)
    assert {pair for one in running for pair in one.result()} == set(read)
    sequences = [sequence for sequence, _ in read]
    assert sequences == sorted(set(sequences))
    assert new(alerted) == []


def test_a_match_with_a_lower_number_that_comes_later_is_not_acknowledged_unseen(alerted, address):
    connection = connect(address)
    numbering, documents = MatchNumbering(connection), MatchDocuments(connection)
    number = alert_number(alerted)
    alerted.add([article("a")])
    with numbering.block(1) as slow:
        alerted.add([article("b")])
        assert new(alerted) == ["a"], "what follows a number that is not written yet waits"
        assert alerted.alerts.counts() == {"eau": 1}
        assert [match.hit.article.id for match in alerted.alerts.latest("eau")] == ["a"]
        alerted.alerts.acknowledge("eau")
        with alerted.writer() as writer:
            writer.add(article("c", "maroc"))
        late = ArticleMatches("c")
        late.matches[number] = AlertMatch(slow)
        assert documents.write([late]) == set()
    assert new(alerted) == ["c", "b"]


def alert_number(index):
    with index._backend._alert_access().read() as stored:
        return stored.row("eau").id


def test_two_programs_that_add_the_same_alert_make_one(address, index):
    with newsindex.open(address) as other, index.alerts.writer() as mine:
        mine.add("eau", "eau")
        other.alerts.add("pluie", "pluie")
        mine.add("pluie", "averse OU pluie", replace=True)
        other.alerts.add("soleil", "soleil")
    assert list(index.alerts) == ["eau", "pluie", "soleil"]

    def collide():
        with newsindex.open(address) as other, index.alerts.writer() as mine:
            mine.add("neige", "neige")
            other.alerts.add("neige", "neige et verglas")

    with pytest.raises(AlertExists, match="another program has changed the alert 'neige'"):
        collide()
    assert index.alerts["neige"].query == "neige et verglas"


def test_an_alert_that_another_program_has_removed_is_not_acknowledged_back(address, alerted):
    with newsindex.open(address) as other, alerted.alerts.writer() as mine:
        mine.acknowledge("eau")
        other.alerts.remove("eau")
    assert list(alerted.alerts) == []
    with pytest.raises(AlertNotFound):
        alerted.alerts.acknowledge("eau")


def test_numbers_of_programs_at_once_are_all_different(alerted, address):
    def take(size):
        numbering = MatchNumbering(connect(address))
        taken = []
        for _ in range(5):
            with numbering.block(size) as first:
                taken += range(first, first + size)
        return taken

    with ThreadPoolExecutor(3) as pool:
        numbers = [number for taken in pool.map(take, [1, 2, 3]) for number in taken]
    assert sorted(numbers) == list(range(1, 31))
    assert MatchNumbering(connect(address)).read() == (30, 30)


def test_the_alerts_of_an_index_that_had_the_name_before_are_not_taken_over(address, alerted):
    connection = connect(address)
    name = connection.address.index
    connection.request("DELETE", f"/{name}-v0001")
    with newsindex.create(address) as again:
        for call in (list, lambda alerts: alerts.add("x", "maroc")):
            with pytest.raises(NewsIndexError, match=f"{name}-alerts and {name}-matches"):
                call(again.alerts)
        with pytest.raises(NewsIndexError, match="delete both"):
            again.add([article("a")])
        connection.request("DELETE", f"/{name}-alerts,{name}-matches")
        again.add([article("a")])
        assert again.alerts.new() == []
