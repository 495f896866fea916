"""The table of files that are no texts, by their first bytes: what each is called, and what to do with it.

A kind that ``holds_articles`` is an error wherever it is found, since articles may be lost with it. What can
hold none, as an image, is an error where a user gives it, and is passed over in folders and archives.
Packings that are not undone are refused in inputs/compression.py.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import Final, NamedTuple

from newsindex.errors import CorpusError


class Refusal(NamedTuple):
    """A kind of file that is not read: its name, and what to do.

    ``counted_as`` is the reason under which it is counted where it is passed over, as "image"; a kind that
    may hold articles has none.
    """

    name: str
    advice: str
    counted_as: str = ""

    @property
    def holds_articles(self) -> bool:
        """Whether articles may be lost where a file of this kind is passed over."""
        return not self.counted_as


class RefusedFile(CorpusError):
    """The error of a file that is refused by the name of its kind."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"this is {refusal.name}: {refusal.advice}")
        self.refusal = refusal


_NO_TEXT: Final = "it has no text to index"
_IMAGE: Final = "an image has no text; for a scan, recognise its text first, for example with ocrmypdf"
_TRANSCRIBE: Final = "it has no text: index a transcript of it"
_NO_ARTICLES: Final = "it has no articles: give the texts as .txt, CSV or JSON Lines"
_EXPORT: Final = "export its tables as CSV or JSON Lines"


def _image(name: str) -> Refusal:
    return Refusal(f"an image ({name})", _IMAGE, "image")


def _audio(name: str) -> Refusal:
    return Refusal(f"an audio file ({name})", _TRANSCRIBE, "audio")


def _video(name: str) -> Refusal:
    return Refusal(f"a video ({name})", _TRANSCRIBE, "video")


def _program(name: str) -> Refusal:
    return Refusal(f"an executable ({name})", _NO_TEXT, "executable")


def _font(name: str) -> Refusal:
    return Refusal(f"a font ({name})", _NO_TEXT, "font")


