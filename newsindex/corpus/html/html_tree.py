"""Which characters are the bytes of a web page, and what tree are they?

What is valid UTF-8 is UTF-8, whatever it declares: pages that were saved again often keep an old
declaration. Else the declaration counts, and where there is none the encoding is told by its letters.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

import lxml.html
from lxml import etree

from newsindex.errors import CorpusError

MAX_PAGE: Final = 16 << 20  # bytes
_MAX_ELEMENTS: Final = 100_000  # in memory each takes about two kilobytes
_DECLARED: Final = re.compile(
    rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([\w:.-]+)|<\?xml\b[^>]*?encoding=[\"']([\w:.-]+)", re.I
)
_DECLARED_WITHIN: Final = 8192  # bytes; browsers look at 1024
_SAMPLE: Final = 64 << 10  # bytes from which an encoding is told
_SUPERSETS: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}  # as browsers read them
_CANDIDATES: Final = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_FRENCH: Final = frozenset("àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ’‘“”«»…–—€°©\u00a0")
_BLOCKS: Final = [
    "address",
    "article",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "td",
    "tr",
    "ul",
]
_UNSEEN: Final = ("script", "style", "template", etree.Comment, etree.ProcessingInstruction)


def characters(content: bytes, declared: str | None = None) -> str:
    """The text of a page; ``declared`` is what came with it, before what it says itself."""
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        if error.end >= len(content) - 3:  # cut short in the middle of a character
            return content.decode(errors="ignore")
    name = _codec(declared) or _codec(_declaration(content))
    if name == "utf-8" and not _is_mostly_utf8(content):
        name = None
    return content.decode(name or _guessed(content), "replace")


def _declaration(content: bytes) -> str | None:
    found = _DECLARED.search(content, 0, _DECLARED_WITHIN)
    return (found[1] or found[2]).decode("ascii", "ignore") if found else None


def _codec(name: str | None) -> str | None:
    """Python's name of an encoding of text; None if it has no such."""
    try:
        known = codecs.lookup(name or "")
    except (LookupError, ValueError):
        return None
    if not known._is_text_encoding:  # base64, zip
        return None
    return _SUPERSETS.get(known.name, known.name)


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether most of what is not ASCII is valid: then the rest is damage."""
    text = content.decode(errors="replace")
    damaged = text.count("\ufffd")
    return sum(not c.isascii() for c in text) > 2 * damaged


def _guessed(content: bytes) -> str:
    """The encoding in which most of what is not ASCII is French."""
    sample = re.sub(rb"<[^>]*>", b" ", content).translate(None, bytes(range(128)))[:_SAMPLE]
    return max(_CANDIDATES, key=lambda name: sum(c in _FRENCH for c in sample.decode(name, "replace")))


def tree_of(text: str) -> tuple[lxml.html.HtmlElement, CorpusError | None]:
    """The tree of a page, and the error that says what of it was not read.

    Raises CorpusError for what has no elements, or more than can be held.
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        tree = lxml.html.document_fromstring(text.replace("\0", "").encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        raise CorpusError("there is nothing in this page") from None
    if sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        raise CorpusError(f"the page has more than {_MAX_ELEMENTS:,} elements")
    return tree, _too_deep(parser)


def _too_deep(parser: lxml.html.HTMLParser) -> CorpusError | None:
    deep = any("depth" in entry.message for entry in parser.error_log.filter_from_fatals())
    return CorpusError("the page is nested too deeply: what follows was not read") if deep else None


def plain_text(fragment: str) -> str:
    """The text of a piece of HTML: paragraphs with a blank line between them, entities undone."""
    if "<" not in fragment and "&" not in fragment:
        return _paragraphs(fragment)
    try:
        tree, _ = tree_of(f"<div>{fragment}</div>")
    except CorpusError:
        return ""
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    for element in tree.iter(*_BLOCKS):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    return _paragraphs(tree.text_content())


def _paragraphs(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n\n".join(filter(None, lines))
