"""Faults of a cluster lose nothing, and each is told by the error that names it.

``python -m tests.cluster.campaign`` does the same for longer.
"""

from __future__ import annotations

import json
import threading
import time

import pytest

import newsindex
from newsindex import Article
from newsindex.backends.opensearch.writing import bulk_sender
from newsindex.errors import ClusterUnavailable, CursorExpired

from . import attacks
from .nodes import free_ports
from .proxy import Answer, delay, refuse_all, refuse_first, running_proxy

FEW = [Article(f"Titre {i}", f"Corps numéro {i} du journal.", id=f"a{i}") for i in range(20)]
OPTIONS = "?shards=1&replicas=0"


@pytest.fixture
def nodes(cluster):
    """Nodes that a test may kill."""
    if cluster.nodes is None:
        pytest.skip("the nodes of a cluster that was given are not killed")
    yield cluster.nodes
    cluster.nodes.start()


@pytest.fixture
def proxy(cluster):
    """A server between the index of a test and the cluster."""
    with running_proxy(cluster.port) as proxy:
        yield proxy


@pytest.fixture
def address(cluster, proxy, request):
    """The address of an index by way of the proxy."""
    name = f"faute-{abs(hash(request.node.nodeid)):x}"
    return cluster.address_of(name, by=proxy.host) + OPTIONS


@pytest.fixture
def index(address):
    """An index of a few articles by way of the proxy."""
    with newsindex.create(address) as index:
        index.add(FEW)
        yield index


def name_in(address):
    """The name of the index in an address."""
    return address.partition("?")[0].rpartition("/")[2]


def await_status(cluster, status):
    """Wait until the cluster has noticed what happened to a node."""
    until = time.monotonic() + 120
    while cluster.ask("GET", "/_cluster/health")["status"] != status:
        assert time.monotonic() < until, f"the cluster is not {status}"
        time.sleep(0.2)


def is_bulk(request):
    return request.is_bulk


def is_search(request):
    return "_search" in request.path or "_msearch" in request.path


@pytest.fixture
def impatient(monkeypatch):
    """Writers give up after a second without any progress."""
    monkeypatch.setitem(bulk_sender.BulkSender.__init__.__kwdefaults__, "patience", 1.0)


# Nodes


def test_a_node_that_is_killed_under_load_loses_nothing(nodes, cluster):
    figures = attacks.kill_nodes(nodes, lambda name: cluster.address_of(f"mort-{name}"), kills=1)
    assert figures["nodes killed"] == 1
    assert figures["articles verified"] > 0
    assert figures["searches answered"] > 0


def test_a_node_that_does_not_answer_is_told_or_passed_by(nodes, cluster):
    address = cluster.address_of("lent")
    with newsindex.create(address + "?shards=3&replicas=1&timeout=3") as index:
        index.add(FEW)
        nodes[1].pause()
        try:
            assert index.search("journal", limit=0, timeout=3).total == len(FEW)
        except (ClusterUnavailable, newsindex.DeadlineExceeded):
            pass
        finally:
            nodes[1].resume()
        nodes.wait_until_green()
        assert index.search("journal", limit=0).total == len(FEW)


def test_a_search_without_some_shards_is_refused_or_says_so(nodes, cluster):
    address = cluster.address_of("partiel")
    with newsindex.create(address + "?shards=3&replicas=0&timeout=20") as index:
        index.add(FEW)
    nodes[2].kill()
    await_status(cluster, "red")
    with pytest.raises(ClusterUnavailable):
        newsindex.open(address + "?timeout=20").search("journal")
    with newsindex.open(address + "?timeout=20&partial=true") as partial:
        results = partial.search("journal", limit=100)
        assert 0 < results.total < len(FEW)
        assert [note.kind for note in results.notes] == ["partial"]
    nodes.start()
    with newsindex.open(address) as index:
        assert index.search("journal", limit=0).total == len(FEW)


