"""The roles that ``newsindex cluster template`` prints allow what the manual says, and nothing else."""

from __future__ import annotations

import copy
import os
from contextlib import ExitStack
from itertools import count

import pytest
from click.testing import CliRunner

import newsindex
from newsindex import AccessDenied, Article, clusters
from newsindex.backends.opensearch.connection import Connection
from newsindex.backends.opensearch.writing import cluster_writer
from newsindex.cli.main import main

from .engine_files import SECURED_VERSIONS
from .running import MAJOR, start_or_skip
from .secured_node import PASSWORD, running_secured_node

KINDS = ("search", "write", "rebuild")


@pytest.fixture(scope="module")
def node():
    """A node with OpenSearch's security plugin."""
    with ExitStack() as stack:
        version = SECURED_VERSIONS[os.environ.get(MAJOR, "2")]
        yield start_or_skip(stack, running_secured_node(version))


@pytest.fixture
def users(node, request):
    """Makes the three roles of an index and a user for each; gives the addresses by the kind of the role."""

    def make(name):
        roles = clusters.template(node.address(None, name))["roles"]
        for role, body in roles.items():
            node.put_role(role, body)
            node.put_user(role, role)
        return {kind: node.address(f"{name}-{kind}", name) for kind in KINDS}

    yield make
    node.ask("DELETE", "/presse*")


def articles(number, start=0):
    return [
        Article(f"Le barrage {n}", f"Les travaux durent depuis {n} mois.", id=f"a{n}", source="La Vigie")
        for n in range(start, start + number)
    ]


def ids(address):
    with newsindex.open(address) as index:
        return {article.id for article in index}


def search_all(index):
    """Does all that a reader does."""
    assert index.search("barrage", limit=2, facets=["source"], timeline="month").total == len(index)
    for query in ("barr*", "barage~", '"travaux durent"~3', "=travaux", 'source:"la vigie"', "titre:barrage"):
        assert index.search(query, collapse=True).hits
    first = index.search("barrage", limit=2)
    assert index.search("barrage", limit=2, after=first.next).hits
    assert index.similar(first[0].article.id).total
    assert index.explain("barrage", first[0].article.id)
    assert index.suggest("bar")
    assert index.words("titre:3").articles == 1
    with index.snapshot() as view:
        assert view.search("barrage").total == len(list(index))
    assert index.stats().articles == len(index)
    index.check()


def test_who_may_search_does_so_and_changes_nothing(node, users):
    by = users("presse")
    with newsindex.create(by["rebuild"]) as index:
        index.add(articles(12))
        index.alerts.add("eau", "barrage")
        index.add(articles(2, start=12))
    with newsindex.open(by["search"]) as index:
        search_all(index)
        assert [match.hit.article.id for match in index.alerts.new("eau")] == ["a12", "a13"]
        assert clusters.status(by["search"]).versions[0].articles == 14
        for change in (
            lambda: index.add(articles(1, start=20)),
            lambda: index.delete("a1"),
            lambda: index.optimize(),
            lambda: index.alerts.add("pont", "pont"),
            lambda: index.alerts.remove("eau"),
            lambda: index.alerts.acknowledge("eau"),
            lambda: clusters.rebuild(by["search"]),
        ):
            with pytest.raises(AccessDenied, match="does not give this user the right"):
                change()
        assert list(index.alerts) == ["eau"]
        assert len(list(index.alerts.new("eau"))) == 2
    assert len(ids(by["search"])) == 14


def test_who_may_search_is_shown_only_the_matches_that_a_writer_has_told(node, users):
    by = users("presse")
    with newsindex.create(by["rebuild"]) as index:
        index.alerts.add("eau", "barrage")
        with pytest.MonkeyPatch.context() as patch:  # the program of the writer ends before it tells them
            patch.setattr(cluster_writer.ClusterWriter, "_show", lambda writer: exit())
            with pytest.raises(SystemExit):
                index.add(articles(2))
    with newsindex.open(by["search"]) as index:
        index.refresh()
        assert list(index.alerts.new("eau")) == []
    with newsindex.open(by["write"]) as index:
        assert len(list(index.alerts.new("eau"))) == 2
    with newsindex.open(by["search"]) as index:
        assert len(list(index.alerts.new("eau"))) == 2


