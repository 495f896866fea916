"""Indexing files: what is passed over, what is kept when it is interrupted, what is said of errors."""

from __future__ import annotations

import json
import os
import zipfile

import pytest
from click.testing import CliRunner

import newsindex
from newsindex.cli import import_summary, main
from newsindex.corpus.formats.registry import FORMAT_NAMES


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSINDEX_PATH", raising=False)

    def run(*arguments, status=0):
        done = CliRunner().invoke(main, ["index", *arguments], catch_exceptions=False)
        assert done.exit_code == status, done.output
        return done

    return run


@pytest.fixture
def counts(run):
    def counts(*arguments, status=0):
        done = json.loads(run(*arguments, "--json", status=status).stdout)
        return tuple(done[name] for name in ("added", "updated", "skipped", "unchanged_files"))

    return counts


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(3):
        records = [{"id": f"{number}-{i}", "titre": f"Titre {i}"} for i in range(4)]
        (folder / f"{number}.jsonl").write_text("\n".join(map(json.dumps, records)))
    return folder


def test_files_that_have_not_changed_are_not_read_again(counts, news):
    assert counts("news") == (12, 0, 0, 0)
    assert counts("news") == (0, 0, 12, 3)
    assert counts("news", "--reread") == (0, 0, 12, 0)
    os.utime(news / "1.jsonl", ns=(1, 1))
    assert counts("news") == (0, 0, 12, 3)
    (news / "1.jsonl").write_text('{"id": "1-0", "titre": "Neuf"}\n{"id": "1-9", "titre": "Autre"}')
    assert counts("news", "--replace") == (1, 1, 8, 2)
    assert counts("news", "--source", "L’Écho")[3] == 0


def test_a_file_whose_dates_are_to_be_read_otherwise_is_read_again(counts, run, tmp_path):
    (tmp_path / "a.csv").write_text("id,titre,date\n1,Le souk,3/12/2024\n")
    assert counts("a.csv") == (1, 0, 0, 0)
    assert counts("a.csv", "--month-first") == (0, 1, 0, 0)
    with newsindex.open("presse.newsindex") as index:
        assert str(index.get("1").published) == "2024-03-12"


def test_a_file_of_the_same_size_and_another_time_is_told_by_its_content(counts, news):
    counts("news")
    path = news / "0.jsonl"
    path.write_text(path.read_text().replace("Titre 0", "Titre 9"))
    os.utime(path, ns=(1, 1))
    assert counts("news", "--replace") == (0, 1, 11, 2)


def test_files_with_errors_are_read_again_so_that_nothing_is_silent(counts, run, news):
    (news / "0.jsonl").write_text('{"titre": "A"}\n{')
    counts("news", status=2)
    assert "0.jsonl:2: this line is not JSON" in run("news", status=2).stderr


def test_what_is_passed_over_is_said(run, news):
    run("news")
    assert "3 files have not changed" in run("news").stderr


def test_interrupted_it_keeps_what_was_committed_and_goes_on_from_there(run, counts, news, monkeypatch):
    add = newsindex.indexer.index_writer.IndexWriter.add
    taken = []

    def interrupted(self, article):
        taken.append(article)
        if len(taken) == 10:
            raise KeyboardInterrupt
        add(self, article)

    monkeypatch.setattr(newsindex.indexer.index_writer.IndexWriter, "add", interrupted)
    done = run("news", "--commit-every", "3", status=130)
    assert "9 articles are in" in done.stderr
    monkeypatch.setattr(newsindex.indexer.index_writer.IndexWriter, "add", add)
    assert counts("news") == (3, 0, 9, 2)


def test_without_interruption_commits_on_the_way_change_nothing(counts, news):
    assert counts("news", "--commit-every", "4", "--at", "a") == (12, 0, 0, 0)
    assert counts("news", "--commit-every", "1", "--at", "b") == (12, 0, 0, 0)
    texts = [sorted(a.headline for a in newsindex.open(name)) for name in "ab"]
    assert texts[0] == texts[1]


