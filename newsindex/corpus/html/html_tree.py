"""Parses HTML to a tree within bounds, and takes the plain text of a piece of HTML."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Final

import lxml.html
from lxml import etree

from newsindex.errors import CorpusError

# lxml raises ValueError where a text with one of these is set, also if a reference in numbers stood for it.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE: Final = re.compile(r"&#(?:0{0,9}(\d{1,5})|x0{0,9}([\da-f]{1,4}))(?![\da-f]);?", re.I)
MAX_PAGE: Final = 16 << 20  # bytes
_MAX_ELEMENTS: Final = 100_000  # in memory each takes about two kilobytes
BLOCK_ELEMENTS: Final = (
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "li", "ol", "p", "pre", "table", "td", "tr", "ul",
)  # fmt: skip
INVISIBLE_ELEMENTS: Final = ("script", "style", "template", etree.Comment, etree.ProcessingInstruction)


def parse_html(text: str) -> tuple[lxml.html.HtmlElement, CorpusError | None]:
    """The tree of a page, and the error that says which part was not read, if there is such a part.

    Raises CorpusError for a page without elements, or with more than can be held in memory.
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        tree = lxml.html.document_fromstring(_without_forbidden(text).encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        raise CorpusError("there is nothing in this page") from None
    if sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        raise CorpusError(f"the page has more than {_MAX_ELEMENTS:,} elements")
    return tree, _depth_error(parser)


def _without_forbidden(text: str) -> str:
    """A text without the characters that XML forbids, as they are or as references in numbers."""
    sound = _FORBIDDEN.sub("", text)
    return _REFERENCE.sub(_allowed_reference, sound) if "&#" in sound else sound


def _allowed_reference(reference: re.Match[str]) -> str:
    number = int(reference[1]) if reference[1] else int(reference[2], 16)
    return "" if _FORBIDDEN.match(chr(number)) else reference[0]


def _depth_error(parser: lxml.html.HTMLParser) -> CorpusError | None:
    is_too_deep = any("depth" in entry.message for entry in parser.error_log.filter_from_fatals())
    return CorpusError("the page is nested too deeply: what follows was not read") if is_too_deep else None


def plain_text(fragment: str) -> str:
    """The text of a piece of HTML: paragraphs with a blank line between them, entities decoded."""
    if "<" not in fragment and "&" not in fragment:
        return _paragraphs(fragment)
    try:
        tree, _ = parse_html(f"<div>{fragment}</div>")
    except CorpusError:
        return ""
    return element_text(tree)


def element_text(element: lxml.html.HtmlElement) -> str:
    """The text of an element as :func:`plain_text` gives it; the element is left as it is."""
    own = deepcopy(element)
    own.tail = None
    etree.strip_elements(own, *INVISIBLE_ELEMENTS, with_tail=False)
    for block in own.iter(*BLOCK_ELEMENTS):
        block.text = "\n" + (block.text or "")
        block.tail = "\n" + (block.tail or "")
    return _paragraphs(own.text_content())


def _paragraphs(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n\n".join(filter(None, lines))
