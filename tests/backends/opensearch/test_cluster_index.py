"""An index on a cluster: creating, opening, changing and checking it."""

import json
import threading
import time
from datetime import date

import pytest

import newsindex
from newsindex import AnalyzerMismatch, Article, IndexCorrupt, IndexExists, IndexNotFound, NewsIndexError
from newsindex.backends.opensearch.connection import Connection, connect
from newsindex.backends.opensearch.documents import DocumentEncoder
from newsindex.backends.opensearch.index_record import read_places, read_record
from newsindex.backends.opensearch.refusals import Refusal
from newsindex.backends.opensearch.writing import cluster_writer, known_articles
from newsindex.indexer.scanning.scanners import new_scanner


def article(number, body=None):
    return Article(f"Titre {number}", body or f"Le barrage numéro {number} est plein.", id=f"a{number}")


@pytest.fixture
def address(make_cluster_index):
    return make_cluster_index()


@pytest.fixture
def connection(address):
    connected = connect(address)
    yield connected
    connected.close()


@pytest.fixture
def index(address):
    with newsindex.open(address) as opened:
        yield opened


def mapping_path(connection):
    return f"/{read_places(connection).index}/_mapping"


def test_an_index_is_created_once(address):
    with pytest.raises(IndexExists):
        newsindex.create(address)
    with pytest.raises(IndexNotFound):
        newsindex.open(address.replace("?", "-autre?"))


def test_an_index_is_opened_with_few_requests(address, monkeypatch):
    asked = []
    send = Connection._send

    def note(self, method, path, *arguments):
        asked.append(path)
        return send(self, method, path, *arguments)

    monkeypatch.setattr(Connection, "_send", note)
    with newsindex.open(address):
        assert len(asked) == 7, asked


def test_an_index_keeps_its_settings(make_cluster_index):
    address = make_cluster_index(timezone="Africa/Casablanca", k1=1.5, acronyms=False)
    with newsindex.open(address) as index:
        assert index.zone.key == "Africa/Casablanca"
    newsindex.open(address, timezone="Africa/Casablanca", k1=1.5).close()
    with pytest.raises(AnalyzerMismatch):
        newsindex.open(address, timezone="Europe/Paris")


def test_options_of_the_address_are_those_of_the_index(make_cluster_index):
    connection = connect(
        make_cluster_index("shards=1&replicas=0&replication=document&index.codec=best_compression")
    )
    index = read_places(connection).index
    settings = connection.request("GET", f"/{index}/_settings", params={"flat_settings": True})[index][
        "settings"
    ]
    assert settings["index.number_of_shards"] == "1"
    assert settings["index.replication.type"] == "DOCUMENT"
    assert settings["index.codec"] == "best_compression"


@pytest.mark.parametrize(
    "change",
    [
        {"_meta": {}},
        {"_meta": {"newsindex": {"format": 1}}},
        {"dynamic": True},
        {"properties": {"source": {"type": "keyword", "ignore_above": 5}}},
    ],
)
def test_a_mapping_that_was_changed_by_hand_is_refused(address, connection, change):
    connection.request("PUT", mapping_path(connection), change)
    with pytest.raises(AnalyzerMismatch):
        newsindex.open(address)


def test_fields_of_others_are_no_change(address, connection):
    connection.request("PUT", mapping_path(connection), {"properties": {"keeper": {"type": "keyword"}}})
    newsindex.open(address).close()


@pytest.mark.parametrize(("version", "error"), [(0, newsindex.IndexTooOld), (2, newsindex.IndexTooNew)])
def test_another_format_is_refused(address, connection, version, error):
    path = mapping_path(connection)
    (mapping,) = connection.request("GET", path).values()
    meta = mapping["mappings"]["_meta"]
    meta["newsindex"]["format"] = version
    connection.request("PUT", path, {"_meta": meta})
    with pytest.raises(error):
        newsindex.open(address)


def test_another_analysis_is_refused_until_the_index_is_rebuilt(address, connection):
    newsindex.open(address).add([article(1)])
    path = mapping_path(connection)
    (mapping,) = connection.request("GET", path).values()
    meta = mapping["mappings"]["_meta"]
    meta["newsindex"]["settings"]["analysis"] = "français 0"
    connection.request("PUT", path, {"_meta": meta})
    with pytest.raises(AnalyzerMismatch, match="rebuild"):
        newsindex.open(address)
    newsindex.rebuild(address)
    with newsindex.open(address) as index:
        assert index.get("a1") == article(1)


