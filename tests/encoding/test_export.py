"""What is exported and read again is what it was, to the last character."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import tempfile
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.article import FIELDS
from newsindex.corpus.fields.records import article_from
from newsindex.deadline import deadline
from newsindex.encoding import export as exported
from newsindex.storage.stored_articles import pack_article

HOSTILE = (
    '"', "\n", "\r", "\r\n", ",", ";", "\t", "'", "\\", "\ufeff", "\x00", "\x01", "\x1b", "\x7f", "\x85",
    "\u2028", "é", "😀", "=1+1", "@SUM(A1)", "+33", "-2", "<p>", "{", "[{", "sep=;", "id", " ",
)  # fmt: skip
texts = st.lists(
    st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
).map("".join)
zones = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(timezones=st.none() | zones)
optional = st.none() | texts
articles = st.builds(
    lambda headline, *rest, extra: Article(headline or "vide", *rest, extra=extra),
    texts.map(lambda text: text if text.strip() else f"{text}x"),
    texts, optional, st.none() | st.dates() | moments, optional, texts, optional, optional, optional, texts,
    extra=st.dictionaries(texts | st.sampled_from(["$oid", "#text", "url"]), texts, max_size=3),
)  # fmt: skip
FORMATS = ("jsonl", "csv", "jsonl.gz", "csv.gz")
FULL = Article(
    '=HYPERLINK("x")',
    ' Un "corps",\r\nde deux lignes\n',
    source=" ",
    published=datetime(2026, 1, 2, 3, tzinfo=UTC),
    url="u",
    id="\x01",
    section="\ufeff",
    author="a\rb",
    lang="fr",
    abstract="\n",
    extra={"$oid": "", "": " b "},
)


@given(st.lists(articles, max_size=6), st.sampled_from(FORMATS))
@example([FULL], "jsonl")
@example([FULL], "csv")
@example([Article("\x00" * 60, "\x01" * 600)], "csv")
def test_exported_and_indexed_again_gives_an_equal_index(written, suffix):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        first = newsindex.create(Path(home, "a"))
        first.add(written)
        path = Path(home, f"export.{suffix}")
        assert first.export(path) == len(first)
        second = newsindex.create(Path(home, "b"))
        corpus = newsindex.read(path)
        second.add(corpus)
        assert {a.id: pack_article(a) for a in second} == {a.id: pack_article(a) for a in first}
        if len(first):
            assert corpus.errors == []
            again = first.add(newsindex.read(path))
            assert (again.added, again.updated, again.skipped) == (0, 0, len(first))
        first.close()
        second.close()


@pytest.fixture
def index(make_index):
    return make_index(
        [Article("Interpol à Fès", "Le corps.", "Hespress", date(2026, 1, 2), id="b"), Article("Sans date")],
        [
            Article(
                "Interpol, hier", "Un corps.", "L’Écho", datetime(2025, 12, 31, 8), id="a", extra={"p": "3"}
            )
        ],
    )


def test_a_record_has_every_field_of_an_article(index, tmp_path):
    index.export(tmp_path / "a.jsonl")
    records = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert all(set(record) == set(FIELDS) for record in records)
    assert [record["published"] for record in records] == [None, "2025-12-31T08:00:00", "2026-01-02"]
    assert records[1]["extra"] == {"p": "3"}


def test_a_moment_is_given_and_exported_in_the_zone_of_the_index(make_index, tmp_path):
    published = datetime(2024, 3, 12, 13, 5, tzinfo=UTC)
    article = Article("La sardine", published=published, id="a")
    index = make_index([article])
    index.export(tmp_path / "a.csv")
    assert '"2024-03-12T14:05:00+01:00"' in (tmp_path / "a.csv").read_text()
    found = [index.get("a"), next(iter(index)), index.search("sardine").hits[0].article]
    assert [one.published.isoformat() for one in found] == ["2024-03-12T14:05:00+01:00"] * 3
    assert found == [article] * 3
    elsewhere = replace(article, published=published.astimezone(timezone(timedelta(hours=-5))))
    assert index.add([elsewhere]).skipped == 1


def test_csv_is_read_by_any_reader_of_csv(index, tmp_path):
    index.export(tmp_path / "a.csv")
    with open(tmp_path / "a.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert [row["headline"] for row in rows] == ["Sans date", "Interpol, hier", "Interpol à Fès"]
    assert (rows[0]["source"], rows[1]["extra"]) == ("", '{"p":"3"}')


def test_a_search_is_exported_with_its_filters(index):
    stream = io.BytesIO()
    assert index.export(stream, "interpol", since="2026") == 1
    assert json.loads(stream.getvalue())["id"] == "b"
    assert [a.id for a in index.articles("corps", source="l'echo")] == ["a"]
    assert [a.id for a in index.articles("interpol hier", operator="all")] == ["a"]


def test_deleted_articles_are_not_exported(index):
    index.delete("a")
    assert "a" not in [article.id for article in index.articles()]


def test_articles_are_given_as_of_the_call(index):
    given = index.articles("interpol")
    index.delete("a", "b")
    index.optimize()
    assert [article.id for article in given] == ["a", "b"]


def test_articles_are_written_as_they_come(make_index):
    """Nothing is gathered: what was written is in the stream when the next article is asked for."""
    stream = io.BytesIO()
    seen = []

    def given():
        for number in range(3):
            seen.append(stream.getvalue().count(b"\n"))
            yield Article(f"Titre {number}")

    assert exported.export(given(), stream) == 3
    assert seen == [0, 1, 2]


def test_a_file_stays_as_it_was_where_an_export_fails(index, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("avant")

    def given():
        yield Article("A")
        raise newsindex.IndexCorrupt("damaged")

    with pytest.raises(newsindex.IndexCorrupt):
        exported.export(given(), path)
    assert path.read_text() == "avant"
    assert not [item.name for item in tmp_path.iterdir() if item.name.endswith(".new")]


def test_an_export_ends_at_its_deadline_and_leaves_the_file_as_it_was(index, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("avant")

    def without_end():
        while True:
            yield Article("A")

    with pytest.raises(newsindex.errors.DeadlineExceeded), deadline(0.05):
        exported.export(without_end(), path)
    assert path.read_text() == "avant"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on Windows")
def test_a_pipe_is_written_as_it_is(index, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    read = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    assert index.export(tmp_path / "pipe", format="csv") == 3
    reader.join()
    assert read[0].count(b"\n") == 4


def test_a_link_keeps_leading_to_the_file(index, tmp_path):
    (tmp_path / "file.jsonl").write_text("avant")
    (tmp_path / "link").symlink_to(tmp_path / "file.jsonl")
    index.export(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file.jsonl").read_text().count("\n") == 3


def test_what_cannot_be_written_is_one_error(index, tmp_path):
    for path in (tmp_path / "absent" / "a.csv", tmp_path, "a\0b"):
        with pytest.raises(newsindex.NewsIndexError, match="cannot be written"):
            index.export(path)
    with pytest.raises(newsindex.QueryError, match="jsonl, csv"):
        index.export(tmp_path / "a", format="xml")
    with pytest.raises(TypeError, match="output must be"):
        index.export(5)
    with pytest.raises(TypeError, match="limit"):
        index.export(tmp_path / "a", limit=5)


def test_the_name_tells_the_format(index, tmp_path):
    index.export(tmp_path / "A.CSV.GZ")
    assert gzip.decompress((tmp_path / "A.CSV.GZ").read_bytes()).startswith(b'"id","headline"')
    for name in ("a", "a.", "a.ndjson", "a.d/articles", "articles.gz", "b.JSONL"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        index.export(tmp_path / name)
        assert [article.id for article in newsindex.read(tmp_path / name)][1:] == ["a", "b"], name


@pytest.mark.parametrize("name", ["a.xlsx", "a.json", "a.html", "a.csv.zip", "a.json.gz", "a.csv.d", ".tsv"])
def test_a_name_of_another_format_is_refused_and_nothing_is_written(index, tmp_path, name):
    with pytest.raises(newsindex.QueryError, match=r"as \.jsonl or \.csv") as caught:
        index.export(tmp_path / name)
    assert ("JSON Lines is named .jsonl" in str(caught.value)) == (".json" in name)
    assert not (tmp_path / name).exists()
    assert index.export(tmp_path / name, format="csv") == 3


EXPORTED = {**dict.fromkeys(FIELDS), "headline": " A ", "body": "", "abstract": "", "id": "1", "extra": {}}


@pytest.mark.parametrize(
    "changed",
    [{"published": "31/01/2026"}, {"extra": "{"}, {"headline": 5}, {"extra": [1]},
     {"extra": "[" * 100_000}, {"published": 20260131}, {"body": None}],
)  # fmt: skip
def test_a_record_that_no_export_wrote_is_understood_as_any_other(changed):
    article = article_from({**EXPORTED, **changed})
    assert article.headline == str(changed.get("headline", "A"))
    assert str(article.published) in ("None", "2026-01-31")


def test_an_exported_record_takes_the_source_that_is_named_for_those_without():
    assert article_from(EXPORTED, source="L’Écho").source == "L’Écho"
    assert article_from({**EXPORTED, "source": "M"}, source="L’Écho").source == "M"
