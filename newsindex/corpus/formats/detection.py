"""What a format is detected from: the first characters of a file and its name.

The formats that need an optional library are detected here, so that detection loads no library.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Final, NamedTuple

_HTML: Final = re.compile(
    r"(?:(?><!--.*?-->|<[?!](?!--|doctype\s+html)[^>]*>)\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_FEED: Final = re.compile(r"<(?:rss|feed|(?:\w+:)?rdf)[\s>]", re.I)
_MAX_PROLOGUE: Final = 8192  # characters before the root element of a feed, in which entities are declared

_PACKING_SUFFIXES: Final = (".gz", ".bz2", ".xz", ".zst")


class FileHead(NamedTuple):
    """The beginning of a file: its first characters, and the suffix of its name in lower case."""

    text: str
    suffix: str


Detector = Callable[[FileHead], bool]


def file_head(text: str, name: str) -> FileHead:
    """The head of a file by its first characters and its name; white space at the front is left out.

    ``.gz`` at the end of a name is no suffix of a format, nor is that of another packing.
    """
    path = PurePath(name.lower())
    while path.suffix in _PACKING_SUFFIXES:
        path = path.with_suffix("")
    return FileHead(text.lstrip(), path.suffix)


def begins_with(magic: str) -> Detector:
    """A detector of content that begins with certain characters."""
    return lambda head: head.text.startswith(magic)


def is_html(head: FileHead) -> bool:
    """Whether the first element of a content is one with which only a page of HTML begins."""
    return _HTML.match(head.text) is not None


def is_feed(head: FileHead) -> bool:
    """Whether a content is XML in which the root element of RSS, Atom or RDF begins early."""
    return head.text.startswith("<") and _FEED.search(head.text, 0, _MAX_PROLOGUE) is not None