def test_strict_stops_at_the_first_error(run, news):
    (news / "0.jsonl").write_text("{\n{")
    done = run("news", "--strict", status=2)
    assert "0.jsonl:1" in done.stderr
    assert "0.jsonl:2" not in done.stderr


def test_errors_are_listed_in_a_file_with_their_places(run, news):
    (news / "wrong.json").write_text('[{"titre": 1}, {"titre": {"a": [1]}}]')
    (news / "wrong.jsonl").write_text('{"titre": "A"}\n{')
    run("news", "--errors", "errors.jsonl", status=2)
    with open("errors.jsonl") as file:
        errors = [json.loads(line) for line in file]
    assert [(e["file"], e["line"], e["record"]) for e in errors] == [
        (os.path.join("news", "wrong.json"), None, 2),
        (os.path.join("news", "wrong.jsonl"), 2, None),
    ]
    assert all(error["reason"] for error in errors)


def test_errors_are_counted_by_kind(run, news):
    (news / "wrong.jsonl").write_text("{\n" * 30 + '{"date": "hier"}')
    done = run("news", status=2)
    assert "30  this line is not JSON" in done.stderr
    assert "12 added, 0 updated, 0 unchanged, 31 errors" in done.stdout


def test_a_pattern_that_the_shell_left_stands_for_its_files(run, news, tmp_path, monkeypatch):
    (tmp_path / "dossier" / "sous").mkdir(parents=True)
    for name in ("a.txt", "[b].txt", "dossier/c.txt", "dossier/sous/d.txt"):
        (tmp_path / name).write_text(f"Titre de {name}\n\nUn texte.", "utf-8")
    assert "1 added" in run("[b].txt").stdout
    assert "1 added, 0 updated, 1 unchanged" in run("*.txt").stdout
    assert "2 added" in run("dossier/**/*.txt").stdout
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert "1 unchanged" in run("~/a.txt").stdout
    assert "Path 'rien-*.txt' does not exist" in run("rien-*.txt", status=2).stderr


def test_fields_may_be_mapped(run, news):
    (news / "a.csv").write_text("manchette,contenu du jour\nA,B")
    run("news/a.csv", "--map", "title=manchette, body=contenu du jour")
    (article,) = [a for a in newsindex.open("presse.newsindex") if a.headline == "A"]
    assert article.body == "B"
    assert "title=titre" in run("news", "--map", "manchette", status=2).output


def test_only_one_language_is_kept(run, news):
    (news / "en.txt").write_text("The city council voted last night to repair the old bridge over the river.")
    assert "1 article is in another language" in run("news", "--lang", "fr").stderr


@pytest.mark.parametrize(("cores", "workers"), [(1, 1), (3, 3), (64, 4), (None, 1)])
def test_files_are_indexed_in_as_many_processes_as_there_are_cores_and_at_most_four(
    run, news, monkeypatch, cores, workers
):
    given = []
    add = newsindex.Index.add

    def noting(index, articles, *, workers, **options):
        given.append(workers)
        return add(index, articles, workers=workers, **options)

    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    monkeypatch.setattr(newsindex.Index, "add", noting)
    run("news")
    run("news", "--reread", "--workers", "2")
    assert given == [workers, 2]


def test_all_errors_are_counted_where_only_the_first_are_listed(run, news):
    (news / "wrong.jsonl").write_text("{\n" * 1200)
    done = run("news", "--errors", "errors.jsonl", status=2)
    assert "1,200 errors" in done.stdout
    assert "and 1,180 more errors" in done.stderr
    assert "1,200  this line is not JSON" in done.stderr
    with open("errors.jsonl") as file:
        assert len(file.readlines()) == 1200


