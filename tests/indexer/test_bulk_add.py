"""Adding many articles: what is refused is reported each time, and nothing counts as taken in that is not."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import newsindex
from newsindex import Article
from newsindex.indexer import AddReport, IndexWriter


@pytest.fixture
def news(tmp_path):
    """A file of three records, the second one too long for the limit of 100 characters."""
    path = tmp_path / "news.jsonl"
    texts = ["un", "deux " * 30, "trois"]
    lines = [json.dumps({"id": f"n{i}", "title": "Titre", "text": text}) for i, text in enumerate(texts)]
    path.write_text("\n".join(lines))
    return path


def test_an_article_that_is_too_long_is_reported_each_time_with_its_file_and_line(
    make_index, monkeypatch, news
):
    monkeypatch.setattr("newsindex.article.MAX_ARTICLE_CHARACTERS", 100)
    index = make_index()
    for added in (2, 0):
        report = index.add(newsindex.read(news), resume=True)
        (error,) = report.errors
        assert (report.added, error.file, error.line) == (added, str(news), 2)
        assert "has 155 characters, more than 100: split it" in error.reason
    monkeypatch.undo()
    assert index.add(newsindex.read(news), resume=True).added == 1
    corpus = newsindex.read(news)
    assert index.add(corpus, resume=True).skipped == 3
    assert corpus.unchanged_files == 1


def test_what_the_writer_refuses_of_a_file_is_reported_each_time_with_the_file(make_index, monkeypatch, news):
    add = IndexWriter.add

    def refusing(self, article):
        if article.id == "n1":
            raise newsindex.CorpusError("no")
        add(self, article)

    monkeypatch.setattr(IndexWriter, "add", refusing)
    index = make_index()
    told = []
    for added in (2, 0):
        report = index.add(newsindex.read(news, on_error=told.append), resume=True)
        assert (report.added, [str(error) for error in report.errors]) == (added, [f"{news}: no"])
    assert len(told) == 2
    with pytest.raises(newsindex.CorpusError, match="no"):
        index.add(newsindex.read(news, strict=True))
    monkeypatch.undo()
    assert index.add(newsindex.read(news), resume=True).added == 1


def test_a_feed_with_an_entry_that_the_writer_refuses_is_read_again(make_index, monkeypatch, tmp_path):
    entries = "".join(f"<item><title>Titre {i}</title><guid>g{i}</guid></item>" for i in range(2))
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text(f"<rss version='2.0'><channel><title>F</title>{entries}</channel></rss>")
    index = make_index()
    add = IndexWriter.add
    refused = []

    def refusing(self, article):
        if article.headline == "Titre 1":
            refused.append(article.id)
            raise newsindex.CorpusError("no")
        add(self, article)

    monkeypatch.setattr(IndexWriter, "add", refusing)
    for _ in range(2):
        assert (
            index.add(newsindex.read([tmp_path / "a.xml", tmp_path / "b.xml"]), resume=True).error_count == 1
        )
    assert len(refused) == 2


def test_a_report_keeps_the_first_errors_and_counts_all():
    report, other = AddReport(), AddReport()
    for i in range(700):
        report.add_errors([newsindex.CorpusError(f"first {i}")])
        other.add_errors([newsindex.CorpusError(f"second {i}")])
    report.include(other)
    assert (len(report.errors), report.error_count) == (1000, 1400)
    assert (str(report.errors[0]), str(report.errors[-1])) == ("first 0", "second 299")


def test_an_addition_with_very_many_errors_counts_all_of_them(make_index):
    report = make_index().add([{"x": i} for i in range(1500)] + [Article("Un")], commit_every=600)
    assert (report.added, report.error_count, len(report.errors)) == (1, 1500, 1000)


def test_an_addition_starts_no_process_unless_it_is_told_to(make_index, monkeypatch, scanner_of_arrays):
    monkeypatch.setattr("newsindex.indexer.workers.worker_pool._MIN_CHARACTERS", 1)

    def no_process(*arguments):
        raise AssertionError("a process was started")

    monkeypatch.setattr("newsindex.indexer.workers.worker_pool.WorkerProcess", no_process)
    index = make_index()
    assert index.add([Article(f"Titre {i}") for i in range(600)]).added == 600
    with index.writer() as writer:
        for i in range(600, 1200):
            writer.add(Article(f"Titre {i}"))
    index.optimize()
    assert len(index) == 1200
    with pytest.raises(AssertionError, match="a process was started"):
        index.add([Article(f"Titre {i}") for i in range(1200, 1800)], workers=2)


@pytest.mark.parametrize("mode", ["r", "rb"])
def test_an_open_file_is_no_iterable_of_articles(make_index, news, mode):
    index = make_index()
    with open(news, mode) as stream, pytest.raises(TypeError, match=r"newsindex\.read\(path\)"):
        index.add(stream)
    with pytest.raises(TypeError, match=r"newsindex\.read\(path\)"):
        index.add(news)
    assert len(index) == 0


def test_the_errors_of_something_else_than_a_corpus_are_not_taken_for_records(make_index):
    class Rows(list):
        errors = "strict"

    report = make_index().add(Rows([Article("Un")]))
    assert (report.added, report.errors, report.error_count) == (1, [], 0)


def test_importing_the_package_leaves_the_writer_alone():
    code = (
        "import sys, newsindex; print([m for m in sys.modules if m.startswith('newsindex.indexer.writer')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_index_in_the_folder_of_the_articles_is_not_read(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"titre": "Neige", "id": 1}\n')
    with newsindex.create(tmp_path / "index") as index:
        for _ in range(2):
            corpus = newsindex.read(tmp_path)
            assert index.add(corpus).errors == []
            assert (corpus.files_total, corpus.bytes_read) == (1, corpus.bytes_total)


def test_files_are_left_out_of_a_reading_that_has_begun(tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.jsonl").write_text(f'{{"titre": "{name}"}}\n')
    corpus = newsindex.read(tmp_path)
    first = next(corpus)
    for name in "ab":
        corpus.leave_out(tmp_path / f"{name}.jsonl", "list of this command")
    assert [article.headline for article in (first, *corpus)] == ["a", "c"]
