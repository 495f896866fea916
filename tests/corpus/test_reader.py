"""Files become articles; what cannot is reported with its place, and stops nothing."""

from __future__ import annotations

import gzip
import io
import json
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article, CorpusError
from newsindex.corpus import stream
from newsindex.corpus.dates import parse_date
from newsindex.corpus.record import article_from


def read(tmp_path, name, content, **options):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    corpus = newsindex.read(path, **options)
    return [a.headline for a in corpus], [(e.line, e.reason) for e in corpus.errors]


RECORD = json.dumps({"titre": "Un titre", "texte": "Un corps."})


@pytest.mark.parametrize(
    ("name", "content", "headlines"),
    [
        ("a.jsonl", f"{RECORD}\n\n{RECORD}", ["Un titre"] * 2),
        ("a.ndjson", RECORD, ["Un titre"]),
        ("a.json", f"[{RECORD}, {RECORD}]", ["Un titre"] * 2),
        ("a.json", RECORD, ["Un titre"]),
        ("a.json", json.dumps({"n": 1, "articles": [{"title": "A"}, {"title": "B"}]}), ["A", "B"]),
        ("a.json", f"{RECORD}\n{RECORD}", ["Un titre"] * 2),
        ("a.csv", "titre,texte\nA,B\n\nC,\n", ["A", "C"]),
        ("a.csv", 'titre;texte\n"A; b";"deux\nlignes"\n', ["A; b"]),
        ("a.tsv", "titre\ttexte\nA\tB", ["A"]),
        ("a.csv", "\ufefftitre,texte\nÉté,B", ["Été"]),
        ("a.csv", "titre,texte\nÉté,B".encode("cp1252"), ["Été"]),
        ("a.txt", "Un titre\n\nUn corps.", ["Un titre"]),
        ("noname", RECORD, ["Un titre"]),
        ("noname", "title,body\nA,B", ["A"]),
        ("a.jsonl.gz", gzip.compress(RECORD.encode()), ["Un titre"]),
        ("wrongly-named.txt", gzip.compress(RECORD.encode()), ["Un titre"]),
        ("a.csv.gz", gzip.compress(b"title,body\nA,B"), ["A"]),
        ("a.jsonl", b"\xef\xbb\xbf" + RECORD.encode(), ["Un titre"]),
    ],
)
def test_each_format_is_read(tmp_path, name, content, headlines):
    assert read(tmp_path, name, content) == (headlines, [])


@pytest.mark.parametrize(
    ("name", "content", "headlines", "errors"),
    [
        (
            "a.jsonl",
            f"{RECORD}\n{{broken\n[1]\n{RECORD}",
            ["Un titre"] * 2,
            [(2, "not JSON"), (3, "object")],
        ),
        ("a.jsonl", '{"source": "x"}', [], [(1, "headline or a body")]),
        ("a.jsonl", '{"titre": "A", "date": "demain"}', [], [(1, "'demain' is not a date")]),
        ("a.jsonl", '{"titre": "\\ud800"}', [], [(1, "surrogate")]),
        ("a.jsonl", '{"titre": {"a": 1}}', [], [(1, "headline must be text")]),
        ("a.jsonl", "[" * 100_000, [], [(1, "nested")]),
        ("a.json", "[1, 2", [], [(None, "not JSON")]),
        ("a.json", "[" * 100_000, [], [(None, "nested")]),
        ("a.csv", "titre,texte\nA,B,C\nD,E", ["D"], [(2, "3 cells")]),
        ("a.txt", b"\x00\x01\x02" * 40, [], [(None, "not a text")]),
        ("a.txt", "", [], [(None, "empty")]),
        ("a.txt", " \n ", [], [(None, "headline or a body")]),
        ("a.jsonl.gz", gzip.compress(f"{RECORD}\n".encode() * 9000)[:-20], None, [(None, "gzip")]),
        ("a.jsonl.gz", b"\x1f\x8bnonsense", [], [(None, "gzip")]),
    ],
)
def test_what_cannot_be_read_is_reported_with_its_line(tmp_path, name, content, headlines, errors):
    found, reported = read(tmp_path, name, content)
    assert found == headlines if headlines is not None else len(found) > 100
    assert [line for line, _ in reported] == [line for line, _ in errors]
    for (_, said), (_, expected) in zip(reported, errors, strict=True):
        assert expected in said


def test_a_line_without_end_is_skipped_and_the_next_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(stream, "MAX_LINE", 1 << 10)
    long = json.dumps({"titre": "x" * 5000})
    found, errors = read(tmp_path, "a.jsonl", f"{long}\n{RECORD}\n{long}")
    assert found == ["Un titre"]
    assert [line for line, _ in errors] == [1, 3]


def test_a_document_too_large_to_read_whole_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(stream, "MAX_DOCUMENT", 1 << 10)
    bomb = gzip.compress(b" " * 100_000 + b"titre")
    assert "larger than" in read(tmp_path, "a.txt.gz", bomb)[1][0][1]