def test_a_cluster_of_which_no_node_answers_is_told_at_once(cluster):
    ports = free_ports(3)
    address = cluster.address_of("rien", by=",".join(f"127.0.0.1:{port}" for port in ports))
    for call in (newsindex.open, newsindex.create, newsindex.rebuild):
        with pytest.raises(ClusterUnavailable, match=r"no host of .* answers .* check that the cluster runs"):
            call(address)


def test_an_index_whose_cluster_goes_away_is_an_error_in_every_call(cluster):
    with running_proxy(cluster.port) as proxy:
        address = cluster.address_of("parti", by=proxy.host) + OPTIONS
        index = newsindex.create(address)
        index.add(FEW)
    for call in (
        lambda: index.search("journal"), lambda: index.get("a1"), lambda: index.add(FEW[:1]), index.stats,
        lambda: index.delete("a1"), index.check, lambda: index.search("numéro", limit=1),
    ):  # fmt: skip
        with pytest.raises(ClusterUnavailable, match="no host"):
            call()
    assert "opensearch://" in repr(index)
    index.close()


# Refusals that pass


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_bulks_that_are_refused_for_a_while_are_sent_again(index, proxy, status):
    proxy.fault = refuse_first(4, status, is_bulk)
    report = index.add([Article(f"Neuf {i}", id=f"n{i}") for i in range(50)])
    assert (report.added, report.errors) == (50, [])
    assert proxy.statuses(is_bulk).count(status) == 4
    assert len(index) == len(FEW) + 50


def test_single_articles_that_are_refused_for_a_while_are_sent_again(index, proxy):
    refused = []

    def refuse_every_third(request, answer):
        if not request.is_bulk or len(refused) >= 3:
            return answer
        content = json.loads(answer.body)
        for item in content["items"][::3]:
            (result,) = item.values()
            refused.append(result["_id"])
            result["status"] = 429
            result["error"] = {"type": "rejected_execution_exception", "reason": "queue is full"}
        content["errors"] = True
        return Answer(answer.status, json.dumps(content).encode(), {"content-type": "application/json"})

    proxy.change = refuse_every_third
    report = index.add([Article(f"Neuf {i}", id=f"n{i}") for i in range(30)])
    assert len(refused) >= 3
    assert (report.added, report.errors, len(index)) == (30, [], len(FEW) + 30)


def test_an_answer_that_is_lost_does_not_write_twice(index, proxy):
    lost = []

    def lose_first(request, answer):
        if request.is_bulk and not lost:
            lost.append(request)
            return Answer(504, b"{}", {"content-type": "application/json"})
        return answer

    proxy.change = lose_first
    report = index.add([Article("Neuf", id="n"), *FEW])
    assert len(lost) == 1
    assert (report.added, report.skipped, len(index)) == (1, len(FEW), len(FEW) + 1)


def test_a_cluster_that_stays_busy_says_how_far_the_writer_came(index, proxy, impatient):
    proxy.fault = refuse_all(429, is_bulk)
    with pytest.raises(
        ClusterUnavailable, match=r"429 .*0 of 1 change was kept: make the same changes again"
    ):
        index.add([Article("Neuf", id="n")])
    proxy.fault = None
    assert index.add([Article("Neuf", id="n")]).added == 1


def test_one_article_that_the_cluster_does_not_take_is_one_error(index, proxy):
    def refuse_one(request, answer):
        if not request.is_bulk:
            return answer
        content = json.loads(answer.body)
        for item in content["items"]:
            (result,) = item.values()
            if result["_id"] == "n1":
                result["status"] = 400
                result["error"] = {"type": "mapper_parsing_exception", "reason": "failed to parse"}
        return Answer(answer.status, json.dumps(content).encode(), {"content-type": "application/json"})

    proxy.change = refuse_one
    report = index.add([Article(f"Neuf {i}", id=f"n{i}") for i in range(3)])
    assert report.added == 2
    (error,) = report.errors
    assert "'n1'" in str(error)
    assert "failed to parse" in str(error)


def test_searches_that_are_refused_are_an_error_that_says_why(index, proxy):
    proxy.fault = refuse_all(429, is_search)
    with pytest.raises(ClusterUnavailable, match="429"):
        index.search("journal")
    proxy.fault = None
    assert index.search("journal", limit=0).total == len(FEW)


