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
from .csv_table import is_table, read_table
from .detection import Detector, begins_with, file_head, is_feed, is_html
from .format_input import Reader
from .json_document import JSON_LINES_SUFFIXES, JSON_SUFFIXES, is_json, read_json
from .json_lines import is_json_lines, read_json_lines
from .lazy_reader import lazy_reader
from .plain_text import read_text


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
    Format(name="page", reader=read_aggregator_page, is_likely=is_aggregator_page),
    _PLAIN_TEXT,
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
        name="html",
        reader=lazy_reader("web_page", extra="html"),
        is_certain=is_html,
        suffixes=(".html", ".htm", ".xhtml"),
        damaged_beginnings=(b"<",),
    ),
    Format(
        name="feed",
        reader=lazy_reader("syndication_feed", extra="feeds"),
        is_certain=is_feed,
        suffixes=(".rss", ".atom", ".rdf", ".xml"),
        has_versions=True,
    ),
    Format(
        name="parquet",
        reader=lazy_reader("parquet", extra="parquet"),
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