def test_the_closing_lines_tell_all_that_came(run, news, tmp_path):
    (news / "a.csv").write_text("titre,texte,lang\nUn pont de 3 km,Il rouvre.,fr\nA bridge,,en\n")
    (news / "b.csv").write_text("id,titre\n0-0,Le pont de Tétouan rouvre\n")
    (news / "README").write_text("x")
    (news / "c.jsonl").write_text('{"titre": "A"}\n{3\n{4\n')
    done = run("news", status=2)
    for line in (
        "newsindex: news/c.jsonl:2: this line is not JSON",
        "errors by kind, each with its first (--errors FILE lists them all):",
        "        2  this line is not JSON: Expecting property name enclosed in double quotes at column 2 "
        "(news/c.jsonl:2)",
        "records read, by format: 13 jsonl, 3 csv",
        "records without a date: 16 (0-0, 0-1, 0-2, and 13 more); without a body: 15",
        "articles in other languages than French: 1 en",
        "passed over, as no articles: documentation (1)",
        "1 article has the id or address of another one in these files; it was given an id of its own: ",
    ):
        assert line in done.stderr, done.stderr
    summary = json.loads(run("news", "--reread", "--json", status=2).stdout)["summary"]
    assert summary["articles"] == {"jsonl": 13, "csv": 3}
    assert summary["errors"][0]["count"] == 2


def test_columns_that_no_field_took_are_told_with_how_often():
    corpus = newsindex.read([])
    corpus.summary.unread.update({f"Colonne {n}": 20 - n for n in range(14)})
    line = next(line for line in import_summary.lines_of_corpus(corpus) if "no field took" in line)
    assert "20 Colonne 0, 19 Colonne 1" in line
    assert "and 2 more names (--json lists all)" in line


def test_another_article_with_a_known_id_is_kept_or_replaces_it_and_either_is_told(run, tmp_path):
    first = tmp_path / "a.jsonl"
    first.write_text('{"id": "1", "titre": "Le pont de Tétouan rouvre"}')
    run("a.jsonl")
    first.write_text('{"id": "1", "titre": "Pluie sur Oujda"}')
    done = run("a.jsonl")
    assert (
        "1 article has the id of another one in the index; both were kept, the new one as: 1#" in done.stderr
    )
    assert "1 added, 0 updated" in done.stdout
    first.write_text('{"id": "1", "titre": "Grand soleil à Dakhla"}')
    done = json.loads(run("a.jsonl", "--replace", "--json").stdout)
    assert (done["updated"], done["replaced"], done["replaced_ids"]) == (1, 1, ["1"])
    first.write_text('{"id": "1", "titre": "La foire de Meknès"}')
    assert "replaced another one with its id" in run("a.jsonl", "--replace").stderr


def test_the_help_and_the_documentation_of_read_name_every_format(run):
    help_words = run("--help").stdout.replace(",", " ").replace(".", " ").split()
    assert [name for name in FORMAT_NAMES if name not in help_words] == []
    assert [name for name in FORMAT_NAMES if f'"{name}"' not in newsindex.read.__doc__] == []


def test_files_are_listed_with_what_each_gave(run, news):
    (news / "a.csv").write_text("titre,date\nUn,2026-01-02\nDeux,un jour\n")
    run("news", "--files", "files.jsonl", status=2)
    with open("files.jsonl") as lines:
        listed = [json.loads(line) for line in lines]
    assert listed[-1] == {
        "file": os.path.join("news", "a.csv"), "articles": 2, "formats": {"csv": 2}, "without_date": 1,
        "errors": 1, "passed_over": {}, "unchanged": False,
    }  # fmt: skip
    assert [file["articles"] for file in listed] == [4, 4, 4, 2]
    printed = run("news", "--files", "-", status=2).stdout.splitlines()
    again = [json.loads(line) for line in printed[:-1]]
    assert [(file["articles"], file["unchanged"]) for file in again] == [(4, True)] * 3 + [(2, False)]


