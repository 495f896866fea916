"""Points in time are opened when they are needed, and the cluster does not keep those that nobody needs."""

from __future__ import annotations

import json

import pytest

from newsindex.backends.opensearch.connection import connect
from newsindex.backends.opensearch.searching.held_state import MAX_CONTINUED
from newsindex.backends.opensearch.searching.pinned_index import PinnedIndex
from newsindex.errors import ClusterUnavailable, CursorExpired

FOUND = {
    "_shards": {"total": 1, "failed": 0}, "timed_out": False, "hits": {"hits": [], "total": {"value": 0}},
}  # fmt: skip
BUSY = 429, {"error": {"type": "rejected_execution_exception", "reason": "too many"}}


class Points:
    """Answers as a node that opens points in time, and is too busy for some requests."""

    def __init__(self) -> None:
        self.opened = 0
        self.open: set[str] = set()
        self.busy: list[str] = []  # the methods and paths that are refused once each

    def answer(self, method, path, body):
        for refused in self.busy:
            if f"{method} {path}".startswith(refused):
                self.busy.remove(refused)
                return BUSY
        if method == "DELETE":
            self.open.difference_update(json.loads(body)["pit_id"])
            return 200, {}
        if "point_in_time" in path:
            self.opened += 1
            self.open.add(f"point {self.opened}")
            return 200, {"pit_id": f"point {self.opened}"}
        return 200, FOUND


@pytest.fixture
def points(node):
    points = Points()
    node.answer = points.answer
    return points


@pytest.fixture
def connection(node):
    return connect(f"opensearch://{node.host}/presse")


def test_a_state_is_forgotten_at_its_closing(points, connection):
    pinned = PinnedIndex(connection, "presse-v0001")
    pinned.search({})
    pinned.close()
    assert (points.opened, points.open) == (1, set())


def test_a_version_that_is_gone_is_told_without_the_hosts_of_the_cluster(node, connection):
    gone = {"error": {"type": "index_not_found_exception", "reason": "no such index"}}
    node.answer = lambda method, path, body: (404, gone)
    pinned = PinnedIndex(connection, "presse-v0001")
    with pytest.raises(CursorExpired) as caught:
        pinned.search({})
    assert (caught.value.kind, pinned.is_gone) == ("version_gone", True)
    assert node.host not in str(caught.value), "a server shows the error to its readers"


def test_states_that_are_searched_after_their_closing_are_not_all_kept(points, connection):
    for _ in range(MAX_CONTINUED + 5):
        pinned = PinnedIndex(connection, "presse-v0001")
        pinned.search({})
        pinned.close()
        pinned.search({})  # as a thread does that was searching
    assert len(points.open) == MAX_CONTINUED


def test_states_that_took_the_place_of_others_are_not_all_kept(points, connection):
    pinned = PinnedIndex(connection, "presse-v0001")
    for _ in range(MAX_CONTINUED + 5):
        pinned._renew(pinned.point)
    assert len(points.open) == MAX_CONTINUED + 1


def test_a_busy_cluster_does_not_keep_a_state_from_being_closed(points, connection):
    pinned = PinnedIndex(connection, "presse-v0001")
    pinned.search({})
    points.busy = ["DELETE"]
    pinned.close()
    assert points.busy == []


def test_a_busy_cluster_is_asked_again_for_a_state(points, connection):
    points.busy = ["POST /presse-v0001/_search/point_in_time"]
    assert PinnedIndex(connection, "presse-v0001").search({}).total == 0
    points.busy = ["POST /presse-v0001/_search/point_in_time"] * 10
    with pytest.raises(ClusterUnavailable, match="less busy"):
        PinnedIndex(connection, "presse-v0001").search({})