def test_folders_are_walked_in_order_without_hidden_files_documentation_and_links_out(tmp_path):
    home = tmp_path / "home"
    for name in ("b/2.txt", "a/1.txt", ".hidden/3.txt", "a/.4.txt", "README.md"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(f"Titre {name}")
    (tmp_path / "outside.txt").write_text("Dehors")
    (home / "link.txt").symlink_to(tmp_path / "outside.txt")
    corpus = newsindex.read(home)
    assert [a.headline for a in corpus] == ["Titre a/1.txt", "Titre b/2.txt"]
    assert corpus.errors == []
    assert corpus.bytes_read == corpus.bytes_total > 0


def test_a_damaged_file_stops_no_other(tmp_path):
    (tmp_path / "1.json").write_text("{")
    (tmp_path / "2.txt").write_text("Titre")
    corpus = newsindex.read(tmp_path)
    assert [a.headline for a in corpus] == ["Titre"]
    assert corpus.errors[0].file == str(tmp_path / "1.json")


def test_standard_input_is_read(monkeypatch):
    class Stdin:
        buffer = io.BytesIO(RECORD.encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert [a.headline for a in newsindex.read("-")] == ["Un titre"]


@pytest.mark.parametrize("wrong", [("nowhere.txt", {}), ("bad\x00name", {}), (".", {"format": "docx"})])
def test_a_wrong_path_or_format_fails_when_given(wrong):
    path, options = wrong
    with pytest.raises(CorpusError):
        newsindex.read(path, **options)


def test_strict_raises_the_first_error_and_on_error_is_told_each(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(f"{{\n{RECORD}\n{{")
    told = []
    assert len(list(newsindex.read(path, on_error=told.append))) == 1
    assert [error.line for error in told] == [1, 3]
    with pytest.raises(CorpusError, match=r"a\.jsonl:1"):
        list(newsindex.read(path, strict=True))


def test_a_format_may_be_named(tmp_path):
    assert read(tmp_path, "a.txt", "titre,texte\nA,B", format="csv") == (["A"], [])
    assert read(tmp_path, "b.csv", RECORD, format="jsonl") == (["Un titre"], [])


def test_field_names_are_those_that_people_use():
    article = article_from(
        {"Titre": "T", "Contenu": "C", "chapô": "A", "pubDate": "Fri, 02 Jan 2026 10:00:00 +0100",
         "Publisher": "P", "lien": "https://x.example", "_id": 5, "Rubrique": ["R", "S"],
         "auteurs": ["Un", "Deux"], "langue": "fr", "page": 3, "empty": None, "title": "other"}
    )  # fmt: skip
    when = datetime(2026, 1, 2, 10, tzinfo=timezone(timedelta(hours=1)))
    assert article == Article(
        "T", "C", "P", when, "https://x.example", "5", "R, S", "Un, Deux", "fr", "A",
        {"page": "3", "title": "other"},
    )  # fmt: skip


def test_fields_map_ours_to_theirs_and_source_fills_a_gap():
    record = {"t1": "T", "title": "autre", "body": "B"}
    article = article_from(record, fields={"headline": "t1"}, source="S")
    assert (article.headline, article.body, article.source) == ("T", "B", "S")
    assert article.extra == {"title": "autre"}
    assert article_from({"title": "T", "source": "X"}, source="S").source == "X"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-01-02", date(2026, 1, 2)), ("02/01/2026", date(2026, 1, 2)), ("2.1.2026", date(2026, 1, 2)),
        ("02 - 01 - 2026", date(2026, 1, 2)), ("2 janvier 2026", date(2026, 1, 2)),
        ("1er Février 2026", date(2026, 2, 1)), ("vendredi 2 janv. 2026", date(2026, 1, 2)),
        ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2026-01-02 03:04", datetime(2026, 1, 2, 3, 4)),
        (1767312000, datetime(2026, 1, 2, tzinfo=UTC)),
        (1767312000000, datetime(2026, 1, 2, tzinfo=UTC)),
        (date(2026, 1, 2), date(2026, 1, 2)),
    ],
)  # fmt: skip
def test_dates_are_what_a_french_reader_means(written, meant):
    assert parse_date(written) == meant


@pytest.mark.parametrize("wrong", ["", "31/02/2026", "hier", "12", "0001-01-01", True, None, [], 1e30])
def test_what_is_no_date_is_refused(wrong):
    with pytest.raises(ValueError):  # noqa: PT011 - the caller says what was wrong
        parse_date(wrong)


VALID = [
    RECORD.encode(), f"[{RECORD}]".encode(), b"titre,texte\nA,B\n", "Titre\n\nCorps « é »".encode(),
    "A\u00a0\u00a0\u00a0\u00a0B\nTitre\nPublié dans X le 02 - 01 - 2026\nCorps".encode(),
    gzip.compress(RECORD.encode() * 50), RECORD.encode("utf-16"),
]  # fmt: skip


@st.composite
def mutated(draw):
    content = bytearray(draw(st.sampled_from(VALID)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(content)))
        content[at : at + draw(st.integers(0, 5))] = draw(st.binary(max_size=5))
    return bytes(content)


@given(
    st.binary(max_size=300) | mutated(),
    st.sampled_from(["a", "a.txt", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.gz"]),
    st.sampled_from([None, "page", "text", "jsonl", "json", "csv"]),
)
def test_whatever_bytes_are_given_reading_ends_with_articles_or_errors(content, name, format):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        corpus = newsindex.read(path, format=format)
        assert all(isinstance(article, Article) for article in corpus)
        assert all(isinstance(error, CorpusError) for error in corpus.errors)
