"""What was added is there, once, until it is deleted, for everybody who opens the index."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

import newsindex
from newsindex import Article

from .press import LONG_ID, PRESS

FULL = Article(
    "Œuvre « rare »", "Un corps.\n\nEt un autre.", "Hespress",
    datetime(2026, 1, 2, 8, 30, tzinfo=timezone(timedelta(hours=1))), "https://h.example/1",
    section="Culture", author="A. B.", lang="fr", abstract="Chapô", extra={"page": "3", "édition": ""},
)  # fmt: skip


def article(i, **fields):
    return Article(f"Titre {i}", f"Corps numéro {i} du journal.", id=f"a{i}", **fields)


def test_every_field_of_an_article_comes_back(place):
    index = place.make([FULL, article(1, published=date(2025, 5, 1)), article(2)])
    for shown in (index, place.open(index)):
        assert shown.get(FULL.id) == FULL
        assert shown.get("a1") == article(1, published=date(2025, 5, 1))
        assert shown.get("a1").published == date(2025, 5, 1)
        assert shown.get("a2").published is None


def test_an_index_counts_and_lists_its_articles(presse):
    assert len(presse) == len(PRESS)
    assert sorted(presse, key=lambda one: one.id) == sorted(PRESS, key=lambda one: one.id)
    for one in PRESS:
        assert one.id in presse
        assert presse.get(one.id) == one


@pytest.mark.parametrize("unknown", ["none", "", "a\ud800", LONG_ID + "x", "*", "a/b?c=d#e"])
def test_an_id_that_no_article_has_is_not_found(presse, unknown):
    assert unknown not in presse
    assert presse.get(unknown) is None
    assert presse.marked(unknown, "maroc") is None
    assert 3 not in presse


def test_ids_of_every_kind_are_kept_apart(make_index):
    names = [
        "a/b?c=d#e",
        "é",
        "e",
        "É",
        " espace ",
        "_id",
        "-",
        "..",
        "x" * 512,
        "x" * 513,
        "x" * 514,
        '"',
        "\\",
    ]
    index = make_index([Article(f"Titre {i}", id=name) for i, name in enumerate(names)])
    assert len(index) == len(names)
    assert [index.get(name).headline for name in names] == [f"Titre {i}" for i in range(len(names))]
    assert index.delete(*names[::2]) == len(names[::2])
    assert sorted(one.id for one in index) == sorted(names[1::2])


def test_what_is_equal_is_skipped_and_what_is_not_is_updated(make_index):
    index = make_index([article(1), article(2)])
    report = index.add([article(1), Article("Autre", "Nouveau corps.", id="a2"), article(3)])
    assert (report.added, report.updated, report.skipped, report.errors) == (1, 1, 1, [])
    assert len(index) == 3
    assert index.get("a2").headline == "Autre"
    assert index.search("numéro 2").total == 2
    assert "a2" not in {hit.article.id for hit in index.search("numéro")}


@pytest.mark.parametrize("change", [{"section": "Sport"}, {"extra": {"page": "4"}}, {"abstract": "Neuf"}])
def test_an_article_that_differs_in_one_field_is_updated(make_index, change):
    index = make_index([article(1)])
    report = index.add([article(1, **change)])
    assert (report.added, report.updated, report.skipped) == (0, 1, 0)
    assert index.get("a1") == article(1, **change)


def test_the_last_of_equal_ids_in_one_commit_counts(make_index):
    index = make_index()
    report = index.add([article(1), Article("B", id="a1"), Article("C", id="a1")])
    assert (report.added, report.updated, len(index)) == (1, 2, 1)
    assert index.get("a1").headline == "C"


@pytest.mark.parametrize("commit_every", [None, 1])
def test_an_article_that_has_its_content_again_counts_as_skipped(make_index, commit_every):
    last = Article("C", id="a1")
    index = make_index([last, article(2)])
    report = index.add([article(1), Article("B", id="a1"), last, article(3)], commit_every=commit_every)
    assert (report.added, report.updated, report.skipped, report.replaced) == (1, 0, 3, 0)
    assert report.replaced_ids == []
    assert (index.get("a1"), len(index)) == (last, 3)
    report = index.add([article(1), last, Article("D", id="a1")], commit_every=commit_every)
    assert (report.added, report.updated, report.skipped) == (0, 1, 2)
    assert index.get("a1").headline == "D"
    assert index.search("").total == 3
    index.check()


def test_an_article_that_is_deleted_and_has_its_content_again_counts_as_added(make_index):
    index = make_index([article(1)])
    with index.writer() as writer:
        writer.add(Article("B", id="a1"))
        writer.delete("a1")
        writer.add(article(1))
        writer.add(Article("B", id="a1"))
        writer.add(article(1))
    report = writer.report
    assert (report.added, report.updated, report.skipped) == (1, 1, 2)
    assert (index.get("a1"), len(index)) == (article(1), 1)


def test_two_articles_with_one_id_are_told_and_may_both_be_kept(make_index):
    told = Article("Grève des trains", "Les cheminots arrêtent le travail lundi matin.", id="x")
    other = Article("Victoire du Raja", "Le club de Casablanca gagne par deux buts à zéro.", id="x")
    index = make_index([told])
    report = index.add([other])
    assert (report.updated, report.replaced, report.replaced_ids) == (1, 1, ["x"])
    report = index.add([told], same_id="keep_both")
    assert (report.added, report.kept_both, len(index)) == (1, 1, 2)
    assert index.get("x") == other
    assert index.get(report.kept_both_ids[0]).headline == told.headline
    assert index.add([told], same_id="keep_both").skipped == 1


def test_mappings_are_articles_too_and_bad_ones_are_reported(make_index):
    index = make_index()
    report = index.add([{"titre": "Bonjour", "date": "02/01/2026", "id": 7}, {"x": 1}, article(1)])
    assert report.added == 2
    assert [str(error) for error in report.errors] == [
        "an article needs a headline or a body: none of these names is known as one: x"
    ]
    assert index.get("7").published == date(2026, 1, 2)


def test_articles_without_a_word_are_kept(make_index):
    index = make_index([Article("—", id="a")], [Article("😀", "…", id="b")])
    assert sorted(one.id for one in index) == ["a", "b"]
    assert index.search("mot").total == 0
    assert index.search("").total == 2


@pytest.mark.parametrize(
    ("published", "year"),
    [(date(1, 1, 1), "0001"), (date(1789, 7, 14), "1789"), (datetime(1970, 1, 1, 0, 0), "1970"),
     (date(9999, 12, 31), "6053")],
)  # fmt: skip
def test_a_date_far_away_is_kept(make_index, published, year):
    index = make_index([Article("Sans fin", id="a", published=published), article(1)])
    assert index.get("a").published == published
    results = index.search("", sort="newest", timeline="year", facets=["year"])
    assert results[0].article.id == "a"
    assert results.timeline == results.facets["year"] == {year: 1}


def test_a_large_article_is_kept(make_index):
    body = " ".join(f"mot{i % 5000} de la grande enquête" for i in range(20_000))
    index = make_index([Article("Une enquête", body, id="grande"), article(1)])
    assert index.get("grande").body == body
    assert [hit.article.id for hit in index.search("mot4321")] == ["grande"]


def test_deleted_articles_are_not_found_again(make_index):
    index = make_index([article(i) for i in range(5)])
    assert index.delete("a1", "a3", "a3", "none") == 2
    assert sorted(one.id for one in index) == ["a0", "a2", "a4"]
    assert index.search("journal").total == 3
    assert "a1" not in index
    index.optimize()
    assert index.search("journal").total == 3
    assert index.stats().articles == 3
    index.delete("a0", "a2", "a4")
    assert len(index) == 0
    assert index.search("journal").total == 0
    assert index.add([article(1)]).added == 1


def test_an_article_that_was_deleted_can_be_added_again(make_index):
    index = make_index([article(1)])
    index.delete("a1")
    assert index.add([article(1)]).added == 1
    assert index.get("a1") == article(1)


# Writers


def test_several_changes_are_one_commit(place):
    index = place.make([article(1), article(2)])
    other = place.open(index)
    with index.writer() as writer:
        writer.add(article(3))
        assert writer.delete("a1")
        assert not writer.delete("none")
        assert writer.get("a3") == article(3)
        assert writer.get("a1") is None
        assert writer.get("a2") == article(2)
        writer.add(Article("Autre", id="a2"))
        assert writer.get("a2").headline == "Autre"
        other.refresh()
        assert sorted(one.id for one in other) == ["a1", "a2"]
    assert sorted(one.id for one in index) == ["a2", "a3"]
    assert (writer.report.added, writer.report.updated) == (1, 1)
    other.refresh()
    assert sorted(one.id for one in other) == ["a2", "a3"]


def test_an_exception_rolls_all_of_a_commit_back(make_index):
    index = make_index([article(1)])
    with pytest.raises(RuntimeError, match="stop"), index.writer() as writer:  # noqa: PT012 - the block is the case
        writer.add(article(2))
        writer.delete("a1")
        raise RuntimeError("stop")
    assert [one.id for one in index] == ["a1"]
    index.refresh()
    assert [one.id for one in index] == ["a1"]
    assert index.add([article(3)]).added == 1


def test_a_writer_refuses_what_is_no_article_and_goes_on(make_index):
    index = make_index()
    with index.writer() as writer:
        writer.add(article(1))
        with pytest.raises(newsindex.CorpusError, match="headline or a body"):
            writer.add({"x": 1})
        with pytest.raises(newsindex.CorpusError, match="Article or a mapping"):
            writer.add("texte")
    assert [one.id for one in index] == ["a1"]


def test_a_writer_that_has_ended_refuses_changes(make_index):
    index = make_index()
    with index.writer() as writer:
        writer.add(article(1))
    with pytest.raises(newsindex.NewsIndexError, match=r"make another with Index\.writer"):
        writer.add(article(2))
    with index.writer() as writer:
        writer.add(article(2))
        writer.commit()
        with pytest.raises(newsindex.NewsIndexError, match="has committed"):
            writer.add(article(3))
    assert len(index) == 2


def test_the_callers_own_errors_are_passed_on_and_nothing_is_added(make_index):
    def rows():
        yield article(1)
        raise LookupError("the caller's")

    index = make_index()
    with pytest.raises(LookupError, match="the caller's"):
        index.add(rows())
    assert len(index) == 0


def test_commits_on_the_way_are_kept_when_the_rest_fails(make_index):
    def rows():
        yield from (article(i) for i in range(5))
        raise LookupError("the caller's")

    index = make_index()
    with pytest.raises(LookupError, match="the caller's"):
        index.add(rows(), commit_every=2)
    assert sorted(one.id for one in index) == ["a0", "a1", "a2", "a3"]
    assert index.add((article(i) for i in range(6)), commit_every=2).skipped == 4


def test_progress_counts_the_articles(make_index):
    told = []
    make_index().add([article(i) for i in range(3)], progress=told.append)
    assert told == [1, 2, 3]


def test_files_are_read_once_where_a_reading_is_resumed(make_index, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"headline": "Un", "id": "1"}\n')
    (tmp_path / "b.jsonl").write_text('{"headline": "Deux", "id": "2"}\n')
    index = make_index()
    assert index.add(newsindex.read(tmp_path), resume=True).added == 2
    (tmp_path / "b.jsonl").write_text('{"headline": "Deux, corrigé", "id": "2"}\n')
    report = index.add(newsindex.read(tmp_path), resume=True)
    assert (report.added, report.updated, report.skipped) == (0, 1, 1)
    assert index.get("2").headline == "Deux, corrigé"


def test_workers_change_nothing(make_index):
    articles = [Article(f"Titre {i}", f"Le corps {i} du journal. " * 9, id=str(i)) for i in range(300)]
    index = make_index()
    assert index.add(articles, workers=2).added == 300
    assert sorted(one.id for one in index) == sorted(one.id for one in articles)
    assert index.search("journal", limit=0).total == 300


# Several programs


def test_a_reader_keeps_its_view_until_it_refreshes(place):
    index = place.make([article(1)])
    reader = place.open(index)
    before = reader.commit
    index.add([article(2)])
    reader.refresh()
    assert reader.commit != before
    assert {one.id for one in reader} == {"a1", "a2"}
    assert reader.search("journal").total == 2


def test_two_programs_write_to_one_index(place):
    index = place.make([article(1)])
    other = place.open(index)
    other.add([article(2)])
    index.add([article(3)])
    other.delete("a1")
    index.refresh()
    other.refresh()
    assert {one.id for one in index} == {one.id for one in other} == {"a2", "a3"}


def test_the_commit_number_grows_with_every_change(make_index):
    index = make_index()
    numbers = [index.commit]
    index.add([article(1)])
    numbers.append(index.commit)
    index.delete("a1")
    numbers.append(index.commit)
    assert numbers == sorted(set(numbers))


def test_the_identity_of_an_index_stays_and_is_its_own(place):
    index, second = place.make([article(1)]), place.make()
    identity = index.identity
    index.add([article(2)])
    assert place.open(index).identity == index.identity == identity != second.identity
    assert len(identity) == 32
