"""Rebuilding of an index on a cluster, with writers at work and with rebuilds that were stopped."""

import threading
from contextlib import suppress

import pytest
from click.testing import CliRunner

import newsindex
from newsindex import Article, ClusterUnavailable, IndexLocked, NewsIndexError, clusters
from newsindex.backends.opensearch.connection import Connection, connect
from newsindex.backends.opensearch.index_record import read_aliases, read_places, read_record
from newsindex.backends.opensearch.writing import article_copy
from newsindex.backends.opensearch.writing import rebuild as rebuild_module
from newsindex.backends.opensearch.writing.rebuild import rebuild_index
from newsindex.cli import main
from newsindex.errors import CursorExpired


def article(number, version=0):
    return Article(f"Titre {number}", f"Le barrage numéro {number}, version {version}.", id=f"a{number}")


@pytest.fixture
def address(make_cluster_index):
    return make_cluster_index()


@pytest.fixture
def connection(address):
    connected = connect(address)
    yield connected
    connected.close()


def number_of(article_id):
    return int(article_id.removeprefix("a"))


def contents(address):
    with newsindex.open(address) as index:
        index.check()
        return {one.id: one for one in index}


def stopped_at(monkeypatch, step):
    """Has a rebuild end before a step as if its process was killed: it cleans nothing up."""

    def stop(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(rebuild_module._Rebuild, step, stop)
    monkeypatch.setattr(rebuild_module._Rebuild, "give_up", lambda rebuild: None)


def test_a_rebuild_changes_no_article_and_keeps_the_version_before(address, connection):
    with newsindex.open(address) as index:
        index.add([article(number) for number in range(30)])
        index.delete("a3")
        identity = index.identity
    before = contents(address)
    assert clusters.rebuild(address).endswith("-v0001")
    assert contents(address) == before
    assert sorted(name[-5:] for name in read_aliases(connection)) == ["v0001", "v0002"]
    clusters.rebuild(address)
    assert sorted(name[-5:] for name in read_aliases(connection)) == ["v0002", "v0003"]
    assert [name[-5:] for name in clusters.delete_old(address)] == ["v0002"]
    with newsindex.open(address) as index:
        assert index.identity == identity
        assert index.add([article(1), article(99)]).skipped == 1
    assert contents(address) == {**before, "a99": article(99)}


def test_who_searches_a_version_that_is_deleted_is_told_and_finds_the_next_one(address):
    with newsindex.open(address) as index:
        index.add([article(number) for number in range(3)])
        assert index.search("barrage").total == 3
        clusters.rebuild(address)
        with newsindex.open(address) as other:
            other.add([article(99)])
        assert index.search("barrage").total == 3
        clusters.delete_old(address)
        with pytest.raises(CursorExpired, match="search again"):
            index.search("barrage")
        assert index.search("barrage").total == 4


def test_an_empty_index_is_rebuilt(address):
    clusters.rebuild(address)
    assert contents(address) == {}


def test_a_rebuild_renews_the_average_lengths_and_keeps_the_settings(make_cluster_index):
    address = make_cluster_index("shards=2&replicas=0&index.codec=best_compression")
    with newsindex.open(address) as index:
        index.add([Article("un deux", "trois quatre cinq six"), Article("un deux")])
    bare = address.partition("?")[0]
    clusters.rebuild(bare)
    connection = connect(bare)
    places = read_places(connection)
    assert read_record(connection, places.index).averages == (2.0, 4.0)
    answer = connection.request("GET", f"/{places.index}/_settings", params={"flat_settings": True})
    settings = answer[places.index]["settings"]
    assert settings["index.codec"] == "best_compression"
    assert settings["index.number_of_shards"] == "2"
    assert settings["index.refresh_interval"] == "10s"
    assert settings["index.gc_deletes"] == "1h"


def test_writes_that_go_on_are_not_lost(address):
    """Writers add, change and delete all the while; what they were told is so is so after two rebuilds."""
    with newsindex.open(address) as index:
        index.add([article(number) for number in range(300)])
    kept = [{f"a{number}": article(number) for number in range(first, 300, 3)} for first in range(3)]
    is_over = threading.Event()
    failures = []

    def write(first):
        version = 0
        try:
            with newsindex.open(address) as index:
                while not is_over.is_set():
                    version += 1
                    changed = [article(number, version) for number in range(first, 300, 30)]
                    new = article(1000 * version + first, version)
                    index.add([*changed, new])
                    kept[first].update({one.id: one for one in (*changed, new)})
                    gone = f"a{first + 3 * (version % 100)}"
                    assert index.delete(gone) == (gone in kept[first])
                    kept[first].pop(gone, None)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(first,)) for first in range(3)]
    for thread in threads:
        thread.start()
    try:
        clusters.rebuild(address)
        clusters.rebuild(address)
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert contents(address) == {**kept[0], **kept[1], **kept[2]}
    assert all(any(number >= 1000 for number in map(number_of, some)) for some in kept)