def test_who_may_write_changes_articles_and_alerts_and_makes_or_rebuilds_no_index(node, users, tmp_path):
    by = users("presse")
    with pytest.raises(AccessDenied, match="indices:admin/create"):
        newsindex.create(by["write"])
    newsindex.create(by["rebuild"]).close()
    file = tmp_path / "un.jsonl"
    file.write_text('{"headline": "Le pont", "id": "p"}\n', encoding="utf-8")
    with newsindex.open(by["write"]) as index:
        assert index.add(articles(150)).added == 150  # whose average lengths are recorded
        assert index.add(newsindex.read(file), resume=True).added == 1
        assert index.add(newsindex.read(file), resume=True).skipped == 1
        assert node.ask("GET", "/presse-files/_count")["count"] == 1
        assert index.delete("a1") == 1
        index.alerts.add("eau", "barrage")
        assert len(index.add([Article("Un barrage", id="b")]).alerts) == 1
        index.alerts.acknowledge("eau")
        assert list(index.alerts.new("eau")) == []
        index.alerts.remove("eau")
        index.optimize()
        assert index.search("barrage").total == 150
        index.check()
        for change in (lambda: clusters.rebuild(by["write"]), lambda: index.optimize(rebuild=True)):
            with pytest.raises(AccessDenied, match="indices:admin/create"):
                change()
    clusters.rebuild(by["rebuild"])
    with pytest.raises(AccessDenied, match="indices:admin/delete"):
        clusters.delete_old(by["write"])


def test_who_may_write_needs_no_right_to_make_indexes_where_the_template_is_installed(node, users, tmp_path):
    by = users("presse")
    printed = clusters.template(by["write"])
    for request in printed["requests"]:
        node.ask(request["method"], request["path"], request["body"])
    role = copy.deepcopy(printed["roles"]["presse-write"])
    del role["index_permissions"][1:]
    assert "create_index" not in str(role)
    node.put_role("presse-write", role)
    file = tmp_path / "un.jsonl"
    file.write_text('{"headline": "Le pont", "id": "p"}\n', encoding="utf-8")
    with newsindex.open(by["write"]) as index:
        index.alerts.add("pont", "pont")
        report = index.add(newsindex.read(file), resume=True)
        assert (report.added, len(report.alerts)) == (1, 1)
    assert node.ask("GET", "/presse-files/_count")["count"] == 1


def test_who_may_rebuild_makes_rebuilds_and_takes_over(node, users):
    by = users("presse")
    with newsindex.create(by["rebuild"]) as index:
        index.add(articles(120))

    class Stopped(BaseException):
        pass

    def stop(count):
        raise Stopped

    with pytest.MonkeyPatch.context() as patch:  # as if the process ended there
        patch.setattr("newsindex.backends.opensearch.writing.rebuild._Rebuild.give_up", lambda rebuild: None)
        with pytest.raises(Stopped):
            clusters.rebuild(by["rebuild"], progress=stop)
    assert clusters.rebuild(by["rebuild"], take_over=True) == "presse-v0001"
    assert clusters.rebuild(by["rebuild"]) == "presse-v0003"
    assert clusters.delete_old(by["rebuild"]) == ["presse-v0003"]
    assert len(ids(by["search"])) == 120


def test_the_roles_of_an_index_give_no_right_to_one_whose_name_begins_alike(node, users):
    by, others = users("presse"), [users("presse-vallee"), users("presse-regionale")]
    for other in others:
        with newsindex.create(other["rebuild"]) as index:
            index.add(articles(1))
    newsindex.create(by["rebuild"]).close()
    for name in ("presse-vallee", "presse-regionale"):
        for kind in KINDS:
            with pytest.raises(AccessDenied):
                newsindex.open(node.address(f"presse-{kind}", name))
    with newsindex.open(by["write"]) as index:
        assert index.add(articles(1)).added == 1
    assert clusters.rebuild(by["rebuild"]) == "presse-v0001"
    assert clusters.delete_old(by["rebuild"]) == ["presse-v0001"]
    assert [ids(other["search"]) for other in others] == [{"a0"}, {"a0"}]