# Changes


def test_changes_are_counted_as_in_a_folder(index, make_index):
    changes = [
        lambda writer: [writer.add(article(number)) for number in (1, 2, 1, 3)],
        lambda writer: [writer.add(article(1, "Autre.")), writer.delete("a2"), writer.delete("a2")],
        lambda writer: [writer.delete("a3"), writer.add(article(3)), writer.add(article(3, "Neuf."))],
        lambda writer: [writer.add(article(4)), writer.delete("a4"), writer.get("a4"), writer.get("a1")],
        lambda writer: [
            writer.add(article(3, "Neuf.")),
            writer.add(article(3)),
            writer.add(article(3, "Neuf.")),
        ],
    ]
    local = make_index()
    for same_id in ("replace", "keep_both"):
        for change in changes:
            reports = []
            for each in (index, local):
                with each.writer(same_id=same_id) as writer:
                    given = change(writer)
                reports.append((given, writer.report))
            assert reports[0] == reports[1]
    assert sorted(index, key=str) == sorted(local, key=str)


def test_an_article_is_changed_that_a_machine_with_a_fast_clock_has_written(index, monkeypatch):
    with monkeypatch.context() as fast:
        now = time.time_ns
        fast.setattr(time, "time_ns", lambda: now() + 3_600_000_000_000)
        index.add([article(1), article(2)])
    assert index.add([article(1, "Le barrage est vide.")]).updated == 1
    assert index.get("a1").body == "Le barrage est vide."
    with index.writer() as writer:
        writer.add(article(1, "Le barrage déborde."))
        writer.add(article(1, "Le barrage a cédé."))
        assert writer.delete("a2")
    assert {one.id: one.body for one in index} == {"a1": "Le barrage a cédé."}


def test_answers_of_a_server_share_the_state_that_is_shown(index, monkeypatch):
    index.add([article(1)])
    shown = index.current()
    assert shown.search("barrage").total == 1
    opened = []
    request = Connection.request

    def watch(self, method, path, *arguments, **options):
        opened.extend([path] if path.endswith(("/point_in_time", "/_refresh")) else [])
        return request(self, method, path, *arguments, **options)

    monkeypatch.setattr(Connection, "request", watch)
    for _ in range(5):
        assert index.current().search("barrage").total == 1
    assert opened == []
    index.add([article(2)])
    assert (shown.search("barrage").total, index.current().search("barrage").total) == (2, 2)


def test_an_exception_leaves_the_index_as_it_was(index):
    index.add([article(1)])
    with pytest.raises(KeyError), index.writer() as writer:  # noqa: PT012 - the block is what is tested
        writer.add(article(2))
        writer.delete("a1")
        raise KeyError
    assert [one.id for one in index] == ["a1"]


@pytest.fixture
def small_writer(monkeypatch):
    """Writers send from a few changes on."""
    monkeypatch.setattr(cluster_writer, "MAX_KEPT", 10)
    monkeypatch.setattr(cluster_writer, "_BATCH", 5)
    monkeypatch.setattr("newsindex.indexer.admission._MAX_WAITING_ARTICLES", 4)


def test_many_changes_are_sent_as_they_come(index, small_writer):
    with pytest.raises(KeyError), index.writer() as writer:  # noqa: PT012 - the same
        for number in range(40):
            writer.add(article(number))
        raise KeyError
    index.refresh()
    assert len(index) > 10
    report = index.add([article(number) for number in range(40)])
    assert (report.added + report.skipped, len(index)) == (40, 40)
    assert report.skipped > 10


