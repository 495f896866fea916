"""The table of formats, and the detection of a file's format.

A new format is a module with a reader and a row of the table. The row says how the format is detected:

``is_certain``
    recognises the content for certain, whatever the name of the file.
``suffixes``
    are the ends of file names that decide where no content is certain.
``is_likely``
    recognises content that only looks like the format, where the name says nothing either.

In each of these three steps the first row that matches is taken; what matches none is plain text. Several
rows may have one name: they are readers of one format, each for content of its own, and the last of them is
for all other content of that format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from newsindex.encoding.export import CSV_HEADER

from .aggregator.aggregator_page import is_aggregator_page, read_aggregator_page
from .bibliography.bibtex import BIBTEX_SUFFIXES, is_bibtex, refuse_bibtex
from .detection import (
    HTML_SUFFIXES,
    Detector,
    begins_with,
    file_head,
    has_root,
    is_feed,
    is_html,
    is_ris,
    is_wordpress,
    is_xml,
)
from .documents.document_detection import MARKDOWN_SUFFIXES, is_markdown
from .format_input import Reader
from .json.json_document import JSON_LINES_SUFFIXES, JSON_SUFFIXES, is_json, read_json
from .json.json_lines import is_json_lines, read_json_lines
from .lazy_reader import lazy_reader
from .mail.mail_detection import is_mailbox, is_message, is_saved_page
from .plain_text import read_text
from .press_databases.database_text import (
    is_any_nexis_text,
    read_any_nexis_text,
    text_detector,
    text_reader,
)
from .press_databases.factiva.factiva_text import is_factiva_text, read_factiva_text
from .press_databases.iramuteq_corpus import is_iramuteq_text, read_iramuteq_text
from .press_databases.press_detection import is_europresse, is_factiva_page, is_nexis_page
from .subtitles import is_subtitles, read_subtitles
from .tables.csv_table import is_table, read_table
from .tables.workbook_detection import OLE_MAGIC, is_page_of_table, is_workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A row of the table: the format's name for users, its reader, and how it is detected.

    ``damaged_beginnings`` are first bytes of content that is read even if it holds zeros or control
    characters: of formats of bytes, and of texts in which such damage must not cost the rest. A format
    ``has_versions`` where several files may hold versions of one article, as snapshots of a feed do.
    """

    name: str
    reader: Reader
    is_certain: Detector | None = None
    suffixes: tuple[str, ...] = ()
    is_likely: Detector | None = None
    damaged_beginnings: tuple[bytes, ...] = ()
    has_versions: bool = False


_PLAIN_TEXT: Final = Format(name="text", reader=read_text)