def test_a_slow_search_ends_at_its_deadline(index, proxy):
    assert index.search("journal", limit=0).total == len(FEW)
    proxy.fault = delay(3, is_search)
    with pytest.raises(newsindex.DeadlineExceeded):
        index.search("numéro", timeout=0.5)
    proxy.fault = None
    assert index.search("numéro", limit=0).total == len(FEW)


def test_an_answer_that_takes_too_long_is_told(address, index, proxy):
    with newsindex.open(address + "&timeout=3") as hasty:
        hasty.search("journal")
        proxy.fault = delay(6, is_search)
        with pytest.raises(ClusterUnavailable, match="within 3 s"):
            hasty.search("numéro")
    proxy.fault = None


# States that the cluster has forgotten


def test_a_cursor_whose_state_is_gone_is_an_error_with_its_name(nodes, cluster, index):
    cursor = index.search("journal", limit=5).next
    assert index.search("journal", limit=5, after=cursor).total == len(FEW)
    cluster.ask("DELETE", "/_search/point_in_time/_all")
    with pytest.raises(CursorExpired, match="search again from the first page"):
        index.search("journal", limit=5, after=cursor)
    assert len(index.search("journal", limit=5)) == 5


# Rebuilds


def test_what_is_written_during_a_rebuild_is_in_the_new_version(address, index, proxy):
    passed, entered = threading.Event(), threading.Event()

    def hold_copying(request):
        if request.is_bulk and b"-Copy-" in request.body:
            entered.set()
            assert passed.wait(60)

    proxy.fault = hold_copying
    rebuilding = threading.Thread(target=newsindex.rebuild, args=(address,))
    rebuilding.start()
    assert entered.wait(60)
    with newsindex.open(address) as other:
        passed.set()
        other.add([Article("Pendant", id="neuf"), Article("Changé", id="a1")])
        assert other.delete("a2") == 1
    rebuilding.join(120)
    proxy.fault = None
    index.refresh()
    expected = {one.id: one.headline for one in FEW} | {"neuf": "Pendant", "a1": "Changé"}
    del expected["a2"]
    assert {one.id: one.headline for one in index} == expected
    assert index.search("", limit=0).total == len(expected)
    assert index.add([Article("Après", id="après")]).added == 1
    index.check()


def test_of_two_rebuilds_at_once_the_second_is_refused(cluster, address, index, proxy):
    passed, entered = threading.Event(), threading.Event()

    def hold_copying(request):
        if request.is_bulk and b"-Copy-" in request.body:
            entered.set()
            assert passed.wait(60)

    proxy.fault = hold_copying
    rebuilding = threading.Thread(target=newsindex.rebuild, args=(address,))
    rebuilding.start()
    assert entered.wait(60)
    try:
        with pytest.raises(newsindex.IndexLocked, match=r"a rebuild of .* has begun .* --take-over"):
            newsindex.rebuild(address)
    finally:
        passed.set()
        rebuilding.join(120)
    index.refresh()
    assert len(index) == len(FEW)
    newsindex.rebuild(address)
    index.refresh()
    assert len(index) == len(FEW)


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(address, index, proxy, impatient):
    proxy.fault = refuse_all(503, lambda request: request.is_bulk and b"-Copy-" in request.body)
    with pytest.raises(ClusterUnavailable):
        newsindex.rebuild(address)
    proxy.fault = None
    assert index.add([Article("Après", id="après")]).added == 1
    assert len(index) == len(FEW) + 1
    newsindex.rebuild(address)
    index.refresh()
    assert len(index) == len(FEW) + 1
    index.check()


def test_the_version_before_is_kept_and_the_one_before_that_is_not(cluster, address, index):
    for _ in range(3):
        newsindex.rebuild(address)
    name = name_in(address)
    rows = cluster.ask("GET", f"/_cat/indices/{name}-v*?format=json&h=index")
    assert sorted(row["index"] for row in rows) == [f"{name}-v0003", f"{name}-v0004"]
    aliases = cluster.ask("GET", f"/{name}-v*/_alias")
    assert [of for of, found in aliases.items() if name in found["aliases"]] == [f"{name}-v0004"]