@pytest.mark.parametrize("seen", [0, 7, 1000])
def test_articles_that_come_again_while_they_are_sent_are_known(index, small_writer, seen, monkeypatch):
    monkeypatch.setattr(known_articles, "_MAX_SEEN", seen)
    expected = {}
    with index.writer() as writer:
        for number in range(30):
            for added in (article(number), article(number // 2), article(number // 3, "Une autre version.")):
                writer.add(added)
                expected[added.id] = added
            if number % 7 == 3:
                assert writer.delete(f"a{number // 2}")
                del expected[f"a{number // 2}"]
                assert writer.get(f"a{number // 2}") is None
    assert {one.id: one for one in index} == expected


def test_an_article_that_the_cluster_does_not_take_is_one_error(index, monkeypatch):
    encode = DocumentEncoder.encode

    def spoilt(encoder, articles, versions):
        sources = encode(encoder, articles, versions)
        return [
            source.replace(b'"minutes":', b'"unknown":') if one.id == "a2" else source
            for one, source in zip(articles, sources, strict=True)
        ]

    monkeypatch.setattr(DocumentEncoder, "encode", spoilt)
    articles = [
        Article(f"Titre {number}", published=date(2026, 1, 2), id=f"a{number}") for number in range(5)
    ]
    report = index.add(articles)
    assert (report.added, report.updated, report.error_count) == (4, 0, 1)
    assert "'a2'" in str(report.errors[0])
    assert sorted(one.id for one in index) == ["a0", "a1", "a3", "a4"]


def test_two_programs_write_at_once(address):
    def write(first):
        with newsindex.open(address) as index:
            for number in range(first, first + 20, 5):
                index.add([article(other) for other in range(number, number + 5)])

    threads = [threading.Thread(target=write, args=(first,)) for first in (0, 10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with newsindex.open(address) as index:
        assert len(index) == 40
        index.check()


def test_the_average_lengths_of_a_new_index_are_those_of_its_first_articles(address, connection):
    with newsindex.open(address) as index:
        index.add([article(number, "un deux trois quatre cinq six") for number in range(120)])
    record = read_record(connection, read_places(connection).index)
    assert not record.are_typical
    assert record.averages == (2.0, 6.0)
    with newsindex.open(address) as index:
        index.add([article(number, "un") for number in range(200, 400)])
        index.check()
    assert read_record(connection, read_places(connection).index) == record


def test_remembered_files_are_of_this_index_alone(address, connection, tmp_path):
    file = tmp_path / "un.jsonl"
    file.write_text(json.dumps({"headline": "Un séisme", "id": "s"}))
    with newsindex.open(address) as index:
        assert index.add(newsindex.read(file), resume=True).added == 1
        assert index.add(newsindex.read(file), resume=True).skipped == 1
    connection.request("DELETE", f"/{read_places(connection).index}")
    with newsindex.create(address) as index:
        assert index.add(newsindex.read(file), resume=True).added == 1


def test_a_client_of_the_program_is_taken(address, cluster):
    from opensearchpy import OpenSearch

    client = OpenSearch(cluster.urls)
    name = address.partition("?")[0].rpartition("/")[2]
    with newsindex.open(f"opensearch:///{name}", client=client) as index:
        assert index.add([article(1)]).added == 1
    assert client.transport.perform_request("GET", "/")


# Damage


def test_a_sound_index_passes_its_check(index):
    index.add([article(number) for number in range(30)])
    index.add([Article("x", id="y" * 2000), Article("x" * 5000), Article("—", "ﷺ (a|b)", id="z")])
    index.check()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"article": {"headline": "x"}}, "does not hold an article"),
        ({"id": "autre"}, "another id"),
        ({"content_hash": "00"}, "content"),
        ({"body_length": 99}, "body_length"),
        ({"stems": "rien|64"}, "by its words"),
        ({"body_places": "numero barrag"}, "by its words"),
        ({"headline_spellings": ""}, "by its words"),
    ],
)
def test_a_damaged_article_is_found(index, connection, change, told):
    index.add([article(1)])
    record = read_record(connection, read_places(connection).index)
    encoder = DocumentEncoder(new_scanner(record.settings.lexicon.french), record)
    (source,) = encoder.encode([article(1)], [1])
    document = {**json.loads(source), **change}
    path = f"/{read_places(connection).index}/_doc/a1"
    connection.request("PUT", path, document, {"refresh": True})
    with pytest.raises(IndexCorrupt, match=told):
        index.check()


def test_a_closed_index_is_not_written_to(address):
    index = newsindex.open(address)
    index.close()
    with pytest.raises(NewsIndexError, match="closed"):
        index.add([article(1)])


def test_what_is_no_alias_is_not_written_to(connection):
    with pytest.raises(Refusal):
        connection.request("PUT", "/presse-qui-n-est-pas-un-index/_doc/1", {}, {"require_alias": True})
