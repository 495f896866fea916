"""Changes that are sent in bulk to a server which refuses some of them, some of the time."""

import json
import threading
import time
from itertools import count

import pytest

from newsindex import ClusterUnavailable
from newsindex.backends.opensearch import patience
from newsindex.backends.opensearch.connection import connect
from newsindex.backends.opensearch.index_record import Places
from newsindex.backends.opensearch.refusals import Refusal
from newsindex.backends.opensearch.writing import bulk_sender
from newsindex.backends.opensearch.writing.bulk_sender import BulkSender, Change

PLACES = Places("presse-v0001", "presse-Write-1", None, 1)
BUSY = {"type": "rejected_execution_exception", "reason": "trop"}
MISSING = {"type": "index_not_found_exception", "reason": "no such index [presse-Write-1]"}


class Told:
    """What a sender told."""

    def __init__(self):
        self.sent, self.refused, self.moved = [], [], []


@pytest.fixture
def told():
    return Told()


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    monkeypatch.setattr(patience, "_LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(patience, "_FIRST_PAUSE", 0.01)


@pytest.fixture
def sender_to(told):
    made = []

    def make(node, places=PLACES, patience=5.0, options="", **arguments):
        sender = BulkSender(
            connect(f"opensearch://{node.host}/presse{options}"),
            places,
            on_sent=lambda changes: told.sent.extend(change.article_id for change in changes),
            on_refused=lambda change, reason: told.refused.append((change.article_id, reason)),
            on_moved=told.moved.append,
            patience=patience,
            **arguments,
        )
        made.append(sender)
        return sender

    yield make
    for sender in made:
        sender.close()


def changes(*names):
    return [Change(name, version, b'{"id":1}') for version, name in enumerate(names, 1)]


def operations(body):
    """The actions of a bulk request."""
    return [
        action
        for line in body.splitlines()
        for action in json.loads(line).values()
        if isinstance(action, dict)
    ]


def taken(method, path, body):
    """The answer of a node that takes everything."""
    return 200, {"items": [{"index": {"status": 201}} for _ in operations(body)]}


def answering(*statuses):
    """An answer with one status for each operation, in each of the first requests; then all are taken."""
    left = list(statuses)

    def answer(method, path, body):
        if not left:
            return taken(method, path, body)
        items = [
            {"index": {"status": status, **({"error": BUSY} if status >= 400 else {})}}
            for status in left.pop(0)
        ]
        return 200, {"items": items}

    return answer


def bulks(node):
    return [operations(body) for _, path, _, body in node.requests if path.startswith("/_bulk")]


def send(sender, some):
    sender.submit(some)
    sender.wait()


def test_what_is_taken_is_told(node, sender_to, told):
    node.answer = taken
    send(sender_to(node), changes("a", "b"))
    assert (told.sent, told.refused) == (["a", "b"], [])
    (sent,) = bulks(node)
    assert sent[0] == {"_index": "presse-Write-1", "_id": "a", "version": 1, "version_type": "external_gte"}
    assert node.requests[-1][1] == "/_bulk?require_alias=true"


def test_only_what_a_busy_cluster_refused_is_sent_again(node, sender_to, told):
    node.answer = answering([201, 429, 503, 409], [201, 429])
    send(sender_to(node), changes("a", "b", "c", "d"))
    assert sorted(told.sent) == ["a", "b", "c", "d"]
    assert [[operation["_id"] for operation in sent] for sent in bulks(node)] == [
        ["a", "b", "c", "d"], ["b", "c"], ["c"],
    ]  # fmt: skip


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_storm_of_refusals_passes(node, sender_to, told, status):
    storm = count()

    def answer(method, path, body):
        return (status, {"error": BUSY}) if next(storm) < 20 else taken(method, path, body)

    node.answer = answer
    send(sender_to(node), changes("a", "b"))
    assert told.sent == ["a", "b"]


def test_a_time_out_is_tried_again(node, sender_to, told):
    slow = count()

    def answer(method, path, body):
        if next(slow) < 2:
            time.sleep(0.6)
        return taken(method, path, body)

    node.answer = answer
    send(sender_to(node, options="?timeout=0.2"), changes("a"))
    assert told.sent == ["a"]
    assert len(bulks(node)) == 3


def test_patience_ends_with_the_error(node, sender_to, told):
    node.answer = lambda *request: (429, {"error": BUSY})
    with pytest.raises(ClusterUnavailable, match="trop"):
        send(sender_to(node, patience=0.1), changes("a"))
    assert told.sent == []


def test_a_refused_article_is_told_with_its_reason_and_the_others_are_taken(node, sender_to, told):
    refusal = {"type": "mapper_parsing_exception", "reason": "failed", "caused_by": {"reason": "bad date"}}

    def answer(method, path, body):
        return 200, {"items": [{"index": {"status": 201}}, {"index": {"status": 400, "error": refusal}}]}

    node.answer = answer
    send(sender_to(node), changes("a", "b"))
    assert told.sent == ["a"]
    assert told.refused == [("b", "failed: bad date")]


DENIED = {"type": "security_exception", "reason": "no permissions for [indices:data/write/bulk[s]] and User"}
READ_ONLY = {"type": "cluster_block_exception", "reason": "blocked by: [FORBIDDEN/5/index read-only (api)];"}


@pytest.mark.parametrize(
    ("error", "said"), [(DENIED, r"the right indices:data/write/bulk\[s\]:"), (READ_ONLY, "read-only")]
)
def test_what_the_cluster_forbids_is_one_error_and_no_reason_to_refuse_an_article(
    node, sender_to, told, error, said
):
    results = [
        {"status": 201},
        {"status": 403, "error": error},
        {"status": 403, "error": error},
        {"status": 201},
    ]
    node.answer = lambda *request: (200, {"items": [{"index": result} for result in results]})
    with pytest.raises(Refusal, match=said):
        send(sender_to(node), changes("a", "b", "c", "d"))
    assert (told.sent, told.refused) == (["a", "d"], [])
    assert len(bulks(node)) == 1


def test_what_was_there_to_delete_no_more_is_done(node, sender_to, told):
    node.answer = lambda *request: (200, {"items": [{"delete": {"status": 404, "result": "not_found"}}]})
    send(sender_to(node), [Change("a", 1, None)])
    assert told.sent == ["a"]


def test_a_batch_that_is_too_large_is_halved_down_to_the_article(node, sender_to, told):
    def answer(method, path, body):
        ids = [operation["_id"] for operation in operations(body)]
        return (413, b"") if "d" in ids else taken(method, path, body)

    node.answer = answer
    send(sender_to(node), changes(*"abcdefgh"))
    assert sorted(told.sent) == list("abcefgh")
    assert [article_id for article_id, _ in told.refused] == ["d"]


@pytest.mark.parametrize("is_of_one_item", [False, True])
def test_a_large_article_for_which_the_cluster_has_no_memory_is_refused(
    node, sender_to, told, monkeypatch, is_of_one_item
):
    monkeypatch.setattr(bulk_sender, "_MAX_BYTES", 20)
    error = {"type": "circuit_breaking_exception", "reason": "Data too large"}

    def answer(method, path, body):
        if b"gros" not in body:
            return taken(method, path, body)
        item = {"items": [{"index": {"status": 429, "error": error}}]}
        return (200, item) if is_of_one_item else (429, {"error": error, "status": 429})

    node.answer = answer
    large = Change("b", 2, b'{"id":"un gros article"}')
    send(sender_to(node, patience=0.1), [*changes("a"), large, *changes("c")])
    assert told.sent == ["a", "c"]
    assert [article_id for article_id, _ in told.refused] == ["b"]
    assert "memory" in told.refused[0][1]


def test_batches_are_bounded(node, sender_to, told, monkeypatch):
    monkeypatch.setattr(bulk_sender, "_MAX_BYTES", 20)
    node.answer = taken
    send(sender_to(node), changes(*"abcde"))
    assert list(map(len, bulks(node))) == [2, 2, 1]
    assert sorted(told.sent) == list("abcde")


def test_writes_go_where_they_belong_after_the_alias_has_moved(node, sender_to, told):
    def answer(method, path, body):
        if path.startswith("/presse-v0*"):
            aliases = {"presse": {}, "presse-Write-2": {}}
            return 200, {
                "presse-v0001": {"aliases": aliases},
                "presse-v0002": {"aliases": {"presse-Copy-2": {}}},
            }
        if operations(body)[0]["_index"] == "presse-Write-1":
            return 200, {"items": [{"index": {"status": 404, "error": MISSING}} for _ in operations(body)]}
        return taken(method, path, body)

    node.answer = answer
    send(sender_to(node), changes("a", "b"))
    assert told.sent == ["a", "b"]
    assert [places.aliases for places in told.moved] == [("presse-Write-2", "presse-Copy-2")]
    assert [sent[0]["_index"] for sent in bulks(node)] == [
        "presse-Write-1",
        "presse-Write-2",
        "presse-Copy-2",
    ]


def test_a_rebuild_whose_index_went_away_ends(node, sender_to):
    node.answer = lambda *request: (200, {"items": [{"index": {"status": 404, "error": MISSING}}]})
    with pytest.raises(Refusal):
        send(sender_to(node, aliases=("presse-Copy-2",)), changes("a"))


def test_no_more_batches_wait_than_there_is_room_for(node, sender_to, told):
    may_answer = threading.Event()

    def answer(method, path, body):
        may_answer.wait(10)
        return taken(method, path, body)

    node.answer = answer
    sender = sender_to(node)
    submitted = []

    def submit():
        for name in "abcdefgh":
            sender.submit(changes(name))
            submitted.append(name)

    thread = threading.Thread(target=submit)
    thread.start()
    thread.join(0.5)
    assert len(submitted) == bulk_sender._MAX_WAITING
    may_answer.set()
    thread.join()
    sender.wait()
    assert sorted(told.sent) == list("abcdefgh")


def test_a_sender_that_is_closed_tries_no_more(node, sender_to):
    node.answer = lambda *request: (429, {"error": BUSY})
    sender = sender_to(node, patience=1000.0)
    sender.submit(changes("a"))
    while not bulks(node):
        time.sleep(0.01)
    sender.close()
    with pytest.raises(ClusterUnavailable):
        sender.wait()