FORMATS: Final = (
    Format(
        name="europresse",
        reader=lazy_reader("press_databases.europresse.europresse_export", extra="html"),
        is_certain=is_europresse,
    ),
    Format(
        name="factiva",
        reader=lazy_reader("press_databases.factiva.factiva_page", extra="html"),
        is_certain=is_factiva_page,
    ),
    Format(
        name="factiva",
        reader=text_reader(read_factiva_text),
        is_certain=text_detector(is_factiva_text),
    ),
    Format(
        name="nexis",
        reader=lazy_reader("press_databases.nexis.nexis_page", extra="html"),
        is_certain=is_nexis_page,
    ),
    Format(
        name="nexis",
        reader=text_reader(read_any_nexis_text),
        is_certain=text_detector(is_any_nexis_text),
    ),
    Format(
        name="iramuteq",
        reader=text_reader(read_iramuteq_text),
        is_certain=text_detector(is_iramuteq_text),
    ),
    Format(name="subtitles", reader=read_subtitles, is_certain=is_subtitles, suffixes=(".srt", ".vtt")),
    Format(name="page", reader=read_aggregator_page, is_likely=is_aggregator_page),
    _PLAIN_TEXT,
    Format(  # before JSON, with which front matter may begin
        name="markdown",
        reader=lazy_reader("documents.markdown_post", extra="markdown"),
        is_certain=is_markdown,
        suffixes=MARKDOWN_SUFFIXES,
    ),
    Format(  # before JSON too: it begins with a brace
        name="rtf",
        reader=lazy_reader("documents.rich_text", extra="rtf"),
        is_certain=begins_with("{\\rtf"),
        suffixes=(".rtf",),
        damaged_beginnings=(b"{\\rtf",),
    ),
    Format(
        name="jsonl",
        reader=read_json_lines,
        is_certain=is_json_lines,
        suffixes=JSON_LINES_SUFFIXES,
        damaged_beginnings=(b"{", b"["),
    ),
    Format(name="json", reader=read_json, is_certain=is_json, suffixes=JSON_SUFFIXES),
    Format(
        name="csv",
        reader=read_table,
        suffixes=(".csv", ".tsv"),
        is_likely=is_table,
        damaged_beginnings=(CSV_HEADER,),
    ),
    Format(
        name="spreadsheet",
        reader=lazy_reader("tables.page_table", extra="html"),
        is_certain=is_page_of_table,
    ),
    Format(
        name="spreadsheet",  # of the zips among them see zip_archive
        reader=lazy_reader("tables.spreadsheet", extra="tables"),
        is_certain=is_workbook,
        damaged_beginnings=(OLE_MAGIC,),
    ),
    Format(
        name="html",
        reader=lazy_reader("web_page", extra="html"),
        is_certain=is_html,
        suffixes=HTML_SUFFIXES,
        damaged_beginnings=(b"<",),
    ),
    Format(name="wordpress", reader=lazy_reader("xml.wordpress", extra="html"), is_certain=is_wordpress),
    Format(
        name="feed",
        reader=lazy_reader("syndication_feed", extra="feeds"),
        is_certain=is_feed,
        suffixes=(".rss", ".atom", ".rdf"),
        has_versions=True,
    ),
    Format(
        name="newsml",
        reader=lazy_reader("xml.newsml_1", extra="html"),
        is_certain=has_root("NewsML"),
    ),
    Format(
        name="newsml",
        reader=lazy_reader("xml.newsml_g2", extra="html"),
        is_certain=has_root("newsItem", "newsMessage", "packageItem", "conceptItem", "knowledgeItem"),
    ),
    Format(name="nitf", reader=lazy_reader("xml.nitf", extra="html"), is_certain=has_root("nitf")),
    Format(
        name="sitemap",
        reader=lazy_reader("xml.sitemap", extra="html"),
        is_certain=has_root("urlset"),
        has_versions=True,
    ),
    Format(
        name="tei",
        reader=lazy_reader("xml.tei", extra="html"),
        is_certain=has_root("TEI", "TEI.2", "teiCorpus"),
        suffixes=(".tei",),
    ),
    Format(name="spip", reader=lazy_reader("xml.spip", extra="html"), is_certain=has_root("SPIP")),
    Format(
        name="xml",
        reader=lazy_reader("xml.record_list", extra="html"),
        is_certain=is_xml,
        suffixes=(".xml", ".opml", ".svg"),
        damaged_beginnings=(b"<",),
    ),
    Format(
        name="ris",
        reader=lazy_reader("bibliography.ris", extra="ris"),
        is_certain=is_ris,
        suffixes=(".ris",),
        damaged_beginnings=(b"TY  -",),
    ),
    Format(name="bibtex", reader=refuse_bibtex, is_certain=is_bibtex, suffixes=BIBTEX_SUFFIXES),
    Format(
        name="parquet",
        reader=lazy_reader("tables.parquet", extra="parquet"),
        is_certain=begins_with("PAR1"),
        suffixes=(".parquet",),
        damaged_beginnings=(b"PAR1",),
    ),
    Format(
        name="warc",
        reader=lazy_reader("web_archive", extra="warc"),
        is_certain=begins_with("WARC/"),
        suffixes=(".warc",),
        damaged_beginnings=(b"WARC/",),
    ),
    Format(
        name="mhtml",
        reader=lazy_reader("mail.saved_page", extra="html"),
        is_certain=is_saved_page,
        suffixes=(".mht", ".mhtml"),
        damaged_beginnings=(b"From: <Saved by", b"MIME-Version:"),
    ),
    Format(
        name="eml",
        reader=lazy_reader("mail.mail_message", extra="html"),
        is_certain=is_message,
        suffixes=(".eml", ".emlx"),
        damaged_beginnings=(b"Return-Path:", b"Received:", b"Delivered-To:", b"X-", b"From:", b"Subject:"),
    ),
    Format(
        name="mbox",
        reader=lazy_reader("mail.mailbox_file", extra="html"),
        is_certain=is_mailbox,
        suffixes=(".mbox",),
        damaged_beginnings=(b"From ",),
    ),
    Format(
        name="pdf",
        reader=lazy_reader("documents.pdf_document", extra="pdf"),
        is_certain=begins_with("%PDF-"),
        suffixes=(".pdf",),
        damaged_beginnings=(b"%PDF-",),
    ),
    # What zip_kind of inputs/zip_archive.py tells from a zip of files has no detection here.
    Format(name="docx", reader=lazy_reader("documents.word_document", extra="docx")),
    Format(name="odt", reader=lazy_reader("documents.open_document", extra="html")),
    Format(name="epub", reader=lazy_reader("documents.epub_book", extra="html")),
)

FORMAT_NAMES: Final = tuple(dict.fromkeys(format.name for format in FORMATS))
DAMAGED_BEGINNINGS: Final = tuple(beginning for format in FORMATS for beginning in format.damaged_beginnings)


def detect_format(text: str, name: str) -> Format:
    """The format of a file by its first characters, with its name as a hint."""
    head = file_head(text, name)
    for format in FORMATS:
        if format.is_certain and format.is_certain(head):
            return format
    for format in FORMATS:
        if head.suffix in format.suffixes:
            return format
    for format in FORMATS:
        if format.is_likely and format.is_likely(head):
            return format
    return _PLAIN_TEXT


def format_named(format_name: str, text: str, name: str) -> Format:
    """Of the rows with one name the first that is certain of a file's content, else the last."""
    head = file_head(text, name)
    *specific, general = (format for format in FORMATS if format.name == format_name)
    return next((format for format in specific if format.is_certain and format.is_certain(head)), general)
