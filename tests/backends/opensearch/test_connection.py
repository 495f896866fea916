"""Requests to a cluster, and the errors that they end with."""

import logging
import socket
import time
from zoneinfo import ZoneInfo

import pytest
from opensearchpy import OpenSearch

from newsindex import AccessDenied, ClusterUnavailable, DeadlineExceeded, NewsIndexError
from newsindex.backends.opensearch import connection as connection_module
from newsindex.backends.opensearch.alerts.conditional_writes import read_documents
from newsindex.backends.opensearch.connection import Connection, connect
from newsindex.backends.opensearch.refusals import NoHostAnswers, Refusal
from newsindex.backends.opensearch.writing.known_articles import KnownOnCluster
from newsindex.deadline import deadline

PASSWORD = "m0t-de-p@sse"


def connected(node, options="", login=""):
    return connect(f"opensearch://{login}{node.host}/presse{options}")


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.mark.parametrize(
    ("number", "distribution"),
    [
        ("2.18.0", "opensearch"),
        ("1.3.20", "opensearch"),
        ("4.0.0", "opensearch"),
        ("8.17.0", None),
        ("", None),
    ],
)
def test_another_version_is_refused_by_name(node, number, distribution):
    node.root = {"version": {"number": number, **({"distribution": distribution} if distribution else {})}}
    with pytest.raises(NewsIndexError, match=r"2\.19 and 3\.x") as caught:
        connected(node).request("GET", "/presse/_count")
    assert number in str(caught.value)
    assert ("Elasticsearch" in str(caught.value)) == (distribution is None)


@pytest.mark.parametrize("number", ["2.19.0", "2.20.1", "3.0.0", "3.8.0-SNAPSHOT"])
def test_a_known_version_is_asked_for_once(node, number):
    node.root = {"version": {"number": number, "distribution": "opensearch"}}
    connection = connected(node)
    for _ in range(2):
        assert connection.request("GET", "/presse/_mapping") == {}
    assert [path for _, path, _, _ in node.requests] == ["/", "/presse/_mapping", "/presse/_mapping"]


def test_what_is_no_cluster_is_told(node):
    node.root = b"<html>"
    with pytest.raises(NewsIndexError):
        connected(node).request("GET", "/presse/_count")


def test_where_no_host_answers_this_is_told_at_once():
    connection = connect(f"opensearch://127.0.0.1:{free_port()},127.0.0.1:{free_port()}/presse")
    with pytest.raises(NoHostAnswers, match="check that the cluster runs"):
        connection.request("GET", "/presse/_count")


def test_a_host_that_does_not_answer_is_passed_over(node):
    connection = connect(f"opensearch://127.0.0.1:{free_port()},{node.host}/presse")
    for _ in range(4):
        assert connection.request("GET", "/presse/_mapping") == {}


def test_a_host_that_is_switched_off_is_passed_over_long_before_the_time_of_a_request(node, monkeypatch):
    monkeypatch.setattr(connection_module, "_CONNECT_TIMEOUT", 0.1)
    with socket.socket() as full:  # one that takes no connection, as a host without power
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            with pytest.raises(NoHostAnswers, match=r"connect timeout=0\.1"):
                connect(f"opensearch://127.0.0.1:{port}/presse").request("GET", "/presse/_mapping")
            connection = connect(f"opensearch://127.0.0.1:{port},{node.host}/presse")
            assert connection.request("GET", "/presse/_mapping") == {}


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_passes_by_itself_is_told_so(node, status):
    node.answer = lambda *request: (status, {"error": {"type": "busy", "reason": "trop"}, "status": status})
    with pytest.raises(ClusterUnavailable, match="busy: trop"):
        connected(node).request("GET", "/presse/_count")


def test_a_node_that_died_while_it_was_asked_passes_by_itself(node):
    error = {"type": "node_disconnected_exception", "reason": "[n2] disconnected"}
    node.answer = lambda *request: (500, {"error": error, "status": 500})
    with pytest.raises(ClusterUnavailable, match="disconnected"):
        connected(node).request("GET", "/presse/_count")


@pytest.mark.parametrize(
    ("status", "advice"), [(400, "bad: non"), (401, "NEWSINDEX_CLUSTER_PASSWORD"), (403, "cluster template")]
)
def test_a_refusal_has_its_status_and_kind(node, status, advice):
    node.answer = lambda *request: (status, {"error": {"type": "bad", "reason": "non"}})
    with pytest.raises(Refusal, match=advice) as caught:
        connected(node).request("GET", "/presse/_count")
    assert (caught.value.status, caught.value.kind) == (status, "bad")


