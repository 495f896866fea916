"""Each kind of file that the reference lists as refused is refused, with the advice that it gives there."""

from __future__ import annotations

import io
import pickle
import re
import sqlite3
import zipfile
from contextlib import closing
from typing import Final

import pytest
from pypdf import PdfWriter

import newsindex
from tests.conftest import ROOT

PAGE: Final = ROOT / "docs" / "reference" / "formats.md"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
_RECOGNISE: Final = "for example with ocrmypdf"
_TABLES: Final = "CSV or JSON Lines"

if not PAGE.is_file():
    pytest.skip("no manual beside the tests", allow_module_level=True)


def compound(*streams):
    return _COMPOUND + b"".join(stream.encode("utf-16-le") for stream in streams)


def zipped(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def pdf(password=None):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def database():
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table articles (titre)")
        return connection.serialize()


def protected_book():
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    return zipped(
        **{
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfile full-path="a.opf"/></container>',
            "META-INF/rights.xml": "<rights/>",
            "a.opf": package,
            "a.xhtml": "<p>Texte</p>",
        }
    )


def flat_document(kind):
    return (
        '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        f'office:mimetype="application/vnd.oasis.opendocument.{kind}"/>'
    ).encode()


# For each row of the table: words of its advice that the error has too, and files of each kind that it names.
REFUSED: Final = {
    "images, also scans; PDF without text": (
        _RECOGNISE,
        [("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF"), ("scan.tif", b"II*\0\x08\0\0\0"), ("a.pdf", pdf())],
    ),
    "sound; video": (
        "index a transcript",
        [("a.mp3", b"ID3\3\0\0"), ("a.mp4", b"\0\0\0\x20ftypisom\0\0")],
    ),
    "`.doc`": ("save it as .docx", [("a.doc", compound("WordDocument"))]),
    "`.msg`; `.pst`": (".eml", [("a.msg", compound("__substg1.0_0037001F")), ("a.pst", b"!BDN\0\0")]),
    "`.ppt`; `.pptx`; `.odp`; `.pub`": (
        "save it as PDF",
        [
            ("a.ppt", compound("PowerPoint Document")),
            ("a.pptx", zipped(**{"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<a/>"})),
            ("a.odp", zipped(mimetype="application/vnd.oasis.opendocument.presentation")),
            ("a.pub", compound("Quill")),
        ],
    ),
    "Pages; Numbers; Keynote": (
        "export it as .docx, .xlsx or PDF",
        [(name, zipped(**{"Index/Document.iwa": "a"})) for name in ("a.pages", "a.numbers", "a.key")],
    ),
    "SQL dumps; SQLite; Access; HDF5; NumPy; R; SPSS; Stata; pickles": (
        _TABLES,
        [
            ("a.sql", b"-- MySQL dump 10.13\n--\n-- Host: localhost\n"),
            ("a.db", database()),
            ("a.mdb", b"\0\1\0\0Standard Jet DB\0"),
            ("a.h5", b"\x89HDF\r\n\x1a\n\0"),
            ("a.npy", b"\x93NUMPY\1\0"),
            ("a.rda", b"RDX3\nX\n"),
            ("a.sav", b"$FL2@(#) SPSS DATA FILE"),
            ("a.dta", b"<stata_dta><header>"),
            ("a.pkl", pickle.dumps({"titre": "a"})),
        ],
    ),
    "flat OpenDocument (`.fodt`; `.fods`; `.fodp`)": (
        "save it as ",
        [
            ("a.fodt", flat_document("text")),
            ("a.fods", flat_document("spreadsheet")),
            ("a.fodp", flat_document("presentation")),
        ],
    ),
    "subtitles with styles (`.ass`); TTML": (
        "save them as .srt",
        [
            ("a.ass", b"[Script Info]\nScriptType: v4.00+\n"),
            ("a.ttml", b'<tt xmlns="http://www.w3.org/ns/ttml"><body/></tt>'),
        ],
    ),
    "7z; rar; StuffIt; BinHex; ARJ": (
        "unpack it first",
        [
            ("a.7z", b"7z\xbc\xaf\x27\x1c\0\4"),
            ("a.rar", b"Rar!\x1a\7\0"),
            ("a.sit", b"SIT!\0\1\0\0\0\0rLau"),
            ("a.hqx", b"(This file must be converted with BinHex 4.0)\n"),
            ("a.arj", b"\x60\xea\x29\0\x1e\6\1\0\0\0\2"),
        ],
    ),
    "Kindle; `.chm`": (
        "convert it to EPUB",
        [("a.mobi", b"Titre\0".ljust(60, b"\0") + b"BOOKMOBI" + b"\0" * 20), ("a.chm", b"ITSF\3\0\0\0")],
    ),
    "DjVu; PostScript": (
        "convert it to PDF",
        [("a.djvu", b"AT&TFORM\0\0\0\0DJVU"), ("a.ps", b"%!PS-Adobe-3.0\n")],
    ),
    "encrypted Word, OpenDocument, PDF and spreadsheets": (
        "save it without",
        [
            ("a.docx", compound("EncryptedPackage")),
            (
                "a.odt",
                zipped(
                    **{
                        "mimetype": "application/vnd.oasis.opendocument.text",
                        "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
                    }
                ),
            ),
            ("a.pdf", pdf("secret")),
            ("a.xlsx", compound("EncryptedPackage")),
        ],
    ),
    "EPUB with copy protection": ("cannot be read", [("a.epub", protected_book())]),
    "lists of feeds (OPML); sitemaps without news": (
        "fetches nothing",
        [
            ("a.opml", b'<opml version="2.0"><body><outline text="a" xmlUrl="https://a.example/"/></body></opml>'),
            (
                "sitemap.xml",
                b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/'
                b"</loc></url></urlset>",
            ),
        ],
    ),
    "BibTeX; other lists of references": (
        "export it as RIS or CSL-JSON",
        [
            ("a.bib", b"@article{a, title={Titre}}\n"),
            ("a.xml", b'<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods/></modsCollection>'),
        ],
    ),
    "contacts; calendars": (
        "give the texts as .txt, CSV or JSON Lines",
        [("a.vcf", b"BEGIN:VCARD\nVERSION:3.0\n"), ("a.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")],
    ),
}  # fmt: skip


def table():
    """The rows of the table: the kinds of a row, and what to do with them."""
    section = PAGE.read_text(encoding="utf-8").split("### What is refused\n")[1].split("\n#")[0]
    return dict(re.findall(r"^\| (?!kind|-)(.*?) \| (.*?) \|$", section, re.M))


def test_the_table_has_the_kinds_that_are_tried_and_no_other():
    assert list(table()) == list(REFUSED)
    assert all(len(files) >= len(kinds.split("; ")) for kinds, (_, files) in REFUSED.items())


@pytest.mark.parametrize(
    ("kinds", "name", "content"),
    [(kinds, name, content) for kinds, (_, files) in REFUSED.items() for name, content in files],
    ids=[f"{kinds}: {name}" for kinds, (_, files) in REFUSED.items() for name, _ in files],
)
def test_a_listed_kind_is_refused_with_the_advice_of_the_table(tmp_path, kinds, name, content):
    (tmp_path / name).write_bytes(content)
    corpus = newsindex.read(tmp_path / name)
    assert list(corpus) == []
    (error,) = corpus.errors
    words = REFUSED[kinds][0]
    assert words in error.reason
    assert words in table()[kinds].replace("`", "")
