"""Files become articles; what cannot is reported with its place, and stops nothing."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import newsindex
from newsindex import Article, CorpusError
from newsindex.corpus.inputs import bounded_reading as stream
from tests.corpus.error_messages import message


def read(tmp_path, name, content, **options):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    corpus = newsindex.read(path, **options)
    return [a.headline for a in corpus], [(e.line, message(e)) for e in corpus.errors]


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
        ("a.json", f'{{"articles": [\n{RECORD}\n]}}', ["Un titre"]),
        ("a.json", json.dumps({"title": "Export", "articles": [{"title": "A"}, {"title": "B"}]}), ["A", "B"]),
        ("a.json", json.dumps({"title": "A", "body": "B", "related": [{"title": "C"}]}), ["A"]),
        ("a.json", json.dumps({"title": "A", "images": [{"href": "x.png"}]}), ["A"]),
        ("a.json", f'{{"data": {{"items": [{RECORD}, {RECORD}]}}}}', ["Un titre"] * 2),
        ("a.json", f'{{"response": {{"n": {{"m": 2}}, "docs": [{RECORD}]}}}}', ["Un titre"]),
        ("a.json", '{"title": "A", "source": {"name": "P", "more": [{"title": "C"}]}}', ["A"]),
        ("a.json", f"{RECORD[:-1]}\n}}\n{RECORD[:-1]}\n}}\n", ["Un titre"] * 2),
        ("a.jsonl", f"{RECORD}\n \n\ufeff{RECORD}\n\n", ["Un titre"] * 2),
        ("a.txt", "{ ceci }\n\nUn corps.", ["{ ceci }"]),
        ("a.txt", '["Un mot"] dit-il\n\nUn corps.', ['["Un mot"] dit-il']),
        ("a.txt", '["Un mot"]', ['["Un mot"]']),
        ("a.txt", f"[\n{RECORD}]", ["Un titre"]),
        ("a.txt", "[Tribune] Un titre\n\nUn corps.", ["[Tribune] Un titre"]),
        ("a.csv", "titre,date\nA, \nB,2026-01-02", ["A", "B"]),
        ("a.csv", "titre,texte\nA,B\n\nC,\n", ["A", "C"]),
        ("a.csv", 'titre;texte\n"A; b";"deux\nlignes"\n', ["A; b"]),
        ("a.tsv", "titre\ttexte\nA\tB", ["A"]),
        ("a.csv", "\ufefftitre,texte\nÉté,B", ["Été"]),
        ("a.csv", "titre,texte\nA,B\n\ufefftitre,texte\nC,D", ["A", "C"]),
        ("a.csv", 'titre,texte\n"Le "Rif" gagne",B\n"C ""D""","E\nF"', ['Le Rif" gagne"', 'C "D"']),
        ("a.csv", "titre,texte\rÉté,B\rC,D", ["Été", "C"]),
        ("a.csv", 'titre,texte\rA,"B\nb"\rC,D\r', ["A", "C"]),
        ("a.csv", 'titre,texte\nA,B\rC,"D\rd"\r\nE,F', ["A", "C", "E"]),
        ("a.csv", "titre|texte\nA, b|C; d", ["A, b"]),
        ("a.txt", "titre|texte\nA, b|C; d", ["A, b"]),
        ("a.csv", '"Titre";"Texte";"Lieu, pays, région, ville"\nA;B;C', ["A"]),
        ("a.csv", "sep=;\r\ntitre;texte\r\nA, b;C", ["A, b"]),
        ("a.csv", '"sep=|"\ntitre|texte\nA, b|C', ["A, b"]),
        ("a.txt", "sep=;\ntitre;texte\nA;B", ["A"]),
        ("a.txt", 'Titre\tTexte\r\nÉté\t"B, c"\r\n'.encode("utf-16"), ["Été"]),
        ("a.csv", "sep=\t\r\nTitre\tTexte\r\nÉté\tB\r\n".encode("utf-16"), ["Été"]),
        ("a.jsonl", f"{RECORD}\r{RECORD}", ["Un titre"] * 2),
        ("a.csv", "titre,texte\nÉté,B".encode("cp1252"), ["Été"]),
        ("a.txt", "Un titre\n\nUn corps.", ["Un titre"]),
        ("noname", RECORD, ["Un titre"]),
        ("noname", "title,body\nA,B", ["A"]),
        ("a.jsonl.gz", gzip.compress(RECORD.encode()), ["Un titre"]),
        ("wrongly-named.txt", gzip.compress(RECORD.encode()), ["Un titre"]),
        ("a.csv.gz", gzip.compress(b"title,body\nA,B"), ["A"]),
        ("a.csv", "titre;texte\nÉté;B".encode("utf-16"), ["Été"]),
        ("a.jsonl", f"{RECORD}\n{RECORD}".encode("utf-16"), ["Un titre"] * 2),
        ("a.json", RECORD.encode("utf-16-le"), ["Un titre"]),
        ("a.json", f"[{RECORD}]".encode("utf-32"), ["Un titre"]),
        ("a.txt", "Été\r\rCorps".encode("cp1252"), ["Été"]),
        ("a.txt", b"\xe9", ["é"]),
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
        ("a.jsonl", '{"titre": "A", "date": "demain"}', ["A"], [(1, "relative date: 'demain'")]),
        ("a.jsonl", '{"titre": "\\ud800"}', [], [(1, "surrogate")]),
        ("a.jsonl", '{"titre": {"a": 1}}', [], [(1, "headline must be text")]),
        ("a.jsonl", "[" * 100_000, [], [(1, "nested")]),
        ("a.json", "[1, 2", [], [(1, "not JSON")]),
        ("a.json", f"[{RECORD},\n{{]", ["Un titre"], [(2, "at column 2")]),
        (
            "a.json",
            f'[{RECORD}, {{"titre": "A", "date": "demain"}}]',
            ["Un titre", "A"],
            [(None, "record 2: relative date: 'demain'")],
        ),
        ("a.txt", b"[" + b"\x01\x02\x03" * 40, [], [(None, "not a text")]),
        ("a.json", "[" * 100_000, [], [(None, "nested")]),
        ("a.csv", "titre,texte\nA,B,C\nD,E", ["D"], [(2, "3 cells")]),
        ("a.txt", b"\x00\x01\x02" * 40, [], [(None, "not a text")]),
        ("a.csv", 'titre,texte\nA,B\n"C,D\nE,F\n', ["A", "E"], [(3, "not closed")]),
        ("a.csv", 'titre,texte\nA,B\n"C,D\n"E","F"\nG,H', ["A", "E", "G"], [(3, "not closed")]),
        ("a.csv", 'titre,texte\n"C,D\nE,F"\nG,H', ["E", "G"], [(2, "not closed")]),
        ("a.csv", 'titre,texte\nA,"B\nC\nE,F', ["E"], [(2, "not closed"), (3, "1 cell ")]),
        ("a.csv", 'titre,texte\nA,B\nC,"', ["A"], [(3, "not closed")]),
        ("a.csv", "un,deux\nA,B", [], [(None, "no column")]),
        ("a.csv", b"\x00\x01\x02" * 40, [], [(None, "not a text")]),
        ("a.jsonl", b"\x00\x01\x02" * 40, [], [(None, "not a text")]),
        ("a.jsonl", f"{RECORD}\n\x00\n{RECORD}", ["Un titre"] * 2, [(2, "not JSON")]),
        ("a.jsonl", '{"titre": "Été"}'.encode("cp1252"), ["Été"], []),
        ("a.jsonl", b'{"titre": ' + b"9" * 5000 + b"}", [], [(1, "not JSON")]),
        ("a.jsonl", b'{"titre": "A", "date": ' + b"9" * 400 + b"}", ["A"], [(1, "not a date")]),
        (
            "a.json",
            f'[{RECORD},\n{{"titre": "A" "texte": 1, "x": [1]}},\n{RECORD},\n{{"a": \n}},\n{RECORD}, {{"ti',
            ["Un titre"] * 3,
            [(2, "not JSON"), (5, "not JSON"), (6, "not JSON")],
        ),
        ("a.json", f'{{"data": {{"items": [{RECORD}]}}', ["Un titre"], [(1, "not JSON")]),
        ("a.json", f"[{RECORD}, {RECORD}}}]", ["Un titre"] * 2, [(1, "not JSON")]),
        ("a.json", f"[{RECORD}, ".encode() + b'{"titre": "\xe9t\xe9"}]', ["Un titre", "été"], []),
        ("a.json", " \n ", [], [(2, "not JSON")]),
        (
            "a.json",
            f'{{"articles": [{RECORD}], "videos": [{RECORD}]}}',
            [],
            [(None, "2 lists of records")],
        ),
        ("a.jsonl", f"{RECORD}\n\ufeff{{\n{RECORD}", ["Un titre"] * 2, [(2, "not JSON")]),
        ("a.txt", f"{{broken\n{RECORD}", ["Un titre"], [(1, "not JSON")]),
        ("a.json", '{"n": 1, "articles": []}', [], [(None, "headline or a body")]),
        ("a.json", '"un texte"', [], [(None, "must be an object")]),
        ("a.json", RECORD.encode("utf-16")[:-1], [], [(1, "not JSON"), (None, "UTF-16")]),
        ("a.txt", "a" * 70_000 + "\x00", [], [(None, "not a text")]),
        ("a.txt", "", [], [(None, "empty")]),
        ("a.csv", "titre,texte\n", [], [(None, "no record")]),
        ("a.json", "[]", [], [(None, "no record")]),
        ("a.jsonl", "\n\n", [], [(None, "no record")]),
        ("a.txt", " \n ", [], [(None, "headline or a body")]),
        ("a.jsonl.gz", gzip.compress(f"{RECORD}\n".encode() * 9000)[:-20], None, [(None, "gzip")]),
        (
            "a.json.gz",
            gzip.compress(f"[{RECORD},{RECORD}]".encode(), 0)[:-20],
            ["Un titre"],
            [(1, "not JSON"), (None, "gzip")],
        ),
        ("a.json.gz", gzip.compress(RECORD.encode(), 0)[:-4], ["Un titre"], [(None, "gzip")]),
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


