"""Takes the parts of an export in HTML: the piece of each article, elements by class, and lines of text.

An export is cut into its articles before it is parsed, so that a large one is in memory as text alone, and
damage in one article does not reach the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

import lxml.html
from lxml import etree

from newsindex.corpus.formats.format_input import FormatInput
from newsindex.corpus.html.html_encoding import decode_page
from newsindex.corpus.html.html_tree import MAX_PAGE, parse_html
from newsindex.corpus.inputs.bounded_reading import read_whole
from newsindex.errors import CorpusError

from .exported_article import MAX_EXPORT, one_line

_INVISIBLE: Final = (
    "script",
    "style",
    "template",
    "title",
    "noscript",
    etree.Comment,
    etree.ProcessingInstruction,
)
_BLOCKS: Final = (
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table",
    "td", "th", "tr", "ul",
)  # fmt: skip
_SEARCH_MARKS: Final = ("mark", "font", "b", "i", "em", "strong", "u")
_OCCURRENCE: Final = re.compile(r"occur+ence|highlight|hit\b", re.I)

_BEGINNING: Final = re.compile(r"\s*<(?:!doctype\b|html\b)", re.I)
_END: Final = re.compile(r"</(?:body|html)\s*>", re.I)
_TAIL: Final = 1 << 16  # characters in which the end of a page is looked for

Element: TypeAlias = lxml.html.HtmlElement


def read_export(content: FormatInput) -> tuple[str, CorpusError | None]:
    """The text of an export in HTML, and the damage that cut it short if there was any."""
    raw, damage = read_whole(content.stream, MAX_EXPORT)
    return decode_page(raw), damage


def is_cut_page(page: str) -> bool:
    """Whether a page that has a beginning has no end."""
    return _BEGINNING.match(page) is not None and not has_page_end(page)


def has_page_end(page: str) -> bool:
    """Whether a page has the end of its last element."""
    return _END.search(page, max(len(page) - _TAIL, 0)) is not None


def pieces(page: str, start: re.Pattern[str]) -> Iterator[str]:
    """The pieces of a page that begin where a pattern matches; each ends where the next one begins."""
    begun: int | None = None
    for match in start.finditer(page):
        if begun is not None:
            yield page[begun : match.start()]
        begun = match.start()
    if begun is not None:
        yield page[begun:]


def parse_piece(piece: str) -> Element:
    """The tree of a piece, without what is not shown, and with white space as a browser shows it.

    Raises CorpusError for a piece that is larger than a page may be, or nested too deeply.
    """
    if len(piece) > MAX_PAGE:
        raise CorpusError(f"the article is larger than {MAX_PAGE >> 20} MB")
    tree, depth_error = parse_html(piece)
    if depth_error:
        raise depth_error
    etree.strip_elements(tree, *_INVISIBLE, with_tail=False)
    return tree


def with_class(tree: Element, *names: str) -> list[Element]:
    """The elements that have one of some classes, compared without case, in the order of the page."""
    sought = {name.lower() for name in names}
    return [element for element in tree.iter(etree.Element) if not sought.isdisjoint(_classes(element))]


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").lower().split()


def unmark_searched_words(tree: Element) -> None:
    """Takes away the elements around the words that were searched for, so that names and lines stay whole."""
    for element in list(tree.iter(*_SEARCH_MARKS, "span")):
        is_mark = (
            element.tag != "span" or element.get("style") or _OCCURRENCE.search(element.get("class", ""))
        )
        if is_mark and element.getparent() is not None:
            element.drop_tag()


def first_text(elements: list[Element]) -> str:
    """The first text in some elements, with its white space."""
    texts = (text for element in elements for text in element.itertext() if text.strip())
    return next(texts, "")


def all_text(element: Element) -> str:
    """The text of an element as one line."""
    return one_line(element.text_content())


def lines_of(element: Element) -> list[str]:
    """The lines of an element that are not blank: blocks and line breaks part them, white space does not."""
    return [line for line in map(one_line, _text(element, "\n").split("\n")) if line]


def blocks_of(element: Element) -> str:
    """The text of an element with a blank line between its blocks, and line breaks within them."""
    return _text(element, "\n\n")


def _text(element: Element, gap: str) -> str:
    """The text of an element, with ``gap`` around each block and a line end for each line break."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        is_block = node.tag in _BLOCKS
        if event == "start":
            parts += (gap if is_block else "", _spaced(node.text))
            continue
        parts.append("\n" if node.tag == "br" else gap if is_block else "")
        if node is not element:
            parts.append(_spaced(node.tail))
    return "".join(parts)


def _spaced(text: str | None) -> str:
    """A text whose line ends are spaces, as they are in a page."""
    return re.sub(r"[^\S\u00a0]+", " ", text) if text else ""
