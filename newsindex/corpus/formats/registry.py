"""Which formats are there, and how is a file's format told?

A new format is a module with a reader and a line of FORMATS.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import Final, NamedTuple

from .aggregator_page import is_page, read_page
from .csv_table import looks_like_table, read_table
from .format_input import Reader
from .json_document import read_json
from .json_lines import read_json_lines
from .lazy_reader import reader_in
from .plain_text import read_text


class Format(NamedTuple):
    """A reader, the suffixes of file names that hint at it, and whether files repeat each other's records."""

    read: Reader
    suffixes: tuple[str, ...] = ()
    has_snapshots: bool = False


FORMATS: Final = {
    "page": Format(read_page),
    "text": Format(read_text, (".txt", ".text")),
    "jsonl": Format(read_json_lines, (".jsonl", ".ndjson")),
    "json": Format(read_json, (".json",)),
    "csv": Format(read_table, (".csv", ".tsv")),
    "html": Format(reader_in("web_page", "html"), (".html", ".htm", ".xhtml")),
    "feed": Format(
        reader_in("syndication_feed", "feeds"), (".rss", ".atom", ".rdf", ".xml"), has_snapshots=True
    ),
    "parquet": Format(reader_in("parquet", "parquet"), (".parquet",)),
    "warc": Format(reader_in("web_archive", "warc"), (".warc",)),
}

_MAGIC: Final = {"WARC/": "warc", "PAR1": "parquet"}
_HTML: Final = re.compile(
    r"(?:(?><!--.*?-->|<[?!](?!--|doctype\s+html)[^>]*>)\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_FEED: Final = re.compile(r"<(?:rss|feed|(?:\w+:)?rdf)[\s>]", re.I)
_FEED_WITHIN: Final = 8192  # characters, in which a prologue may declare entities
_JSON: Final = re.compile(r"\{\s*(?:[\"}]|$)|\[\s*(?:[{\[\]\"]|$)")  # "[Tribune] Un titre" is a text
_KEYED: Final = re.compile(r"^[\s\[,]*\{\s*\"[^\"\n]*\"\s*:", re.M)
_LISTING: Final = re.compile(r"\[\s*\{")
_UNFINISHED: Final = ("[", "{", ",")  # ends of a line that is no whole record


def format_of(head: str, name: str) -> str:
    """The format of a file by its first characters, with its name as a hint."""
    hint = _hint(name)
    head = head.lstrip()
    if _is_json(head, hint):
        return _json_kind(head, hint)
    for magic, format in _MAGIC.items():
        if head.startswith(magic):
            return format
    if _HTML.match(head):
        return "html"
    if head.startswith("<") and _FEED.search(head, 0, _FEED_WITHIN):
        return "feed"
    if hint not in (None, "text"):
        return hint
    if is_page(head):
        return "page"
    return "csv" if looks_like_table(head) else "text"


def _hint(name: str) -> str | None:
    """The format that the last suffix of a name speaks of; ``.gz`` is no format."""
    suffix = PurePath(name.lower().removesuffix(".gz")).suffix
    return next((name for name, format in FORMATS.items() if suffix in format.suffixes), None)


def _is_json(head: str, hint: str | None) -> bool:
    """Whether a text is JSON: a bracket does where the name says so, a text needs a key."""
    if not head.startswith(("{", "[")):
        return False
    if hint in ("json", "jsonl") or _KEYED.search(head):
        return True
    return hint != "text" and _JSON.match(head) is not None


def _json_kind(head: str, hint: str | None) -> str:
    """Whether text that begins as JSON has a record a line, or is one document."""
    if hint == "jsonl":
        return "json" if _LISTING.match(head) else "jsonl"
    if head.startswith("["):
        return "json"
    written = [line for line in head.splitlines() if line.strip()]
    if len(written) > 1:
        if written[0].rstrip().endswith(_UNFINISHED):
            return "json"
        return "jsonl" if any(map(_is_object, written[:2])) else "json"
    return "json" if hint == "json" or _LISTING.search(head) else "jsonl"


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