def test_of_columns_with_one_name_the_first_that_has_a_value_counts(tmp_path):
    (tmp_path / "a.csv").write_text("titre,texte,texte\nA,,B\nC,D,E")
    assert [(a.body, dict(a.extra)) for a in newsindex.read(tmp_path / "a.csv")] == [
        ("B", {}),
        ("D", {"texte 3": "E"}),
    ]


def test_a_row_beyond_the_bound_costs_no_other(tmp_path, monkeypatch):
    monkeypatch.setattr(stream, "MAX_LINE", 1 << 10)
    open_quote = '"' + "x,\n" * 400
    found, errors = read(tmp_path, "a.csv", f"titre,texte\n{'x' * 2000}\nA,B\n{open_quote}C,D\n")
    assert found[0] == "A"
    assert found[-1] == "C"
    assert [line for line, _ in errors] == [2, 4]


def test_of_a_document_cut_short_is_kept_what_there_is(tmp_path):
    text = "Titre\n" + "été " * 50_000
    cut = gzip.compress(text.encode(), 0)[:-100_001]
    found, errors = read(tmp_path, "a.txt.gz", cut)
    assert found == ["Titre"]
    assert "cut short" in errors[0][1]


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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on Windows")
def test_what_cannot_be_opened_in_a_folder_is_reported(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "vanished.txt").write_text("Titre")
    (tmp_path / "z.txt").write_text("Titre")
    corpus = newsindex.read(tmp_path)
    (tmp_path / "vanished.txt").unlink()
    assert [a.headline for a in corpus] == ["Titre"]
    assert [Path(error.file).stem for error in corpus.errors] == ["gone", "loop", "pipe", "vanished"]