_BEGINNINGS: Final[tuple[tuple[bytes, Refusal], ...]] = (
    (b"\x89PNG\r\n\x1a\n", _image("PNG")),
    (b"\xff\xd8\xff", _image("JPEG")),
    (b"GIF87a", _image("GIF")),
    (b"GIF89a", _image("GIF")),
    (b"II*\0", _image("TIFF")),
    (b"MM\0*", _image("TIFF")),
    (b"8BPS\0", _image("Photoshop")),
    (b"\0\0\1\0", _image("ICO")),
    (b"\0\0\0\x0cjP  ", _image("JPEG 2000")),
    (b"ID3\2\0", _audio("MP3")),
    (b"ID3\3\0", _audio("MP3")),
    (b"ID3\4\0", _audio("MP3")),
    (b"\xff\xfb", _audio("MP3")),
    (b"\xff\xf3", _audio("MP3")),
    (b"\xff\xf2", _audio("MP3")),
    (b"\xff\xf1", _audio("AAC")),
    (b"OggS\0", _audio("Ogg")),
    (b"fLaC", _audio("FLAC")),
    (b"#!AMR", _audio("AMR")),
    (b"\x1aE\xdf\xa3", _video("Matroska or WebM")),
    (b"FLV\1", _video("FLV")),
    (b"\0\0\1\xba", _video("MPEG")),
    (b"\0\0\1\xb3", _video("MPEG")),
    (b"0&\xb2u\x8ef\xcf\x11", _video("Windows Media")),
    (b"\x7fELF", _program("ELF")),
    (b"\xfe\xed\xfa\xce", _program("Mach-O")),
    (b"\xfe\xed\xfa\xcf", _program("Mach-O")),
    (b"\xce\xfa\xed\xfe", _program("Mach-O")),
    (b"\xcf\xfa\xed\xfe", _program("Mach-O")),
    (b"\xca\xfe\xba\xbe", _program("Mach-O or Java")),
    (b"\0asm", _program("WebAssembly")),
    (b"\0\1\0\0\0", _font("TrueType")),
    (b"OTTO\0", _font("OpenType")),
    (b"ttcf\0", _font("TrueType collection")),
    (b"wOFF", _font("WOFF")),
    (b"wOF2", _font("WOFF2")),
    (b"SQLite format 3\0", Refusal("an SQLite database", _EXPORT)),
    (b"PGDMP", Refusal("an SQL dump (PostgreSQL)", _EXPORT)),
    (b"\0\1\0\0Standard ", Refusal("an Access database", _EXPORT)),
    (b"!BDN", Refusal("an Outlook mailbox (.pst)", "save its messages as .eml or as an mbox")),
    (b"[Script Info]", Refusal("subtitles with styles (.ass, .ssa)", "save them as .srt")),
    (b"ITSF\3\0\0\0", Refusal("compiled help (.chm)", "convert it to EPUB or HTML")),
    (b"AT&TFORM", Refusal("a DjVu document", "convert it to PDF with text")),
    (b"BEGIN:VCALENDAR", Refusal("a calendar (iCalendar)", _NO_ARTICLES)),
    (b"BEGIN:VCARD", Refusal("a list of contacts (vCard)", _NO_ARTICLES)),
    (b"!<arch>\n", _program("Debian package or library")),
    (b"#!/", _program("script")),
    (b"\xffWPC", Refusal("a WordPerfect document", "save it as .docx or RTF")),
    (b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5", Refusal("an InDesign document", "export it as PDF or RTF")),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", Refusal("a OneNote section", "export it as .docx or PDF")),
    (b"RDX3\n", Refusal("data of R", _EXPORT)),
    (b"RDX2\n", Refusal("data of R", _EXPORT)),
    (b"$FL2", Refusal("data of SPSS", _EXPORT)),
    (b"<stata_dta>", Refusal("data of Stata", _EXPORT)),
    (b"%!PS-Adobe", Refusal("a PostScript file", "convert it to PDF")),
    (b"\x89HDF\r\n\x1a\n", Refusal("an HDF5 file", _EXPORT)),
    (b"\x93NUMPY", Refusal("an array of NumPy", _EXPORT)),
    (b"bplist00", Refusal("a web archive of Safari, or another property list", "save the page as HTML")),
)
_ALL_BEGINNINGS: Final = tuple(beginning for beginning, _ in _BEGINNINGS)
_RIFF_KINDS: Final = {b"WEBP": _image("WebP"), b"WAVE": _audio("WAV"), b"AVI ": _video("AVI")}
_BASE_MEDIA_KINDS: Final = {  # the brands of ISO base media files that are no videos
    b"heic": _image("HEIC"), b"heix": _image("HEIC"), b"mif1": _image("HEIF"), b"avif": _image("AVIF"),
    b"M4A ": _audio("M4A"), b"M4B ": _audio("M4B"),
}  # fmt: skip
_BITMAP: Final = re.compile(rb"BM.{4}\0\0\0\0.{4}[\x0c\x28\x38\x40\x6c\x7c]\0\0\0", re.S)
_DOS_PROGRAM: Final = re.compile(rb"MZ[^\n]*\0", re.S)
_PICKLE: Final = re.compile(rb"\x80[\x02-\x05](?:\x95.{6}\0\0|[\]}(cCXqKNG\x8c])", re.S)
_SVG: Final = re.compile(
    rb"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:(?!-->).){0,4096}+-->\s*+)*+"
    rb"(?:<!DOCTYPE svg[^>]*+>\s*+)?<svg[\s>]",
    re.S,
)
_SQL: Final = re.compile(
    rb"(?:--[^\n]*+\n|/\*(?:(?!\*/).){0,4096}+\*/;?|\s++)*+(?:CREATE (?:TABLE|DATABASE|SCHEMA)\s+"
    rb"(?:IF NOT EXISTS\s+)?[`\"\[\w.\]-]+\s*[(;/]"
    rb"|INSERT INTO [`\"\[\w.]+\s*[(V]|LOCK TABLES `|USE `\w+`;"
    rb"|DROP (?:TABLE|DATABASE)\s+(?:IF EXISTS\s+)?[`\"\[\w.\]-]+\s*(?:;|CASCADE)"
    rb"|PRAGMA \w+ *=|BEGIN TRANSACTION;|START TRANSACTION;"
    rb"|SET (?:NAMES|SQL_MODE|FOREIGN_KEY_CHECKS|statement_timeout|@\w+|time_zone)\b)",
    re.S | re.I,
)
_SQL_TITLE: Final = re.compile(
    rb"\s*--\s*(?:-*\n--\s*)?(?:MySQL|MariaDB|phpMyAdmin|PostgreSQL|Adminer|HeidiSQL)\b[^\n]{0,80}\b(?:dump|SQL)\b",
    re.I,
)
_SAMPLE: Final = 16384  # bytes in which the first statement of a dump has to begin

