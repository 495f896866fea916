"""Takes the text of the article from a web page: what trafilatura extracts, from what the page marks.

trafilatura takes quadratic time on pages of very many elements. Over a bound the text is that of the part
of the page that is marked as its article, without its menus.
"""

from __future__ import annotations

import logging
from copy import deepcopy
from itertools import islice
from typing import Final

import lxml.html
from lxml import etree
from trafilatura import bare_extraction

from .html_tree import element_text

_REMOVED_ELEMENTS: Final = (
    "script", "style", "svg", "noscript", "iframe", "nav", "aside", "footer", "button", "template",
    "select", "canvas", "video", "audio", "object", "figcaption",
)  # fmt: skip
_MIN_MARKED_CHARACTERS: Final = 500  # a shorter element is not the whole body of an article
_MAX_EXTRACTED_ELEMENTS: Final = 20_000  # the longest articles seen have some thousands

# trafilatura logs what it gives up; here that is reported as an error.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def remove_other_elements(tree: lxml.html.HtmlElement) -> None:
    """Removes the elements of a page that never hold the text of an article."""
    etree.strip_elements(tree, *_REMOVED_ELEMENTS, with_tail=False)


def article_text(tree: lxml.html.HtmlElement) -> str:
    """The text of the article, a paragraph a line."""
    page = _marked_body(tree)
    if next(islice(page.iter(), _MAX_EXTRACTED_ELEMENTS, None), None) is not None:
        return element_text(_main_part(page))
    _unwrap_layout(page)
    extracted = bare_extraction(page, include_comments=False, fast=True)
    return (extracted.text or "") if extracted else ""


def _unwrap_layout(page: lxml.html.HtmlElement) -> None:
    """Makes blocks of the tables that lay a page out: their cells hold paragraphs, those of others values."""
    for table in list(page.iter("table")):
        if next(table.iter("th", "caption"), None) is None and table.find(".//td//p") is not None:
            for part in list(table.iter("table", "tbody", "tr", "td")):
                part.tag = "div"


def _marked_body(tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """A page of the one element that is marked as the body of the article; the whole page without one."""
    marked = tree.xpath('//*[@itemprop="articleBody"]')
    if len(marked) != 1 or len(marked[0].text_content()) < _MIN_MARKED_CHARACTERS:
        return tree
    page = lxml.html.Element("html")
    article = etree.SubElement(etree.SubElement(page, "body"), "article")
    body = deepcopy(marked[0])
    body.tail = None
    article.append(body)
    return page


def _main_part(page: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """The one article or main element of a page, else its body."""
    for name in ("article", "main", "body"):
        found = list(islice(page.iter(name), 2))
        if len(found) == 1:
            return found[0]
    return page
