"""Files that are no texts are refused by name with what to do; some are counted in folders instead."""

from __future__ import annotations

import gzip
import io
import pickle
import sqlite3
import zipfile
from contextlib import closing

import pytest

import newsindex
from newsindex.corpus.formats.refusals import refusal_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
FLAT = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3" '
    b'office:mimetype="application/vnd.oasis.opendocument.%s"><office:body/></office:document>'
)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def stream_name(name):
    return name.encode("utf-16-le")


def zipped(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return buffer.getvalue()


def database(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table articles (titre)")
    connection.close()
    return path.read_bytes()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (OLE + stream_name("WordDocument"), "a.bin", ".doc) save as .docx"),
        (OLE, "lettre.doc", ".doc) save as .docx"),
        (OLE + stream_name("__substg1.0_0037001F"), "a", ".msg) save as .eml"),
        (OLE + stream_name("PowerPoint Document"), "a.ppt", ".ppt) save as PDF"),
        (OLE + stream_name("EncryptedPackage"), "a.docx", "encrypted password"),
        (OLE, "a.bin", "old Office .docx"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "a.pptx", ".pptx) PDF"),
        (zipped("Index/Document.iwa"), "a.pages", "Pages export"),
        (zipped("META-INF/MANIFEST.MF"), "a.jar", "Java"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "a.7z", "7z unpack"),
        (b"Rar!\x1a\7\0", "a.rar", "RAR unpack"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a.jpg", "image JPEG no text"),
        (PNG, "a.txt", "image PNG no text"),
        (b"GIF89a\1\0", "a.gif", "image GIF"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a.webp", "image WebP"),
        (b"II*\0\x08\0\0\0", "a.tif", "image TIFF"),
        (
            b"<?xml version='1.0'?>\n<!-- x -->\n<svg xmlns='http://www.w3.org/2000/svg'/>",
            "a.svg",
            "image SVG",
        ),
        (b"ID3\3\0\0", "a.mp3", "audio transcript"),
        (b"RIFF\0\0\0\0WAVEfmt ", "a.wav", "audio WAV"),
        (b"\0\0\0\x20ftypisom\0\0", "a.mp4", "video transcript"),
        (b"\0\0\0\x20ftypM4A \0\0", "a.m4a", "audio"),
        (b"\x1aE\xdf\xa3\1\0", "a.mkv", "video"),
        (b"\x7fELF\2\1\1\0", "a", "executable ELF"),
        (b"MZ\x90\0\3\0\0\0", "a.exe", "executable Windows"),
        (b"\xcf\xfa\xed\xfe\7\0", "a", "executable Mach-O"),
        (b"wOF2\0\1\0\0", "a.woff2", "font"),
        (b"\0\1\0\0\0\x10", "a.ttf", "font"),
        (pickle.dumps({"titre": "a"}), "a.pkl", "pickle CSV"),
        (b"-- MySQL dump 10.13\n--\n-- Host: localhost\n", "a.sql", "SQL dump CSV"),
        (b"\xef\xbb\xbfDROP TABLE IF EXISTS `a`;\n", "a.txt", "SQL dump"),
        ("-- x\n/* y */ INSERT INTO a VALUES (1);".encode("utf-16"), "a.sql", "SQL dump"),
        (b"[Script Info]\r\nTitle: Journal\r\n", "a.ass", "subtitles .srt"),
        (b"<tt xmlns='http://www.w3.org/ns/ttml'><body/></tt>", "a.ttml", "TTML .srt"),
        (FLAT % b"text", "a.fodt", ".fodt) .odt"),
        (FLAT % b"spreadsheet", "a.fods", ".fods) .ods"),
        (FLAT % b"presentation", "a.fodp", ".fodp) PDF"),
        (b"PGDMP\1\x0e\0", "a.dump", "SQL dump"),
        (gzip.compress(b"CREATE TABLE a (b int);"), "a.sql.gz", "SQL dump CSV"),
    ],
)
def test_a_file_is_refused_by_its_name_with_what_to_do(tmp_path, content, name, words):
    path = tmp_path / name
    path.write_bytes(content)
    corpus = newsindex.read(path)
    assert list(corpus) == []
    (error,) = corpus.errors
    assert all(word.lower() in error.reason.lower() for word in words.split())


def test_a_database_is_refused(tmp_path):
    database(tmp_path / "a.db")
    corpus = newsindex.read(tmp_path / "a.db")
    assert list(corpus) == []
    assert "SQLite" in corpus.errors[0].reason


@pytest.mark.parametrize(
    "text",
    ["MZ est un titre\n\nTexte", "ID3 : un sigle", "BM et la suite", "Rar! dit-il", "-- un tiret",
     "Set de table", "Create Table, un restaurant", "SELECT est un mot", "RAS\n\nTexte",
     "StuffIt revient", "SIT! dit-il", "BinHex et la suite", "Begin 644 voix"],
)  # fmt: skip
def test_texts_that_begin_alike_are_read(tmp_path, text):
    (tmp_path / "a.txt").write_text(text)
    assert len(list(newsindex.read(tmp_path / "a.txt"))) == 1


def test_an_old_spreadsheet_is_left_to_its_reader():
    assert refusal_of(OLE, "a.xls") is None
    assert refusal_of(OLE + stream_name("Workbook"), "a") is None


def test_in_folders_and_zips_what_can_hold_no_article_is_counted_and_the_rest_reported(tmp_path):
    folder = tmp_path / "presse"
    folder.mkdir()
    (folder / "a.txt").write_text("Titre\n\nTexte")
    (folder / "a.png").write_bytes(PNG)
    (folder / "a.doc").write_bytes(OLE)
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("b.jpg", b"\xff\xd8\xff\xe0")
        archive.writestr("b.rar", b"Rar!\x1a\7\0")
        archive.writestr("b.txt", "Autre titre")
    corpus = newsindex.read(folder)
    assert sorted(article.headline for article in corpus) == ["Autre titre", "Titre"]
    assert dict(corpus.summary.passed_over) == {"image": 2}
    assert sorted(error.file.rpartition("presse/")[2] for error in corpus.errors) == ["a.doc", "b.zip/b.rar"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "a calendar (iCalendar)"),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "a list of contacts (vCard)"),
        (b"#!/bin/sh\necho\n", "an executable (script)"),
        (b"!<arch>\ndebian-binary", "an executable (Debian package or library)"),
        (b"Numero\0".ljust(60, b"\0") + b"BOOKMOBI" + b"\0" * 20, "an e-book of Kindle (.mobi, .azw3)"),
    ],
)
def test_further_kinds_are_refused_by_name(content, name):
    refusal = refusal_of(content)
    assert refusal is not None
    assert refusal.name == name