_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and encrypted new ones
_COMPOUND_KINDS: Final = (
    ("EncryptedPackage", Refusal("an encrypted Office document", "save it without a password")),
    ("WordDocument", Refusal("an old Word document (.doc)", "save it as .docx")),
    ("__substg1.0_", Refusal("an Outlook message (.msg)", "save it as .eml")),
    ("__properties_version1.0", Refusal("an Outlook message (.msg)", "save it as .eml")),
    ("PowerPoint Document", Refusal("a PowerPoint presentation (.ppt)", "save it as PDF")),
    ("Quill", Refusal("a Publisher document (.pub)", "save it as PDF")),
)
_COMPOUND_SUFFIXES: Final = {".doc": 1, ".dot": 1, ".msg": 2, ".ppt": 4, ".pps": 4, ".pub": 5}
_SPREADSHEET_STREAMS: Final = ("Workbook", "Book")

ZIP_REFUSALS: Final = {
    "pptx": Refusal("a PowerPoint presentation (.pptx)", "save it as PDF"),
    "odp": Refusal("a presentation (.odp)", "save it as PDF"),
    "iwork": Refusal("a document of Pages, Numbers or Keynote", "export it as .docx, .xlsx or PDF"),
    "java": Refusal("a program of Java or Android", _NO_TEXT, "executable"),
}
"""Refused kinds of zips by the names that ``zip_kind`` gives to them."""


def refusal_of(head: bytes, name: str = "") -> Refusal | None:
    """The kind that a file is refused as, by its first bytes, and by its name where they leave it open."""
    head = head.removeprefix(BOM_UTF8)
    if head.startswith(_ALL_BEGINNINGS):
        return next(refusal for beginning, refusal in _BEGINNINGS if head.startswith(beginning))
    if head.startswith(b"RIFF"):
        return _RIFF_KINDS.get(head[8:12], _video("RIFF"))
    if head[4:8] == b"ftyp":
        return _BASE_MEDIA_KINDS.get(head[8:12], _video("MP4"))
    if head.startswith(_COMPOUND_FILE):
        return _compound_refusal(head, name.lower())
    if _BITMAP.match(head):
        return _image("BMP")
    if _DOS_PROGRAM.match(head[:1024]):
        return _program("Windows")
    if _PICKLE.match(head):
        return Refusal("a pickle of Python", "it may run any program when it is read: " + _EXPORT)
    if head[60:68] == b"BOOKMOBI":
        return Refusal("an e-book of Kindle (.mobi, .azw3)", "convert it to EPUB")
    if _SVG.match(head[:_SAMPLE]):
        return _image("SVG")
    if _SQL_TITLE.match(head[:_SAMPLE]) or _SQL.match(head[:_SAMPLE]):
        return Refusal("an SQL dump", _EXPORT)
    return None


def refuse(head: bytes, name: str = "") -> None:
    """Raises RefusedFile for the first bytes of a file that is refused."""
    if refusal := refusal_of(head, name):
        raise RefusedFile(refusal)


def _compound_refusal(head: bytes, name: str) -> Refusal | None:
    """The kind of an old Office file: by the streams it lists, else by its name; None for a spreadsheet."""
    if name.endswith((".xls", ".xlt", ".xla")):
        return None
    for stream, refusal in _COMPOUND_KINDS:
        if stream.encode("utf-16-le") in head:
            return refusal
    for suffix, row in _COMPOUND_SUFFIXES.items():
        if name.endswith(suffix):
            return _COMPOUND_KINDS[row][1]
    if any(stream.encode("utf-16-le") in head for stream in _SPREADSHEET_STREAMS):
        return None
    return Refusal("an old Office file", "save it as .docx, .xlsx or .eml")
