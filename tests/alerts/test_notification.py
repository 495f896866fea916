"""Digests go out to the outside at least once, and what is new does not depend on it."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import textwrap
import threading

import pytest

import newsindex
from newsindex import Article, NotificationError, QueryError
from newsindex.alerts.notification import Notifier, digest_of


class Receiver(http.server.BaseHTTPRequestHandler):
    """Keeps what is posted, and answers with the status of the server."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(json.loads(body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def receiver():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        server.received, server.status = [], 200
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        server.address = f"json://127.0.0.1:{server.server_port}/"
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def index(make_index):
    index = make_index([])
    index.alerts.add("eau", "eau")
    index.add([Article("L’eau <b>manque</b>", "eau", id="a", source="Hespress", url="https://x.test/a")])
    return index


def test_a_digest_goes_out_once_and_new_stays(index, receiver):
    notifier = Notifier([receiver.address])
    assert notifier.send(index.alerts) == 1
    assert notifier.send(index.alerts) == 0
    (digest,) = receiver.received
    assert digest["title"] == "newsindex: 1 new article (eau 1)"
    assert "L’eau <b>manque</b> (Hespress)" in digest["message"]
    assert "https://x.test/a" in digest["message"]
    assert len(index.alerts.new("eau")) == 1
    index.add([Article("Encore de l’eau", "eau", id="b")])
    assert notifier.send(index.alerts) == 1
    assert "manque" not in receiver.received[1]["message"]


def test_what_was_acknowledged_is_not_sent(index, receiver):
    index.alerts.acknowledge("eau")
    assert Notifier([receiver.address]).send(index.alerts) == 0


def test_a_digest_that_is_refused_is_tried_again_and_kept(index, receiver):
    pauses, told = [], []
    receiver.status = 500
    notifier = Notifier(
        [receiver.address],
        pause=pauses.append,
        on_retry=lambda name, seconds: told.append((name.rstrip("/"), seconds, len(pauses))),
    )
    with pytest.raises(NotificationError, match="kept"):
        notifier.send(index.alerts)
    assert (pauses, len(receiver.received)) == ([1.0, 2.0], 3)
    assert told == [(receiver.address.rstrip("/"), 1.0, 0), (receiver.address.rstrip("/"), 2.0, 1)]
    receiver.status = 200
    assert notifier.send(index.alerts) == 1
    assert index.alerts.counts()["eau"] == len(index.alerts.new("eau")) > 0, "sending acknowledges nothing"


def test_each_address_has_a_mark_of_its_own(index, receiver):
    receiver.status = 500
    good = []
    notifier = Notifier([receiver.address, receiver.address + "autre"], pause=good.append)
    with pytest.raises(NotificationError, match=r"127\.0\.0\.1"):
        notifier.send(index.alerts, attempts=1)
    receiver.status = 200
    assert Notifier([receiver.address]).send(index.alerts) == 1
    assert notifier.send(index.alerts) == 1


@pytest.mark.parametrize("address", ["", "x", "nowhere://secret@host", "mailto://", "::://"])
def test_a_broken_address_is_refused_without_its_secrets(address):
    with pytest.raises(QueryError, match="none that apprise can send to") as caught:
        Notifier([address])
    assert "secret" not in str(caught.value)


def test_a_missing_library_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(newsindex.ExtraNotInstalled, match="with its extra `notify`"):
        Notifier(["json://x"])


def test_a_preview_sends_nothing(index, receiver):
    notifier = Notifier([receiver.address.replace("json://", "json://user:secret@")])
    (preview,) = notifier.preview(index.alerts)
    assert "manque" in preview
    assert "secret" not in preview
    assert receiver.received == []


def test_a_digest_has_only_addresses_of_the_web_and_a_line_for_each_headline(index):
    index.alerts.acknowledge("eau")
    hostile = "Eau\r\nBcc: x@y.test\x1b[31m"
    index.add([Article(hostile, "une eau tout autre", id="b", url="javascript:alert(1)")])
    _, body = digest_of(index.alerts.new())
    assert body.splitlines()[1:] == ["- Eau Bcc: x@y.test [31m"]


def test_a_digest_is_bounded(index):
    for number in range(60):
        index.alerts.add(f"alerte {number}", "eau")
    index.add(
        [
            Article(f"Eau {number} " + "x" * 500, f"eau {number}" * (number + 1), id=f"n{number}")
            for number in range(30)
        ]
    )
    title, body = digest_of(index.alerts.new())
    assert "…" in title
    assert "more for 11 other alerts" in body
    assert "and 10 more" in body or "and 11 more" in body
    assert max(map(len, body.splitlines())) < 300


def test_a_process_killed_between_sending_and_recording_sends_again(index, receiver):
    program = """
        import os, sys, newsindex
        from newsindex.alerts.notification import Notifier
        index = newsindex.open(sys.argv[1])
        index.alerts.set_delivered = lambda *args: os._exit(9)
        Notifier([sys.argv[2]]).send(index.alerts)
    """
    arguments = [sys.executable, "-c", textwrap.dedent(program), str(index.path), receiver.address]
    assert subprocess.run(arguments, check=False).returncode == 9
    assert len(receiver.received) == 1
    assert Notifier([receiver.address]).send(index.alerts) == 1, "told again, never lost"
    assert len(receiver.received) == 2
    assert [match.hit.article.id for match in index.alerts.new("eau")] == ["a"], "exactly once in new"


def test_an_address_of_another_index_counts_apart(index, receiver, make_index):
    other = make_index([])
    other.alerts.add("eau", "eau")
    other.add([Article("Eau", "eau", id="z")])
    assert Notifier([receiver.address]).send(index.alerts) == 1
    assert Notifier([receiver.address]).send(other.alerts) == 1
    assert newsindex.NotificationError is NotificationError