def test_a_feed_and_a_sitemap_that_have_not_changed_are_listed_with_what_was_read_from_them(run, tmp_path):
    folder = tmp_path / "veille"
    folder.mkdir()
    item = "<item><title>Un pont</title><link>https://e.example/{}</link></item>"
    for name, numbers in (("a.xml", (1, 2)), ("b.xml", (2,))):
        items = "".join(item.format(number) for number in numbers)
        (folder / name).write_text(f"<rss version='2.0'><channel><title>L</title>{items}</channel></rss>")
    news = "<news:publication_date>2026-01-02</news:publication_date><news:title>Le souk rouvre</news:title>"
    (folder / "c.xml").write_text(
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>"
        f"<url><loc>https://e.example/3</loc><news:news>{news}</news:news></url></urlset>"
    )
    assert "3 added, 0 updated, 0 unchanged" in run("veille").stdout
    *lines, counts = run("veille", "--files", "-").stdout.splitlines()
    files = [json.loads(line) for line in lines]
    assert [(file["articles"], file["unchanged"]) for file in files] == [(2, True), (1, True), (1, True)]
    assert [file["without_date"] for file in files] == [None] * 3
    assert "0 added, 0 updated, 4 unchanged" in counts


def test_of_an_unchanged_file_the_articles_that_were_left_out_for_their_language_are_not_counted(run, news):
    run("news", "--lang", "fr")
    (news / "0.jsonl").write_text('{"titre": "A bridge", "lang": "en"}\n{"titre": "Un pont", "lang": "fr"}\n')
    assert "1 added, 0 updated, 8 unchanged" in run("news", "--lang", "fr").stdout
    assert "0 added, 0 updated, 9 unchanged" in run("news", "--lang", "fr").stdout


def test_the_later_record_of_an_article_is_kept_though_it_has_a_headline_alone(run, tmp_path):
    record = {"id": "1", "titre": "Le pont de Tétouan rouvre"}
    (tmp_path / "a.jsonl").write_text(json.dumps({**record, "texte": "Il était fermé depuis mai."}))
    (tmp_path / "b.jsonl").write_text(json.dumps(record))
    assert "1 added, 1 updated, 0 unchanged" in run("a.jsonl", "b.jsonl").stdout
    assert newsindex.open("presse.newsindex").get("1").body == ""
    for options in ([], ["--commit-every", "1"]):
        done = run("a.jsonl", "b.jsonl", "--reread", *options)
        assert "0 added, 0 updated, 2 unchanged" in done.stdout
    assert newsindex.open("presse.newsindex").get("1").body == ""
    assert "0 added, 0 updated, 2 unchanged" in run("a.jsonl", "b.jsonl").stdout


def test_beside_an_archive_the_fuller_record_of_an_article_is_kept(run, tmp_path):
    record = {"id": "1", "titre": "Le pont de Tétouan rouvre"}
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.jsonl", json.dumps({**record, "texte": "Il était fermé depuis mai."}))
    (tmp_path / "b.jsonl").write_text(json.dumps(record))
    done = run("a.zip", "b.jsonl")
    assert "1 added, 0 updated, 1 unchanged" in done.stdout
    assert "the later version was kept (beside a feed or an archive, the fuller one): 1" in done.stderr
    assert newsindex.open("presse.newsindex").get("1").body == "Il était fermé depuis mai."


def test_articles_that_came_again_in_one_reading_are_named(run, news):
    record = {"id": "0-0", "titre": "Titre 0", "texte": "Une suite."}
    (news / "9.jsonl").write_text(json.dumps(record))
    done = run("news")
    assert "12 added, 1 updated" in done.stdout
    assert (
        "1 article came again in these files under its id, and the later version was kept "
        "(beside a feed or an archive, the fuller one): 0-0"
    ) in done.stderr
    summary = json.loads(run("news", "--reread", "--json").stdout)["summary"]
    assert (summary["repeated"], summary["repeated_ids"]) == (1, ["0-0"])


