"""The summary of a reading counts what came, and what did not and why."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import newsindex
from newsindex import Article, CorpusError, Summary
from newsindex.corpus.summary import CountedIds


def write_all(tmp_path):
    records = [
        {"titre": "Un pont", "texte": "Le pont.", "date": "2026-01-31", "lang": "fr-MA"},
        {"titre": "A bridge", "lang": "en"},
        {"titre": "Jisr", "lang": "ar"},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)) + '\n{"a"\n{"b"\n')
    (tmp_path / "b.csv").write_text("titre,texte\nUn,Deux\nTrois,Quatre,Cinq,Six\n")
    (tmp_path / ".caché").write_text("x")
    (tmp_path / "LISEZ.md").write_text("x")
    (tmp_path / "dehors.txt").symlink_to(Path(__file__))


def test_a_reading_is_counted(tmp_path):
    write_all(tmp_path)
    corpus = newsindex.read(tmp_path)
    assert len(list(corpus)) == 5
    summary = corpus.summary
    assert summary.articles == {"jsonl": 3, "csv": 1, "markdown": 1}
    assert (summary.undated, summary.without_body) == (4, 3)
    assert summary.other_languages == {"en": 1, "ar": 1}
    assert summary.passed_over["hidden file"] == 1
    assert summary.passed_over["link out of the folder"] == 1
    counts = sorted(kind.count for kind in summary.errors.values())
    assert (sum(counts), counts) == (corpus.error_count, [1, 2])


def test_errors_of_a_kind_are_counted_together_and_the_first_is_kept_as_it_is():
    summary = Summary()
    for value in ("'12 mars'", '"13, mars"', "14"):
        summary.count_error(CorpusError(f"{value} is not a date: write it like 2026-01-31", "a.csv", 3))
    summary.count_error(CorpusError("this is a link"))
    assert summary.to_dict()["errors"] == [
        {
            "reason": "'12 mars' is not a date: write it like 2026-01-31",
            "count": 3,
            "example": "a.csv:3: '12 mars' is not a date: write it like 2026-01-31",
        },
        {"reason": "this is a link", "count": 1, "example": "this is a link"},
    ]


def test_a_summary_is_written_as_json():
    summary = Summary()
    for lang in ("fr", "FR", "fr_FR", "fra", None, "en"):
        summary.count_article(Article("Un titre", lang=lang), "page")
    for number in range(8):
        summary.keep_apart(f"1#{number}")
    summary.pass_over("draft")
    summary.unread["Mots-clés"] += 12
    written = json.loads(json.dumps(summary.to_dict()))
    assert written == {
        "articles": {"page": 6},
        "without_date": 6,
        "without_date_ids": [Article("Un titre").id],
        "without_body": 6,
        "other_languages": {"en": 1},
        "passed_over": {"draft": 1},
        "unread": {"Mots-clés": 12},
        "kept_apart": 8,
        "kept_apart_ids": [f"1#{number}" for number in range(5)],
        "repeated": 0,
        "repeated_ids": [],
        "entry_versions": 0,
        "errors": [],
    }


def test_versions_of_an_entry_are_one_article_of_their_format(tmp_path):
    for name, text in (("a.xml", "Court."), ("b.xml", "Court. Puis plus long.")):
        item = (
            f"<item><title>Un pont</title><link>https://e.example/1</link><description>{text}</description>"
        )
        (tmp_path / name).write_text(
            f"<rss version='2.0'><channel><title>L</title>{item}</item></channel></rss>"
        )
    (tmp_path / "c.xml").write_text((tmp_path / "a.xml").read_text())
    corpus = newsindex.read(tmp_path)
    assert len(list(corpus)) == 1
    assert (corpus.summary.articles, corpus.summary.entry_versions) == ({"feed": 1}, 2)


def files_of(*paths, **options):
    told = []
    list(newsindex.read(paths, on_file=told.append, **options))
    return {Path(file.name).name: file for file in told}


def test_each_file_is_told_with_what_it_gave(tmp_path):
    write_all(tmp_path)
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4\nnothing")
    (tmp_path / "d.png").write_bytes(b"\x89PNG\r\n\x1a\nx")
    files = files_of(tmp_path)
    assert list(files) == ["LISEZ.md", "a.jsonl", "b.csv", "c.pdf", "d.png"]
    told = {name: (file.articles, dict(file.formats), file.errors) for name, file in files.items()}
    assert told["a.jsonl"] == (3, {"jsonl": 3}, 2)
    assert told["b.csv"] == (1, {"csv": 1}, 1)
    assert told["c.pdf"] == (0, {"pdf": 0}, 1)
    assert (told["d.png"], files["d.png"].passed_over) == ((0, {}, 0), {"image": 1})
    assert files["LISEZ.md"].passed_over == {}
    assert [files[name].undated for name in ("a.jsonl", "b.csv", "c.pdf")] == [2, 1, 0]


def test_an_archive_is_one_file_with_the_formats_of_its_members(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "Neige\n\nIl neige.")
        archive.writestr("b.jsonl", '{"titre": "Pluie"}\n{"titre": "Vent"}\n')
    (file,) = files_of(tmp_path / "a.zip").values()
    assert (file.articles, file.formats, file.errors) == (3, {"text": 1, "jsonl": 2}, 0)


def test_each_snapshot_of_a_feed_is_told_with_its_entries(tmp_path):
    item = "<item><title>Un pont</title><link>https://e.example/1</link></item>"
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text(f"<rss version='2.0'><channel><title>L</title>{item}</channel></rss>")
    told = {name: file.formats for name, file in files_of(tmp_path).items()}
    assert told == {"a.xml": {"feed": 1}, "b.xml": {"feed": 1}}


def test_an_article_that_comes_again_under_its_id_is_counted_and_named(tmp_path, make_index):
    first = {"id": "1", "titre": "Un pont rouvre à Tétouan", "texte": "Il est neuf."}
    later = first | {"texte": "Il est neuf et large."}
    (tmp_path / "a.jsonl").write_text(
        "\n".join(map(json.dumps, [first, {"id": "2", "titre": "Deux"}, later]))
    )
    corpus = newsindex.read(tmp_path)
    report = make_index().add(corpus)
    assert (report.added, report.updated) == (2, 1)
    assert (corpus.summary.repeated, corpus.summary.repeated_ids) == (1, ["1"])


def test_the_first_articles_without_a_date_are_named(tmp_path):
    (tmp_path / "a.csv").write_text(
        "id,titre,date\n1,Un,\n2,Deux,2026-01-02\n" + "".join(f"{n},Titre,\n" for n in range(3, 20))
    )
    corpus = newsindex.read(tmp_path)
    list(corpus)
    assert corpus.summary.undated == 18
    assert corpus.summary.undated_ids == ["1", "3", "4", "5", "6"]


def test_each_id_is_named_once_and_each_record_is_counted(tmp_path):
    texts = ("Il est neuf.", "Il est neuf et large.", "Il est neuf, large et long.")
    records = [{"id": "1", "titre": "Un pont rouvre à Tétouan", "texte": text} for text in texts]
    records.append({"id": "2", "titre": "Deux"})
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)))
    corpus = newsindex.read(tmp_path)
    list(corpus)
    assert (corpus.summary.undated, corpus.summary.undated_ids) == (4, ["1", "2"])
    assert (corpus.summary.repeated, corpus.summary.repeated_ids) == (2, ["1"])
    assert corpus.summary.undated_articles.listed() == "1, 2"
    assert corpus.summary.undated_articles.listed(1) == "1, and 1 more"


def test_ids_counted_in_two_places_are_listed_as_far_as_they_are_not_taken_back():
    counts, later = CountedIds(maximum=2), CountedIds(maximum=2)
    for article_id in ("a", "b", "c", "a"):
        counts.add(article_id)
    later.add("a", -2)
    later.add("d")
    counts.include(later)
    assert (counts.total, counts.ids, counts.listed()) == (3, ["b", "d"], "b, d, and 1 more")


def test_an_id_that_is_taken_back_makes_room_for_another():
    counts = CountedIds(maximum=2)
    for article_id in ("a", "b"):
        counts.add(article_id)
        counts.add(article_id, -1)
    counts.add("c")
    assert (counts.total, counts.ids, counts.listed()) == (1, ["c"], "c")


def test_records_of_which_no_id_is_left_are_told_without_one():
    counts = CountedIds(maximum=1)
    for article_id in ("a", "b"):
        counts.add(article_id)
    counts.add("a", -1)
    assert (counts.total, counts.ids, counts.listed()) == (1, [], "their ids are not listed")


def feed(path, text):
    item = f"<item><title>Un pont rouvre</title><link>https://e.example/1</link><description>{text}</description></item>"
    path.write_text(f"<rss version='2.0'><channel><title>L</title>{item}</channel></rss>")


def test_an_entry_of_a_feed_counts_as_repeated_where_another_file_gave_its_article(tmp_path):
    record = {"id": "https://e.example/1", "titre": "Un pont rouvre", "texte": "Il est neuf."}
    feed(tmp_path / "b.xml", "Il est neuf.")
    feed(tmp_path / "c.xml", "Il est neuf et large.")
    for name in ("a.jsonl", "d.jsonl"):  # before the feeds, and after them
        (tmp_path / name).write_text(json.dumps(record))
        corpus = newsindex.read(tmp_path)
        assert len(list(corpus)) == 2
        summary = corpus.summary
        assert (summary.repeated_ids, summary.repeated, summary.entry_versions) == ([record["id"]], 1, 1)
        (tmp_path / name).unlink()


def test_an_entry_counts_as_repeated_where_a_shorter_version_is_not_held_any_more(tmp_path, monkeypatch):
    monkeypatch.setattr("newsindex.corpus.inputs.feed_versions._MAX_HELD_CHARACTERS", 1)
    for name, text in (("a", "Il est neuf."), ("b", "Il est neuf et large."), ("c", "Il est neuf.")):
        feed(tmp_path / f"{name}.xml", text)
    corpus = newsindex.read(tmp_path)
    assert [article.body for article in corpus] == ["Il est neuf.", "Il est neuf et large."]
    assert (corpus.summary.repeated, corpus.summary.entry_versions) == (1, 1)
