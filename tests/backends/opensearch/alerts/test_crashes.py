"""A program that is stopped at any moment loses no match, and none is told twice."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time

import pytest

import newsindex
from newsindex import Article
from tests.conftest import ROOT

PROGRAM = """
    import os, sys
    import newsindex
    from newsindex.backends.opensearch.writing import bulk_sender
    from newsindex.backends.opensearch.alerts import (
        alert_observer, match_documents, match_numbering, settlement)

    def end(*_, **__):
        os._exit(9)

    match_numbering._BLOCK_SECONDS = 1.0
    {where}
    newsindex.open(sys.argv[1]).add([
        newsindex.Article("Un titre", "eau à Tiznit", id="a"), newsindex.Article("Autre", "maroc", id="b")
    ])
"""


def article(article_id, body="eau à Tiznit"):
    return Article("Un titre" if article_id == "a" else f"Titre {article_id}", body, id=article_id)


def new(index, name="eau"):
    return [match.hit.article.id for match in index.alerts.new(name)]


def wait_for(holds, seconds=30.0):
    """Wait until something holds."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.1)


def killed(address, where, *arguments):
    """Run the program, which ends itself at a place."""
    program = textwrap.dedent(PROGRAM).replace("{where}", where)
    command = [sys.executable, "-c", program, address, *arguments]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 9, done.stderr


def test_a_writer_killed_before_its_articles_are_sent_tells_them_when_they_come(alerted, address):
    killed(address, "bulk_sender.BulkSender.submit = end")
    assert (new(alerted), alerted.alerts.counts()) == ([], {"eau": 0})
    report = alerted.add([article("a")])
    assert [match.hit.article.id for match in report.alerts] == ["a"]
    assert new(alerted) == ["a"]


def test_a_writer_killed_after_its_articles_were_sent_has_told_them(alerted, address):
    killed(address, "alert_observer.AlertObserver.after_sending = end")
    assert alerted.alerts.counts() == {"eau": 1}
    assert new(alerted) == ["a"]
    alerted.alerts.acknowledge("eau")
    alerted.add([article("a"), article("b", "maroc")])
    assert new(alerted) == []


def test_a_writer_killed_with_numbers_that_it_took_holds_nobody_up_for_long(alerted, address):
    state = alerted.alerts.state()
    killed(address, "settlement.MatchDocuments.write = lambda self, found: end() if found else set()"
                    "\nalert_observer.MatchDocuments = type('M', (match_documents.MatchDocuments,), {"
                    "'write': lambda self, found: match_documents.write_documents("
                    "self._connection, self._index, [one.write() for one in found])})")  # fmt: skip
    alerted.add([article("c")])
    wait_for(lambda: new(alerted) == ["a", "c"])
    assert alerted.alerts.state() != state
    alerted.alerts.acknowledge("eau", alerted.alerts.new("eau")[0])
    assert new(alerted) == ["c"]


def test_a_writer_killed_while_an_article_changes_forgets_what_does_not_fit(alerted, address):
    alerted.add([article("b")])
    assert new(alerted) == ["b"]
    killed(address, "bulk_sender.BulkSender.submit = end")
    assert new(alerted) == ["b"], "the article is as it was"
    killed(address, "alert_observer.AlertObserver.after_sending = end")
    assert new(alerted) == ["a"]


def test_a_program_killed_between_reading_and_acknowledging_reads_the_same_again(alerted, address):
    alerted.add([article("c")])
    killed(
        address,
        "index = newsindex.open(sys.argv[1])\n"
        "assert len(index.alerts.new('eau')) == 1\n"
        "newsindex.alerts.registry._now = end\n"
        "index.alerts.acknowledge('eau')",
    )
    assert new(alerted) == ["c"]


def test_a_program_killed_after_it_has_sent_a_digest_sends_it_again(alerted, address):
    pytest.importorskip("apprise")
    alerted.add([article("c")])
    killed(
        address,
        "from newsindex.alerts.notification import Notifier\n"
        "Notifier._try = lambda self, *_: True\n"
        "newsindex.alerts.registry.Alerts.set_delivered = end\n"
        "Notifier(['json://localhost']).send(newsindex.open(sys.argv[1]).alerts)",
    )
    target = b"cible"
    assert [match.hit.article.id for match in alerted.alerts.undelivered(target)] == ["c"]
    assert new(alerted) == ["c"]


def test_a_program_killed_while_it_acknowledges_has_acknowledged_the_first_or_none(alerted, address):
    alerted.add([article(name, f"eau à Tiznit {name}" * number) for number, name in enumerate("cdef", 1)])
    before = new(alerted)
    killed(address, "match_documents.MatchDocuments.write = end\n"
                    "newsindex.open(sys.argv[1]).alerts.acknowledge('eau')")  # fmt: skip
    assert new(alerted) == before
    with newsindex.open(address) as other:
        other.alerts.acknowledge("eau")
    assert new(alerted) == []