def test_a_right_that_is_taken_away_while_articles_are_sent_loses_none_in_silence(node, users, monkeypatch):
    by = users("presse")
    newsindex.create(by["rebuild"]).close()
    monkeypatch.setattr(cluster_writer, "MAX_KEPT", 10)
    monkeypatch.setattr(cluster_writer, "_BATCH", 10)
    monkeypatch.setattr(cluster_writer, "_MIN_AVERAGED", 1000)  # average lengths need another right
    roles = clusters.template(by["write"])["roles"]

    searching = roles["presse-search"] | {"cluster_permissions": roles["presse-write"]["cluster_permissions"]}
    send, sent = Connection.bulk, count(1)

    def bulk(connection, *arguments, **options):
        if next(sent) == 5:
            node.put_role("presse-write", searching)
        return send(connection, *arguments, **options)

    monkeypatch.setattr(Connection, "bulk", bulk)
    with newsindex.open(by["write"]) as index:
        with pytest.raises(AccessDenied, match=r"indices:data/write/bulk.* changes were kept") as caught:
            index.add(articles(200))
        told = int(str(caught.value).partition("; ")[2].split()[0])
        assert 0 < told <= len(ids(by["search"])) < 200
        node.put_role("presse-write", roles["presse-write"])
        report = index.add(articles(200))
        assert report.added + report.skipped == 200
    assert len(ids(by["search"])) == 200


def test_a_right_to_read_the_alerts_that_is_missing_is_told_at_once(node, users):
    by = users("presse")
    with newsindex.create(by["rebuild"]) as index:
        index.alerts.add("eau", "barrage")
        index.add(articles(1))
    role = copy.deepcopy(clusters.template(by["search"])["roles"]["presse-search"])
    role["index_permissions"][0]["index_patterns"].remove("presse-alerts")
    node.put_role("presse-search", role)
    with newsindex.open(by["search"]) as index:
        assert index.search("barrage").total == 1
        with pytest.raises(AccessDenied, match="indices:admin/mappings/get"):
            list(index.alerts)


def test_no_state_and_no_scroll_of_a_reader_is_left_open(node, users):
    by = users("presse")
    with newsindex.create(by["rebuild"]) as index:
        index.add(articles(3))
    with newsindex.open(by["search"]) as index:
        states = [open_states(node)]
        with index.snapshot():
            states.append(open_states(node))
        index.check()
        states.append(open_states(node))
    states.append(open_states(node))
    assert states == [1, 2, 1, 0]


def open_states(node):
    return node.ask("GET", "/presse/_stats/search")["_all"]["total"]["search"]["open_contexts"]


def test_the_command_takes_the_user_from_the_environment_and_names_what_is_missing(node, users, monkeypatch):
    users("presse")
    at = ["--at", node.address(None, "presse")]

    def run(user, *arguments, password=PASSWORD):
        monkeypatch.setenv("NEWSINDEX_CLUSTER_USER", user)
        monkeypatch.setenv("NEWSINDEX_CLUSTER_PASSWORD", password)
        result = CliRunner().invoke(main, [*arguments, *at])
        return result.exit_code, result.output

    assert run("presse-rebuild", "cluster", "create")[0] == 0
    assert run("presse-write", "index", "sample_corpus/depeches.csv")[0] == 0
    assert run("presse-write", "alert", "add", "eau", "barrage")[0] == 0
    assert run("presse-search", "search", "barrage")[0] == 0
    known = next(iter(ids(node.address("presse-search", "presse"))))
    assert run("presse-search", "cluster", "status")[0] == 0
    status, output = run("presse-search", "delete", known)
    assert (status, output.count("\n")) == (3, 1)
    assert "does not give this user the right indices:data/write/bulk" in output
    status, output = run("presse-search", "search", "barrage", password="faux")
    assert (status, output.count("\n")) == (3, 1)
    assert "asks for another user or password" in output
    assert "faux" not in output