def test_a_right_that_is_missing_is_named(node):
    user = "User [name=moi, backend_roles=[], requestedTenant=null]"
    for rights, named in (
        ("indices:data/write/bulk[s]", "the right indices:data/write/bulk[s]:"),
        (
            "indices:admin/create, indices:admin/aliases",
            "the rights indices:admin/create, indices:admin/aliases:",
        ),
    ):
        error = {"type": "security_exception", "reason": f"no permissions for [{rights}] and {user}"}
        node.answer = lambda *request, error=error: (403, {"error": error, "status": 403})
        with pytest.raises(AccessDenied) as caught:
            connected(node).request("GET", "/presse/_count")
        assert f"does not give this user {named}" in str(caught.value)


def test_a_document_that_the_user_may_not_read_is_told_apart_from_one_that_no_node_has(node):
    connection = connected(node)
    error = {
        "type": "security_exception",
        "reason": "no permissions for [indices:data/read/mget[shard]] and X",
    }
    node.answer = lambda *request: (200, {"docs": [{"_id": "a", "error": error}]})
    with pytest.raises(AccessDenied, match=r"the right indices:data/read/mget\[shard\]:"):
        list(read_documents(connection, "presse", ["a"]))
    with pytest.raises(AccessDenied, match=r"the right indices:data/read/mget\[shard\]:"):
        KnownOnCluster(connection, ZoneInfo("Europe/Paris")).content_hash("a")
    error["type"] = "no_shard_available_action_exception"
    with pytest.raises(ClusterUnavailable):
        list(read_documents(connection, "presse", ["a"]))


def test_a_slow_node_is_waited_for_as_long_as_the_address_tells(node):
    node.answer = lambda *request: (time.sleep(2), (200, {}))[1]
    with pytest.raises(ClusterUnavailable, match=r"within 0\.2 s"):
        connected(node, "?timeout=0.2").request("GET", "/presse/_count")


def test_a_deadline_shortens_a_request(node):
    node.answer = lambda *request: (time.sleep(2), (200, {}))[1]
    connection = connected(node)
    connection._check_version()
    with deadline(0.2), pytest.raises(DeadlineExceeded):
        connection.request("GET", "/presse/_count")
    with deadline(0.0), pytest.raises(DeadlineExceeded):
        connection.request("GET", "/presse/_count")


def test_the_user_is_sent_and_shown_nowhere(node, caplog):
    caplog.set_level(logging.DEBUG)
    connection = connected(node, login=f"moi:{PASSWORD.replace('@', '%40')}é@")
    connection.request("GET", "/presse/_mapping")
    assert node.requests[-1][2]["authorization"] == "Basic bW9pOm0wdC1kZS1wQHNzZcOp"
    node.answer = lambda *request: (401, {"error": {"type": "bad", "reason": "non"}})
    with pytest.raises(Refusal) as caught:
        connection.request("GET", "/presse/_mapping")
    for text in (str(caught.value), repr(connection), connection.name, caplog.text):
        assert PASSWORD not in text
        assert "bW9pOm" not in text


def test_a_client_of_the_program_is_used_and_left_open(node):
    host, _, port = node.host.partition(":")
    client = OpenSearch([{"host": host, "port": int(port)}])
    connection = connect("opensearch:///presse", client)
    connection.request("GET", "/presse/_mapping")
    connection.close()
    assert client.transport.perform_request("GET", "/") == node.root


def test_several_searches_fail_where_one_does(node):
    node.answer = lambda *request: (
        200,
        {"responses": [{"hits": {}}, {"error": {"type": "a"}, "status": 400}]},
    )
    with pytest.raises(Refusal, match="a"):
        connected(node).msearch([({"index": "presse"}, {}), ({"index": "presse"}, {})])
    assert connected(node).msearch([]) == []


@pytest.mark.parametrize("option", ["ca", "cert"])
def test_a_certificate_that_cannot_be_read_is_told(tmp_path, option):
    file = tmp_path / "cert.pem"
    file.write_text("rien")
    with pytest.raises(NewsIndexError, match="PEM"):
        connect(f"opensearchs://un/presse?{option}={file}")


def test_https_is_not_spoken_to_who_speaks_http(node):
    connection = connect(f"opensearchs://{node.host}/presse")
    with pytest.raises(ClusterUnavailable):
        connection.request("GET", "/presse/_count")


def test_searches_of_an_index_ask_the_copies_that_know_of_every_refresh(node):
    connection: Connection = connected(node)
    connection.request("POST", "/presse/_search", {}, {"size": 1})
    assert node.requests[-1][1] == "/presse/_search?preference=_primary_first&size=1"
    connection.request("POST", "/_search", {})
    assert node.requests[-1][1] == "/_search"
