"""What a format is detected from: the first characters of a file and its name.

The formats that need an optional library are detected here, so that detection loads no library.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from newsindex.corpus.inputs.binary_content import without_packings

_HTML: Final = re.compile(
    r"(?:(?><!--.*?-->|<[?!](?!--|doctype\s+html)[^>]*>)\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_FEED: Final = re.compile(r"<(?:rss|feed|(?:\w+:)?rdf)[\s>]", re.I)
_WORDPRESS: Final = re.compile(r"wordpress\.org/export/|<wp:(?:wxr_version|post_type|status)>")
_RIS: Final = re.compile(r"(?:(?:Provider|Database|Content): [^\n]*+\n|\s++)*+TY  -", re.I)
HTML_SUFFIXES: Final = (".html", ".htm", ".xhtml")
_XHTML_NAMESPACE: Final = "http://www.w3.org/1999/xhtml"
_OTHER_XML_ROOTS: Final = ("opml", "sitemapindex", "svg")  # of XML without articles
_FEED_ROOTS: Final = ("rss", "feed", "rdf", "channel")
_MAX_PROLOGUE: Final = 8192  # characters before the root element of a feed, in which entities are declared
# Possessive, so that a prolog without a root element is looked at once.
_XML_ROOT: Final = re.compile(
    r"(?:\s++|<\?.*?\?>|<!--.*?-->|<!doctype\b[^\[>]*+(?:\[(?:[^\]]++|\](?!\s*>))*+\]\s*)?>)*+"
    r"<(?P<name>[^\W\d][\w.:-]{0,100})(?P<attributes>[^<>]*+)",
    re.I | re.S,
)


class FileHead(NamedTuple):
    """The beginning of a file: its first characters, and the suffix of its name in lower case."""

    text: str
    suffix: str


class XmlRoot(NamedTuple):
    """The root element of XML: its name without a prefix, and its start tag as it is written."""

    name: str
    start_tag: str


Detector = Callable[[FileHead], bool]


def file_head(text: str, name: str) -> FileHead:
    """The head of a file by its first characters and its name; white space at the front is left out.

    ``.gz`` at the end of a name is no suffix of a format, nor is that of another packing.
    """
    return FileHead(text.lstrip(), without_packings(name).suffix)


def begins_with(magic: str) -> Detector:
    """A detector of content that begins with certain characters."""
    return lambda head: head.text.startswith(magic)


def is_html(head: FileHead) -> bool:
    """Whether the first element of a content is one with which only a page of HTML begins."""
    return _HTML.match(head.text) is not None


def xml_root(text: str) -> XmlRoot | None:
    """The first element after the prolog, comments and document type; None where there is none."""
    root = _XML_ROOT.match(text) if text.startswith("<") else None
    return XmlRoot(root["name"].rpartition(":")[2], f"<{root['name']}{root['attributes']}") if root else None


def has_root(*names: str) -> Detector:
    """A detector of XML whose root element has one of some names, compared without case."""
    lowered = {name.lower() for name in names}

    def detect(head: FileHead) -> bool:
        root = xml_root(head.text)
        return root is not None and root.name.lower() in lowered

    return detect


def is_xml(head: FileHead) -> bool:
    """Whether a content is XML: it says so, its name does, or its root element is one of XML alone."""
    root = xml_root(head.text)
    if root is None:
        return False
    if head.suffix == ".xml" or root.name.lower() in _OTHER_XML_ROOTS:
        return True
    is_page = head.suffix in HTML_SUFFIXES or _XHTML_NAMESPACE in root.start_tag
    return not is_page and (head.text[:5].lower() == "<?xml" or "xmlns" in root.start_tag)


def is_wordpress(head: FileHead) -> bool:
    """Whether a content is an export of WordPress: RSS with WordPress's own elements."""
    root = xml_root(head.text)
    return root is not None and root.name.lower() == "rss" and bool(_WORDPRESS.search(head.text))


def is_feed(head: FileHead) -> bool:
    """Whether a content is XML in which the root element of RSS, Atom or RDF begins early."""
    root = xml_root(head.text)
    if root is not None:
        return root.name.lower() in _FEED_ROOTS
    return head.text.startswith("<") and _FEED.search(head.text, 0, _MAX_PROLOGUE) is not None


def is_ris(head: FileHead) -> bool:
    """Whether a text is RIS: its first line, after those of the database, names the type of a reference."""
    return _RIS.match(head.text) is not None