def test_a_folder_that_cannot_be_listed_is_reported(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text("Titre")
    scandir = os.scandir

    def refusing(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    corpus = newsindex.read(tmp_path)
    assert [a.headline for a in corpus] == ["Titre"]
    assert [error.file for error in corpus.errors] == [str(tmp_path / "closed")]


def test_a_readme_is_passed_over_in_a_folder_and_read_by_its_name(tmp_path):
    (tmp_path / "README").write_text("Un titre")
    assert list(newsindex.read(tmp_path)) == []
    assert len(list(newsindex.read(tmp_path / "README"))) == 1


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


@pytest.mark.parametrize("stdin", [None, io.StringIO(RECORD)])
def test_standard_input_that_gives_no_bytes_is_reported(monkeypatch, stdin):
    monkeypatch.setattr(sys, "stdin", stdin)
    corpus = newsindex.read("-")
    assert list(corpus) == []
    assert "standard input is closed" in corpus.errors[0].reason


@pytest.mark.parametrize(
    "wrong",
    [
        ("nowhere.txt", {}),
        ("", {}),
        ("bad\x00name", {}),
        (".", {"format": "gazette"}),
        (".", {"fields": {"x": "y"}}),
    ],
)
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


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("a.csv", "titre,date\nUn,12/03/24\nDeux,mars 2024\nTrois,N/A\n", ":3"),
        ("a.jsonl", '{"titre": "Un"}\n{"titre": "Deux", "date": "mars 2024"}\n{"titre": "Trois"}', ":2"),
        (
            "a.json",
            '[{"titre": "Un"}, {"titre": "Deux", "date": "mars 2024"}, {"titre": "Trois"}]',
            ": record 2",
        ),
    ],
)
def test_a_date_that_cannot_be_read_is_told_with_its_place_and_strict_stops(tmp_path, name, content, place):
    path = tmp_path / name
    path.write_text(content)
    corpus = newsindex.read(path)
    assert [article.headline for article in corpus] == ["Un", "Deux", "Trois"]
    (error,) = corpus.errors
    assert str(error).startswith(
        f"{path}{place}: vague date: 'mars 2024' in 'date' names no single day of a year"
    )
    with pytest.raises(CorpusError, match="vague date"):
        list(newsindex.read(path, strict=True))


