"""What an index promises: nothing lost, nothing twice, all of a commit or none of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from pathlib import Path, PureWindowsPath

import pytest

import newsindex
from newsindex import Article
from newsindex.backends.local.index_reader import IndexReader
from newsindex.backends.opening import cluster_address


def article(i, **fields):
    return Article(f"Titre {i}", f"Corps numéro {i} du journal.", id=f"a{i}", **fields)


def test_a_folder_without_an_index_says_which_command_makes_one(tmp_path):
    with pytest.raises(newsindex.IndexNotFound, match="newsindex index"):
        newsindex.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_an_index_is_not_made_over_another(make_index):
    index = make_index()
    with pytest.raises(newsindex.IndexExists):
        newsindex.create(index.path)


def test_open_makes_an_index_where_asked(tmp_path):
    assert len(newsindex.open(tmp_path / "new", create=True)) == 0
    assert len(newsindex.open(tmp_path / "new", create=True)) == 0


def test_what_was_added_is_there_for_everybody_who_opens(make_index):
    full = Article(
        "Œuvre « rare »", "Un corps.\n\nEt un autre.", "Hespress",
        datetime(2026, 1, 2, 8, 30, tzinfo=timezone(timedelta(hours=1))), "https://h.example/1",
        section="Culture", author="A. B.", lang="fr", abstract="Chapô", extra={"page": "3"},
    )  # fmt: skip
    index = make_index([full, article(1, published=date(2025, 5, 1))])
    again = newsindex.open(index.path)
    assert again.get(full.id) == full
    assert again.get("a1") == article(1, published=date(2025, 5, 1))
    assert sorted(a.id for a in again) == sorted([full.id, "a1"])
    assert full.id in again
    assert "zz" not in again
    assert again.get("zz") is None


def test_adding_again_skips_what_is_equal_and_updates_what_is_not(make_index):
    index = make_index([article(1), article(2)])
    report = index.add([article(1), Article("Autre", "Nouveau corps.", id="a2"), article(3)])
    assert (report.added, report.updated, report.skipped) == (1, 1, 1)
    assert len(index) == 3
    assert index.get("a2").headline == "Autre"
    assert [hit.article.id for hit in index.search("numéro")] != []
    assert "a2" not in [hit.article.id for hit in index.search("numéro 2")]


def test_the_last_of_equal_ids_in_one_commit_counts(make_index):
    index = make_index()
    report = index.add([article(1), Article("B", id="a1"), Article("C", id="a1")])
    assert (report.added, report.updated, len(index)) == (1, 2, 1)
    assert index.get("a1").headline == "C"


def test_workers_change_nothing_but_the_time(make_index):
    articles = [Article(f"Titre {i}", f"Le corps {i} du journal. " * 9, id=str(i)) for i in range(2100)]
    one, two = make_index(), make_index()
    one.add(articles, workers=1)
    two.add(articles, workers=2)
    assert list(one) == list(two) == articles
    assert one.stats().bytes == two.stats().bytes
    with pytest.raises(newsindex.QueryError, match="workers"):
        one.add(articles, workers=0)


def test_a_date_far_ahead_is_kept(make_index):
    index = make_index([Article("Sans fin", id="a", published=date(9999, 12, 31)), article(1)])
    assert index.get("a").published == date(9999, 12, 31)
    assert index.search("", sort="newest")[0].article.id == "a"


def test_articles_without_a_word_are_kept(make_index):
    index = make_index([Article("—", id="a")], [Article("😀", "…", id="b")])
    index.optimize()
    assert sorted(article.id for article in index) == ["a", "b"]
    assert index.search("mot").total == 0
    assert index.search("").total == 2


def test_deleted_articles_are_not_found_again(make_index):
    index = make_index([article(i) for i in range(5)])
    assert index.delete("a1", "a3", "a3", "none") == 2
    assert [a.id for a in index] == ["a0", "a2", "a4"]
    assert index.search("journal").total == 3
    index.optimize()
    assert index.search("journal").total == 3
    assert index.stats().deleted == 0
    index.delete("a0", "a2", "a4")
    assert len(index) == 0
    assert index.search("journal").total == 0


def test_an_exception_rolls_all_of_a_commit_back(make_index):
    index = make_index([article(1)])
    files = sorted(index.path.iterdir())
    with pytest.raises(RuntimeError, match="stop"), index.writer() as writer:  # noqa: PT012 - the block is the case
        writer.add(article(2))
        writer.delete("a1")
        raise RuntimeError("stop")
    assert [a.id for a in index] == ["a1"]
    assert sorted(index.path.iterdir()) == files
    assert index.add([article(3)]).added == 1


def test_an_error_after_the_commit_does_not_undo_it(make_index, monkeypatch):
    index = make_index([article(1)])

    def failing(self):
        raise OSError("interrupted")

    monkeypatch.setattr(IndexReader, "follow", lambda self, manifest: failing(self))
    with pytest.raises(OSError, match="interrupted"):
        index.add([article(2)])
    monkeypatch.undo()
    monkeypatch.setattr("pathlib.Path.unlink", lambda self, missing_ok=False: failing(self))
    assert index.delete("a1") == 1  # the mark of the writer stays, and is only read where there is one
    monkeypatch.undo()
    again = newsindex.open(index.path)
    again.check()
    assert {"a2"} == {a.id for a in again}


def test_the_callers_own_database_errors_are_passed_on(make_index):
    def rows():
        yield article(1)
        raise sqlite3.DatabaseError("the caller's")

    index = make_index()
    with pytest.raises(sqlite3.DatabaseError, match="the caller's"):
        index.add(rows())
    assert len(index) == 0


def test_a_reader_keeps_its_view_until_it_refreshes(make_index):
    index = make_index([article(1)])
    reader = newsindex.open(index.path)
    index.add([article(2)])
    index.delete("a1")
    index.optimize()
    assert [a.id for a in reader] == ["a1"]
    assert reader.search("journal").total == 1
    reader.refresh()
    assert [a.id for a in reader] == ["a2"]


def test_every_change_has_a_commit_number_of_its_own(make_index):
    index = make_index([Article("Un", id="a")])
    with newsindex.open(index.path) as other:
        other.delete("a")
        assert (index.commit, other.commit) == (1, 2)
        index.refresh()
        assert index.commit == other.commit


def test_a_second_writer_waits_and_is_told_who_holds_the_index(make_index):
    index = make_index([article(1)])
    other = newsindex.open(index.path)
    with index.writer() as writer:
        writer.add(article(2))
        with pytest.raises(newsindex.IndexLocked, match=r"process [0-9]+ on "):
            other.add([article(3)], timeout=0.05)
    assert other.add([article(3)]).added == 1
    assert len(other) == 3


def test_many_commits_leave_few_segments(make_index):
    index = make_index()
    for i in range(40):
        index.add([article(i)])
    assert index.stats().segments <= 14
    assert index.search("journal", limit=100).total == 40
    assert len(list(index.path.glob("*.segment"))) == index.stats().segments


def test_a_segment_that_no_commit_names_is_swept_by_the_next_writer(make_index):
    index = make_index([article(1)])
    (index.path / "0123.segment").write_bytes(b"left by a writer that was killed")
    assert len(newsindex.open(index.path)) == 1
    index.add([article(2)])
    assert not (index.path / "0123.segment").exists()


def test_a_damaged_segment_is_named(make_index):
    index = make_index([article(i) for i in range(50)])
    (segment,) = index.path.glob("*.segment")
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 8
    segment.write_bytes(content)
    with pytest.raises(newsindex.IndexCorrupt, match=segment.name):
        newsindex.open(index.path).check()


def test_a_damaged_catalogue_is_named(make_index):
    index = make_index([article(1)])
    index.close()
    with closing(sqlite3.connect(index.path / "catalogue.sqlite")) as database, database:
        database.execute("UPDATE manifest SET body = replace(body, 'segments', 'Segments')")
    database.close()
    with pytest.raises(newsindex.IndexCorrupt, match=r"catalogue\.sqlite"):
        newsindex.open(index.path)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_catalogue_that_is_no_database_is_corrupt(make_index, content):
    index = make_index([article(1)])
    index.close()
    for file in index.path.glob("catalogue*"):
        file.unlink()
    (index.path / "catalogue.sqlite").write_bytes(content)
    with pytest.raises(newsindex.IndexCorrupt, match=r"catalogue\.sqlite"):
        newsindex.open(index.path)


def test_another_analysis_is_refused(make_index, monkeypatch):
    index = make_index([article(1)])
    monkeypatch.setattr("newsindex.index_settings.ANALYSIS", "french-99")
    with pytest.raises(newsindex.AnalyzerMismatch, match="french-99"):
        newsindex.open(index.path)


def test_another_format_is_refused(make_index):
    index = make_index([article(1)])
    with closing(sqlite3.connect(index.path / "catalogue.sqlite")) as database, database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(newsindex.errors.IndexTooNew, match="99"):
        newsindex.open(index.path)


@pytest.mark.parametrize(
    "settings", [{"k1": 0}, {"headline_b": 1.5}, {"nonsense": 1}, {"timezone": "Mars/Olympus"}]
)
def test_bad_settings_fail_when_given(tmp_path, settings):
    with pytest.raises(newsindex.QueryError):
        newsindex.create(tmp_path / "i", **settings)
    assert not (tmp_path / "i").exists()


def test_a_closed_index_says_so(make_index):
    index = make_index([article(1)])
    index.close()
    with pytest.raises(newsindex.NewsIndexError, match="closed"):
        index.search("journal")


def test_mappings_are_articles_too_and_bad_ones_are_reported(make_index):
    index = make_index()
    report = index.add([{"titre": "Bonjour", "date": "02/01/2026", "id": 7}, {"x": 1}, article(1)])
    assert report.added == 2
    assert [str(error) for error in report.errors] == [
        "an article needs a headline or a body: none of these names is known as one: x"
    ]
    assert index.get("7").published == date(2026, 1, 2)


def test_threads_share_an_index_while_one_of_them_writes(make_index):
    index = make_index([article(i) for i in range(20)])
    wrong = []

    def search():
        for _ in range(30):
            total = index.search("journal").total
            if total % 20:
                wrong.append(total)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    index.add([article(i) for i in range(20, 40)])
    index.add([article(i) for i in range(40, 60)])
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_folder_that_cannot_be_written_can_be_searched(make_index):
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("root writes everywhere, and folders of Windows have no such permission")
    index = make_index([article(1)])
    index.path.chmod(0o500)
    try:
        assert newsindex.open(index.path).search("journal").total == 1
        with pytest.raises(newsindex.NewsIndexError, match="permissions"):
            newsindex.open(index.path).add([article(2)])
    finally:
        index.path.chmod(0o700)


def test_articles_without_a_word_are_merged_when_all_others_are_deleted(make_index):
    index = make_index([Article("Maroc", id="a"), Article("—", id="b")], [Article("«", id="c")])
    index.delete("a")
    index.optimize()
    assert index.stats().segments == 1
    assert {article.id for article in index} == {"b", "c"}
    assert index.search("maroc").total == index.search("*aro*").total == 0


def test_articles_with_the_same_body_are_linked(make_index):
    body = "Une dépêche, reprise telle quelle."
    index = make_index(
        [Article("Un", body, id="1"), Article("Deux", body, id="2"), Article("Sans texte", id="5")],
        [Article("Trois", body, id="3"), Article("Quatre", body.upper(), id="4"), Article("Vide", id="6")],
    )
    assert [article.id for article in index.duplicates_of("1")] == ["2", "3"]
    assert [article.headline for article in index.duplicates_of("3")] == ["Un", "Deux"]
    assert index.duplicates_of("4") == index.duplicates_of("5") == []
    index.delete("2")
    assert [article.id for article in index.duplicates_of("1")] == ["3"]
    for unknown in ("2", "a\ud800"):
        with pytest.raises(newsindex.QueryError, match="no article has the id"):
            index.duplicates_of(unknown)


def test_forms_that_were_forgotten_between_batches_are_known_again(make_index, monkeypatch):
    monkeypatch.setattr("newsindex.indexer.scanning.scanner.MAX_KEPT_FORMS", 0)
    monkeypatch.setattr("newsindex.indexer.writer._MAX_BATCH_CHARACTERS", 1)
    monkeypatch.setattr("newsindex.indexer.admission._MAX_WAITING_ARTICLES", 1)
    index = make_index([Article(f"Le Maroc {i}", "Interpol à Marrakech.", id=str(i)) for i in range(3)])
    assert index.stats().segments == 3
    assert index.search("interpol marrakech maroc", operator="all").total == 3
    index.optimize()
    assert index.search("interpol marrakech maroc", operator="all").total == 3


def recreate(index):
    """Another index in the folder of one, with as many commits."""
    shutil.rmtree(index.path)
    with newsindex.create(index.path) as other:
        other.add([article(2)])
        return other.commit, other.identity


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no file that is open")
def test_an_index_that_was_created_anew_is_seen_by_an_open_reader(make_index):
    index = make_index([article(1)])
    reader = newsindex.open(index.path)
    assert reader.suggest("numé") == ["numéro"]
    commit, identity = recreate(index)
    assert (reader.commit, len(reader.identity)) == (commit, 32)
    assert reader.identity == index.identity != identity
    reader.refresh()
    assert (reader.commit, reader.identity) == (commit, identity)
    assert [a.id for a in reader] == ["a2"]
    assert reader.search("journal").total == 1
    assert reader.search("numéro 2")[0].article.id == "a2"


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no file that is open")
def test_an_index_that_was_created_anew_is_written_with_its_own_words(make_index, tmp_path):
    index = make_index([article(1)])
    shutil.rmtree(index.path)
    mine = tmp_path / "mine.toml"
    mine.write_text('protected = ["Républicains"]')
    newsindex.create(index.path, settings=mine).close()
    index.add([Article("Les Républicains", id="party"), Article("Un républicain", id="man")])
    assert [hit.article.id for hit in index.search("républicains")] == ["party"]


def test_the_identity_of_an_index_stays_through_commits(make_index):
    index = make_index([article(1)])
    identity = index.identity
    index.add([article(2)])
    index.optimize()
    assert newsindex.open(index.path).identity == index.identity == identity


def test_a_segment_that_was_cut_short_is_seen_at_the_next_refresh(make_index):
    index = make_index([article(i) for i in range(50)], [article(i) for i in range(50, 60)])
    reader = newsindex.open(index.path)
    segment = max(index.path.glob("*.segment"), key=lambda path: path.stat().st_size)
    os.truncate(segment, segment.stat().st_size // 2)
    with pytest.raises(newsindex.IndexCorrupt, match=segment.name):
        reader.refresh()
    with closing(sqlite3.connect(index.path / "catalogue.sqlite")) as database, database:
        assert database.execute("PRAGMA quick_check").fetchone() == ("ok",)
    database.close()


@pytest.mark.parametrize("way", ["argument", "variable"])
def test_an_index_can_be_read_without_mapping_its_files(make_index, monkeypatch, way):
    index = make_index([article(i) for i in range(50)])

    def no_map(*arguments, **options):
        raise AssertionError("a file was mapped")

    monkeypatch.setattr("newsindex.storage.array_file.mmap.mmap", no_map)
    if way == "variable":
        monkeypatch.setenv("NEWSINDEX_MMAP", "0")
    options = {"mapped": False} if way == "argument" else {}
    with newsindex.open(index.path, **options) as reader:
        for segment in index.path.glob("*.segment"):
            os.truncate(segment, 100)
        assert reader.search("journal").total == 50
        assert len(list(reader)) == 50
    with pytest.raises(AssertionError, match="a file was mapped"):
        newsindex.open(index.path, mapped=True)


def test_open_takes_the_settings_of_an_index_that_it_creates(tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text('protected = ["Casablanca"]')
    given = {"timezone": "Africa/Casablanca", "settings": mine, "k1": 2.0}
    with newsindex.open(tmp_path / "i", create=True, **given) as index:
        assert (index.zone.key, index.lexicon.protected) == ("Africa/Casablanca", ("Casablanca",))
        assert index.snapshot()._backend.snapshot.ranking.k1 == 2.0
    newsindex.open(tmp_path / "i", create=True, **given).close()
    newsindex.open(tmp_path / "i", **given).close()
    for other, told in [({"timezone": "UTC"}, "timezone=UTC"), ({"k1": 1.5}, "k1=1.5")]:
        with pytest.raises(newsindex.AnalyzerMismatch, match=f"other settings than {told}"):
            newsindex.open(tmp_path / "i", create=True, **other)


@pytest.mark.parametrize(
    "wrong", [{"nonsense": 1}, {"timezone": "Mars/Olympus"}, {"timezone": "Europe"}, {"k1": 0}]
)
def test_bad_settings_fail_when_an_index_is_opened_too(make_index, tmp_path, wrong):
    for path in (make_index().path, tmp_path / "new"):
        with pytest.raises(newsindex.QueryError):
            newsindex.open(path, create=True, **wrong)
    assert not (tmp_path / "new").exists()


def test_an_index_that_another_creates_meanwhile_is_opened(tmp_path, monkeypatch):
    newsindex.create(tmp_path / "i").close()
    monkeypatch.setattr("newsindex.backends.opening.has_catalogue", lambda folder: False)
    assert len(newsindex.open(tmp_path / "i", create=True)) == 0


def test_a_system_without_time_zones_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr("newsindex.index_settings.available_timezones", set)
    with pytest.raises(newsindex.NewsIndexError, match="pip install tzdata"):
        newsindex.create(tmp_path / "i", timezone="Mars/Olympus")


@pytest.mark.parametrize("text", ["opensearch://hote:9200/presse", "OpenSearch://u:p@a,b/presse?shards=3"])
@pytest.mark.parametrize("kind", [str, Path, PureWindowsPath])
def test_an_address_of_a_cluster_may_be_a_path_of_any_system(text, kind):
    assert cluster_address(kind(text)) == text.replace("OpenSearch", "opensearch")


@pytest.mark.parametrize("text", [r"C:\presse", "C:/presse", r"\\serveur\presse", r"\\?\C:\presse", "presse"])
def test_a_folder_of_windows_is_no_address(text):
    assert cluster_address(text) == cluster_address(PureWindowsPath(text)) == ""


@pytest.mark.parametrize("address", ["http://localhost/i", "s3://presse"])
@pytest.mark.parametrize("kind", [str, Path, PureWindowsPath])
def test_an_address_is_never_taken_for_a_folder(tmp_path, monkeypatch, address, kind):
    monkeypatch.chdir(tmp_path)
    opened = [
        lambda path: newsindex.open(path), lambda path: newsindex.open(path, create=True),
        newsindex.create, newsindex.Index,
    ]  # fmt: skip
    for call in opened:
        with pytest.raises(newsindex.NewsIndexError, match="is an address"):
            call(kind(address))
    assert list(tmp_path.iterdir()) == []
