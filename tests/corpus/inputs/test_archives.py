"""Zips, Parquet, languages: what holds many articles, and what keeps some of them."""

from __future__ import annotations

import gzip
import io
import os
import stat
import tarfile
import zipfile
from datetime import date

import pyarrow
import pytest
from pyarrow import parquet

import newsindex
from newsindex import CorpusError, ExtraNotInstalled
from tests.corpus.error_messages import message

RECORD = '{"titre": "Un titre", "texte": "Un corps."}'


def zipped(*files, **options):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def table(**columns):
    packed = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), packed)
    return packed.getvalue()


@pytest.fixture
def read(tmp_path):
    def read(content, name="a.zip", **options):
        (tmp_path / name).write_bytes(content)
        corpus = newsindex.read(tmp_path / name, **options)
        headlines = [article.headline for article in corpus]
        assert corpus.bytes_read >= corpus.bytes_total or corpus.errors
        return headlines, [(os.path.relpath(e.file, tmp_path), e.line, message(e)) for e in corpus.errors]

    return read


def test_the_files_in_a_zip_are_read_as_if_they_lay_in_a_folder(read):
    files = [
        ("a.jsonl", f"{RECORD}\n{{"), ("b/c.txt", "Deux\n\nCorps"), ("README.md", "x"), (".d/e.txt", "x"),
        ("__MACOSX/a.txt", "x"), ("f.csv.gz", gzip.compress(b"titre,texte\nTrois,B")),
        ("g.zip", zipped(("h.txt", "Quatre\n\nCorps"))),
    ]  # fmt: skip
    headlines, errors = read(zipped(*files))
    assert headlines == ["Un titre", "Deux", "Trois", "Quatre"]
    assert [(file, line) for file, line, _ in errors] == [("a.zip/a.jsonl", 2)]


def test_a_gzipped_zip_is_read(read):
    assert read(gzip.compress(zipped(("a.txt", "Un titre"))), "a.zip.gz") == (["Un titre"], [])


def test_links_bombs_encryption_and_zips_in_zips_in_zips_are_left(read):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    deep = zipped(("2.zip", zipped(("3.zip", zipped(("x.txt", "x"))))))
    content = zipped(
        (link, "/etc/passwd"), ("bomb.txt", b" " * (20 << 20)), ("1.zip", deep), ("ok.txt", "Oui")
    )
    headlines, errors = read(content)
    assert headlines == ["Oui"]
    assert [reason for _, _, reason in errors] == [
        "this is a link",
        "this unpacks to more than 200 times its size",
        "this is a zip in an archive in an archive: unpack it first",
    ]


def test_a_damaged_zip_is_an_error_and_a_damaged_file_in_one_costs_no_other(read):
    files = [("a.txt", os.urandom(300).hex()), ("b.txt", "Oui")]
    content = zipped(*files)
    assert "the zip file is damaged" in read(content[:-30])[1][0][2]
    headlines, errors = read(content[:60] + b"\x00\x01" + content[62:])
    assert headlines[-1] == "Oui"
    assert errors[0][0] == "a.zip/a.txt"


def test_an_encrypted_file_is_an_error(read):
    content = bytearray(zipped(("a.txt", "x")))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags] |= 1
    assert read(bytes(content))[1][0][2] == "this is encrypted: unpack it first"


def test_parquet_rows_are_records(tmp_path):
    content = table(titre=["Un", None, "Trois"], texte=["A", None, "C"], date=[date(2026, 1, 2), None, None])
    (tmp_path / "a.dat").write_bytes(content)
    corpus = newsindex.read(tmp_path / "a.dat")
    assert [(a.headline, a.body, a.published) for a in corpus] == [
        ("Un", "A", date(2026, 1, 2)), ("Trois", "C", None),
    ]  # fmt: skip
    assert [message(error) for error in corpus.errors] == ["row 2: an article needs a headline or a body"]


def test_parquet_that_is_damaged_or_has_no_text_is_an_error(read):
    content = table(titre=["Un"], texte=["A"])
    assert "the Parquet file is damaged" in read(content[:-20], "a.parquet")[1][0][2]
    assert "no column is known" in read(table(prix=[1]), "a.parquet")[1][0][2]
    assert read(gzip.compress(content), "a.parquet.gz") == (["Un"], [])


def test_only_articles_in_the_language_are_kept_and_the_others_counted(tmp_path):
    texts = {
        "fr": "Le conseil municipal a voté hier soir la réfection du vieux pont sur l’oued.",
        "en": "The city council voted last night to repair the old bridge over the river.",
        "short": "Interpol",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text)
    corpus = newsindex.read(tmp_path, lang="fr")
    assert sorted(article.headline for article in corpus) == sorted([texts["fr"], texts["short"]])
    assert corpus.left_out == 1
    assert corpus.errors == []


def test_a_language_is_two_letters_and_needs_its_library(tmp_path, monkeypatch):
    with pytest.raises(CorpusError, match="two letters"):
        newsindex.read(tmp_path, lang="français")
    monkeypatch.setitem(__import__("sys").modules, "py3langid", None)
    with pytest.raises(ExtraNotInstalled, match="install newsindex with its extra `lang`"):
        newsindex.read(tmp_path, lang="fr")


def test_a_file_without_a_name_in_a_damaged_zip_raises_nothing_but_corpus_error(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("A.txt", "L'eau arrive\n\nHuit forages.")
    (tmp_path / "a.zip").write_bytes(buffer.getvalue().replace(b"A.txt", b"\0.txt"))
    corpus = newsindex.read(tmp_path / "a.zip", on_error=lambda error: None)
    assert len(list(corpus)) + len(corpus.errors) == 1


@pytest.mark.parametrize("names", [(), ("revue/",)])
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_archive_without_a_file_is_an_error(tmp_path, kind, names):
    path = tmp_path / f"a.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as zipped_names:
            for name in names:
                zipped_names.writestr(name, "")
    else:
        with tarfile.open(path, "w") as tarred_names:
            for name in names:
                folder = tarfile.TarInfo(name)
                folder.type = tarfile.DIRTYPE
                tarred_names.addfile(folder)
    corpus = newsindex.read(path)
    assert list(corpus) == []
    (error,) = corpus.errors
    assert error.file == str(path)


def test_an_archive_of_files_that_are_passed_over_is_no_error(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("README.md", "Lisez-moi")
    corpus = newsindex.read(tmp_path / "a.zip")
    assert (list(corpus), list(corpus.errors)) == ([], [])
    assert corpus.summary.passed_over.total() == 1