def test_a_mapping_whose_date_cannot_be_read_is_added_without_it(make_index):
    index = make_index()
    report = index.add([{"titre": "Un", "date": "hier", "id": "un"}, {"titre": "Deux", "date": "s.d."}])
    assert (report.added, [str(error).split(":")[0] for error in report.errors]) == (2, ["relative date"])
    assert index.get("un").published is None


def test_a_format_may_be_named(tmp_path):
    assert read(tmp_path, "a.txt", "titre,texte\nA,B", format="csv") == (["A"], [])
    assert read(tmp_path, "b.csv", RECORD, format="jsonl") == (["Un titre"], [])


VALID = [
    RECORD.encode(), f"[{RECORD}]".encode(), b"titre,texte\nA,B\n", "Titre\n\nCorps « é »".encode(),
    "A\u00a0\u00a0\u00a0\u00a0B\nTitre\nPublié dans X le 02 - 01 - 2026\nCorps".encode(),
    gzip.compress(RECORD.encode() * 50), RECORD.encode("utf-16"), RECORD.encode("utf-32"),
    gzip.compress(b"titre;date\nA;02/01/2026 10:30\n"), f"{RECORD}\n{RECORD}\n".encode(),
]  # fmt: skip


@st.composite
def mutated(draw):
    content = bytearray(draw(st.sampled_from(VALID)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(content)))
        content[at : at + draw(st.integers(0, 5))] = draw(st.binary(max_size=5))
    return gzip.compress(content, 1) if draw(st.booleans()) else bytes(content)


@example(b"\r ", "a", "csv")
@given(
    st.binary(max_size=300) | mutated(),
    st.sampled_from(["a", "a.txt", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.gz"]),
    st.sampled_from([None, "page", "text", "jsonl", "json", "csv"]),
)
def test_whatever_bytes_are_given_reading_ends_with_articles_or_errors(content, name, format):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        corpus = newsindex.read(path, format=format)
        assert all(isinstance(article, Article) for article in corpus)
        assert all(isinstance(error, CorpusError) for error in corpus.errors)


def test_an_index_beside_the_files_is_not_read(tmp_path):
    (tmp_path / "a.txt").write_text("Un titre")
    newsindex.create(tmp_path / "presse.newsindex").close()
    corpus = newsindex.read(tmp_path)
    assert [article.headline for article in corpus] == ["Un titre"]
    assert corpus.errors == []


def test_the_first_errors_are_listed_and_all_are_counted_and_given(tmp_path):
    (tmp_path / "a.jsonl").write_text("{\n" * 2500)
    given = []
    corpus = newsindex.read(tmp_path / "a.jsonl", on_error=given.append)
    assert list(corpus) == []
    assert [error.line for error in corpus.errors] == list(range(1, 1001))
    assert corpus.error_count == len(given) == 2500


def test_a_report_lists_the_first_errors_and_counts_all(tmp_path, make_index):
    (tmp_path / "a.jsonl").write_text(f"{RECORD}\n" + "{\n" * 2500)
    index = make_index()
    report = index.add(newsindex.read(tmp_path / "a.jsonl"), commit_every=1)
    assert (report.added, len(report.errors), report.error_count) == (1, 1000, 2500)
    report = index.add([{}] * 1200)
    assert (len(report.errors), report.error_count) == (1000, 1200)
    assert str(report.errors[0]) == "an article needs a headline or a body"


def test_a_file_with_more_errors_than_are_listed_is_read_again(tmp_path, make_index):
    (tmp_path / "a.jsonl").write_text("{\n" * 1000)
    (tmp_path / "b.jsonl").write_text(f"{RECORD}\n{{\n")
    index = make_index()
    for _ in range(2):
        report = index.add(newsindex.read(tmp_path), resume=True)
        assert report.error_count == 1001