# What newsindex does not know


@pytest.mark.parametrize(
    ("number", "distribution", "told"),
    [("1.3.20", "opensearch", "OpenSearch 1.3.20"), ("2.18.0", "opensearch", "OpenSearch 2.18.0"),
     ("4.0.0", "opensearch", "OpenSearch 4.0.0"), ("8.15.0", None, "Elasticsearch 8.15.0")],
)  # fmt: skip
def test_a_version_that_is_not_known_is_refused(cluster, proxy, number, distribution, told):
    def change(request, answer):
        if request.path != "/":
            return answer
        content = json.loads(answer.body)
        content["version"]["number"] = number
        del content["version"]["distribution"]
        if distribution:
            content["version"]["distribution"] = distribution
        return Answer(200, json.dumps(content).encode(), {"content-type": "application/json"})

    proxy.change = change
    with pytest.raises(
        newsindex.NewsIndexError, match=f"is {told}, and newsindex works with OpenSearch 2.19"
    ):
        newsindex.create(cluster.address_of("version", by=proxy.host))
    assert all(request.path == "/" for request, _ in proxy.seen), "nothing else was asked"


def test_a_server_of_another_kind_is_told(cluster, proxy):
    proxy.change = lambda request, answer: Answer(200, b"<html>Bonjour</html>", {"content-type": "text/html"})
    with pytest.raises(
        newsindex.NewsIndexError, match=r"check that the port is that of OpenSearch|is Elasticsearch"
    ):
        newsindex.open(cluster.address_of("autre", by=proxy.host))


@pytest.mark.parametrize(
    "changed",
    [{"properties": {"humeur": {"type": "keyword"}}, "dynamic": "true"},
     {"_meta": {"newsindex": {"format": 1}}}, {"_meta": {}}, {"dynamic": "false"}],
)  # fmt: skip
def test_a_mapping_that_was_changed_by_hand_is_refused(cluster, address, index, changed):
    name = name_in(address)
    cluster.ask("PUT", f"/{name}-v0001/_mapping", changed)
    with pytest.raises(newsindex.AnalyzerMismatch, match=r"changed by hand|lost the record"):
        newsindex.open(address)


@pytest.mark.parametrize(("number", "error"), [(0, newsindex.IndexTooOld), (99, newsindex.IndexTooNew)])
def test_another_format_is_refused(cluster, address, index, number, error):
    name = name_in(address)
    mapping = cluster.ask("GET", f"/{name}-v0001/_mapping")[f"{name}-v0001"]["mappings"]
    mapping["_meta"]["newsindex"]["format"] = number
    cluster.ask("PUT", f"/{name}-v0001/_mapping", {"_meta": mapping["_meta"]})
    with pytest.raises(error, match=f"the format {number}"):
        newsindex.open(address)


def test_an_index_that_was_deleted_by_hand_is_not_found_again(cluster, address, index):
    name = name_in(address)
    cluster.ask("DELETE", f"/{name}-v0001")
    with pytest.raises(newsindex.IndexNotFound):
        newsindex.open(address)
    for call in (lambda: index.add([Article("Neuf")]), index.refresh):
        with pytest.raises(newsindex.IndexNotFound):
            call()
    with pytest.raises(newsindex.NewsIndexError):
        index.search("numéro")


def test_an_article_that_was_damaged_by_hand_is_found_by_the_check(cluster, address, index):
    name = name_in(address)
    index.check()
    source = cluster.ask("GET", f"/{name}-v0001/_doc/a1")["_source"]
    source["article"]["headline"] = "Changé à la main"
    cluster.ask("PUT", f"/{name}-v0001/_doc/a1?refresh=true", source)
    index.refresh()
    with pytest.raises(newsindex.IndexCorrupt, match="a1"):
        index.check()