def test_a_deletion_by_an_alias_that_is_gone_goes_where_it_belongs(address, connection):
    with newsindex.open(address) as index:
        index.add([article(1), article(2)])
        with index.writer() as writer:
            writer.delete("a1")
            clusters.rebuild(address)
    assert contents(address).keys() == {"a2"}
    assert all(name[-5:] in ("v0001", "v0002") for name in read_aliases(connection))


def test_of_two_rebuilds_at_once_one_is_refused(address):
    with newsindex.open(address) as index:
        index.add([article(number) for number in range(30)])
    before = contents(address)
    begun = threading.Barrier(2)
    ends = []

    def rebuild():
        begun.wait()
        try:
            ends.append(clusters.rebuild(address))
        except IndexLocked as error:
            ends.append(error)

    threads = [threading.Thread(target=rebuild) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert contents(address) == before
    refusals = [end for end in ends if isinstance(end, IndexLocked)]
    assert len(refusals) <= 1  # where the second began after the end of the first there is none
    assert all("--take-over" in str(refusal) for refusal in refusals)


@pytest.mark.parametrize("step", ["begin", "copy", "switch"])
def test_a_rebuild_that_was_stopped_is_taken_over(address, connection, monkeypatch, step):
    with newsindex.open(address) as index:
        index.add([article(number) for number in range(30)])
    with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
        stopped_at(patch, step)
        clusters.rebuild(address)
    with newsindex.open(address) as index:
        index.add([article(99)])
        index.delete("a1")
    with pytest.raises(IndexLocked, match="--take-over"):
        clusters.rebuild(address)
    status = clusters.status(address)
    assert [version.role for version in status.versions] == ["current", "being built"]
    assert status.versions[1].rebuild.keys() == {"host", "process", "began"}
    clusters.rebuild(address, take_over=True)
    assert contents(address).keys() == {f"a{number}" for number in (*range(30), 99)} - {"a1"}
    assert [version.role for version in clusters.status(address).versions] == ["old", "current"]


def test_a_rebuild_that_is_taken_over_changes_nothing_more(address, monkeypatch):
    with newsindex.open(address) as index:
        index.add([article(number) for number in range(30)])
    before = contents(address)
    copy = rebuild_module._Rebuild.copy

    def copy_late(rebuild, progress):
        monkeypatch.setattr(rebuild_module._Rebuild, "copy", copy)
        clusters.rebuild(address, take_over=True)
        copy(rebuild, progress)

    monkeypatch.setattr(rebuild_module._Rebuild, "copy", copy_late)
    with pytest.raises(IndexLocked, match="took over"):
        clusters.rebuild(address)
    assert contents(address) == before


def test_writes_that_were_held_up_when_a_rebuild_was_stopped_go_on_after_the_next(address, connection):
    with newsindex.open(address) as index:
        index.add([article(1)])
    rebuild_module._hold_up(connection, read_places(connection).index, True)
    assert clusters.status(address).is_held_up
    rebuild_index(connection)
    with newsindex.open(address) as index:
        assert index.add([article(2)]).added == 1


def test_a_failed_rebuild_leaves_the_index_as_it_was(address, connection, monkeypatch):
    with newsindex.open(address) as index:
        index.add([article(1)])

    def fail(*arguments):
        raise NewsIndexError("non")

    monkeypatch.setattr(article_copy, "restore_article", fail)
    with pytest.raises(NewsIndexError, match="non"):
        clusters.rebuild(address)
    monkeypatch.undo()
    assert [name[-5:] for name in read_aliases(connection)] == ["v0001"]
    with newsindex.open(address) as index:
        assert index.add([article(2)]).added == 1
    assert contents(address).keys() == {"a1", "a2"}


@pytest.mark.parametrize("is_sent_twice", [False, True])
def test_a_switch_whose_answer_is_lost_loses_no_article(address, monkeypatch, is_sent_twice):
    with newsindex.open(address) as index:
        index.add([article(number) for number in range(30)])
    before = contents(address)
    request = Connection.request

    def lose_answer(self, method, path, *arguments, **options):
        answer = request(self, method, path, *arguments, **options)
        if path == "/_aliases":
            if is_sent_twice:
                return request(self, method, path, *arguments, **options)
            raise ClusterUnavailable("no answer")
        return answer

    monkeypatch.setattr(Connection, "request", lose_answer)
    clusters.rebuild(address)
    monkeypatch.undo()
    assert contents(address) == before
    assert [version.role for version in clusters.status(address).versions] == ["old", "current"]


def test_a_version_that_is_read_is_not_deleted_as_one_being_built(address, connection):
    with newsindex.open(address) as index:
        index.add([article(1)])
    before = rebuild_index(connection)
    with pytest.raises(IndexLocked, match="just ended"):
        rebuild_module._delete_unread(connection, before, read_places(connection).index)
    assert contents(address).keys() == {"a1"}


def test_what_was_deleted_and_forgotten_is_not_copied_back(address, connection, monkeypatch):
    """A deletion that the new version has forgotten, as after the loss of a node, is made good."""
    with newsindex.open(address) as index:
        index.add([article(number) for number in range(5)])
    send = article_copy.ArticleCopy._send_anew

    def send_late(copying, index, query, *progress):
        count = send(copying, index, query, *progress)
        if query is None:
            connection.request("DELETE", f"/{index}/_doc/a2")
        return count

    monkeypatch.setattr(article_copy.ArticleCopy, "_send_anew", send_late)
    clusters.rebuild(address)
    assert contents(address).keys() == {"a0", "a1", "a3", "a4"}


# Commands


def run(*arguments):
    result = CliRunner().invoke(main, ["cluster", *arguments])
    return result.exit_code, result.output


def test_commands_make_look_at_and_rebuild_an_index(cluster):
    at = ("--at", f"{cluster.address_of('commande')}?shards=1&replicas=0")
    assert run("status", *at)[0] == 3
    assert run("create", *at)[0] == 0
    assert run("create", *at)[0] == 3
    status, printed = run("status", *at)
    assert status == 0
    assert "-v0001  current  green  0 articles" in printed
    assert run("rebuild", *at)[0] == 0
    status, printed = run("status", *at, "--json")
    assert '"old"' in printed
    assert run("delete-old", *at)[0] == 0
    assert '"old"' not in run("status", *at, "--json")[1]
    assert run("rebuild", "--delete-old", "--json", *at)[0] == 0


def test_a_template_is_what_creates_an_index(cluster):
    at = f"{cluster.address_of('modele')}?shards=1&replicas=0"
    connection = connect(at)
    printed = clusters.template(at, timezone="Africa/Tunis")
    for request in printed["requests"]:
        connection.request(request["method"], request["path"], request["body"])
    with newsindex.open(at, timezone="Africa/Tunis") as index:
        index.alerts.add("tout", "article")
        assert index.add([article(1)]).added == 1
        assert list(index.alerts) == ["tout"]
    made = {request["path"].rpartition("-")[2] for request in printed["requests"]}
    assert made == {"v0001", "files", "alerts", "matches"}
    status, text = run("template", "--at", at)
    assert status == 0
    assert [line for line in text.splitlines() if line.startswith("PUT")] == [
        *[f"PUT {request['path']}" for request in printed["requests"]],
        *[f"PUT /_plugins/_security/api/roles/{name}" for name in printed["roles"]],
    ]


def test_a_folder_is_no_cluster(tmp_path):
    status, printed = run("status", "--at", str(tmp_path))
    assert status == 2
    assert "opensearch://" in printed