def test_the_time_zone_of_a_new_index_can_be_given_and_that_of_another_is_refused(run, news):
    run("news", "--timezone", "Africa/Casablanca")
    with newsindex.open("presse.newsindex") as index:
        assert index.zone.key == "Africa/Casablanca"
    assert "timezone=Europe/Paris" in run("news", "--timezone", "Europe/Paris", status=3).stderr
    assert "'Mars' is no time zone" in run("news", "--at", "autre", "--timezone", "Mars", status=2).stderr


def test_an_id_that_several_records_have_is_named_once(run, tmp_path):
    texts = ("Il est neuf.", "Il est neuf et large.", "Il est neuf, large et long.")
    lines = [json.dumps({"id": "1", "titre": "Un pont rouvre", "texte": text}) for text in texts]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    told = run("a.jsonl").stderr
    assert "records without a date: 3 (1);" in told
    assert "2 articles came again in these files under their id" in told
    assert told.rstrip().endswith("the fuller one): 1")


def test_entries_that_several_snapshots_of_a_feed_have_are_counted(run, tmp_path):
    item = "<item><title>Un pont</title><link>https://e.example/1</link></item>"
    for name in ("a.xml", "b.xml", "c.xml"):
        (tmp_path / name).write_text(f"<rss version='2.0'><channel><title>L</title>{item}</channel></rss>")
    assert "1 entry of a feed came again in another snapshot" in run("a.xml", "b.xml").stderr
    done = run("a.xml", "b.xml", "c.xml", "--reread")
    assert "2 entries of feeds came again in other snapshots" in done.stderr
    assert "0 added, 0 updated, 1 unchanged" in done.stdout


def test_a_folder_without_a_file_to_read_is_told(run, tmp_path):
    (tmp_path / "vide").mkdir()
    (tmp_path / "caché").mkdir()
    (tmp_path / "caché" / ".a.txt").write_text("Titre\n\nTexte.")
    assert "newsindex: no file was found in 'vide'" in run("vide").stderr
    assert "newsindex: no file was found in 'vide'" in run("vide", "--json").stderr
    assert "newsindex: every file in 'vide', 'caché' was passed over" in run("vide", "caché").stderr
    assert "passed over:" not in run("vide", "caché/.a.txt").stderr
    unchanged = run("caché/.a.txt").stderr
    assert "1 file has not changed" in unchanged
    assert "was found" not in unchanged


def test_a_list_that_cannot_be_written_is_refused_before_the_index_is_made(run, news, tmp_path):
    for option in ("--errors", "--files"):
        done = run("news", option, "absent/list.jsonl", "--at", "neuf", status=2)
        assert f"'{option}'" in done.stderr
        assert not (tmp_path / "neuf").exists()


def test_a_list_in_the_folder_that_is_indexed_is_not_read(run, news, monkeypatch):
    (news / "a.csv").write_text("titre,date\nUn,un jour\n")
    monkeypatch.chdir(news)
    for _ in range(2):
        done = run(".", "--errors", "errors.jsonl", "--files", "files.jsonl", "--json", status=2)
        report = json.loads(done.stdout)
        assert (report["error_count"], report["summary"]["passed_over"]) == (1, {"list of this command": 2})
        names = [json.loads(line)["file"] for line in (news / "files.jsonl").read_text().splitlines()]
        assert names == ["0.jsonl", "1.jsonl", "2.jsonl", "a.csv"]
    (news / "a.csv").unlink()
    run(".", "--errors", "errors.jsonl", "--files", "files.jsonl")


def test_an_index_in_the_folder_that_is_indexed_is_not_read_whatever_its_name(run, news, tmp_path):
    (tmp_path / "link").symlink_to(news)
    for folder in ("news", "link"):
        run(folder, "--at", f"{folder}/mon-index")
        again = run(folder, "--at", f"{folder}/mon-index")
        assert "0 added, 0 updated, 12 unchanged, 0 errors" in again.stdout
