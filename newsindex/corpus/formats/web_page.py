"""How does a saved web page become an article? What it says of itself comes first, then its text.

The text is what trafilatura finds, in the part that the page marks as its article where it marks one.
Nothing is fetched.
"""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from datetime import date
from typing import Final
from urllib.parse import urlsplit

import lxml.html
from lxml import etree
from trafilatura import bare_extraction

from newsindex.article import Article
from newsindex.corpus.html.boilerplate import DAY, is_dateline, paragraphs, plain
from newsindex.corpus.html.html_tree import MAX_PAGE, characters, tree_of
from newsindex.corpus.html.structured_data import PageData
from newsindex.corpus.inputs.byte_stream import whole
from newsindex.dates.publication_dates import parse_date
from newsindex.errors import CorpusError
from newsindex.optional import failure

from .format_input import FormatInput, Yielded

_LEFT_OUT: Final = (
    "script", "style", "svg", "noscript", "iframe", "nav", "aside", "footer", "button", "template",
    "select", "canvas", "video", "audio", "object", "figcaption", etree.Comment, etree.ProcessingInstruction,
)  # fmt: skip
_MARKED_AT_LEAST: Final = 500  # characters of what is marked as the article's body
_SEPARATOR: Final = re.compile(r"\s+[|–—•·:-]+\s+|\s*[|•]\s*")
_DAY: Final = re.compile(DAY)
_SAME: Final = 60  # characters
_CUT: Final = ("…", "...")

logging.getLogger("trafilatura").addHandler(
    logging.NullHandler()
)  # what it gives up is told as an error here


def read(reading: FormatInput) -> Yielded:
    """The page's article, and what of the page was not read."""
    content, damage = whole(reading.stream, MAX_PAGE)
    yield from page_articles(content, source=reading.source)
    if damage:
        yield damage


def page_articles(
    content: bytes,
    *,
    source: str | None = None,
    charset: str | None = None,
    address: str | None = None,
    captured: date | None = None,
) -> Yielded:
    """The article of a page's bytes, and what of the page was not read.

    ``address`` and ``captured`` are of a page in an archive: its name, and its date where it has none.
    """
    try:
        tree, cut = tree_of(characters(content, charset))
        yield _article(tree, source, address, captured)
    except CorpusError as error:
        yield error
    except Exception as error:  # of the libraries: a page costs no other of its archive
        yield CorpusError(failure(error))
    else:
        if cut:
            yield cut


def _article(
    tree: lxml.html.HtmlElement, source: str | None, address: str | None, captured: date | None
) -> Article:
    data = PageData(tree, address)
    url = address or data.address
    headline = _headline(tree, data)
    etree.strip_elements(tree, *_LEFT_OUT, with_tail=False)
    published = data.published or _written_date(tree) or captured
    lines = list(paragraphs(_text(tree), headline))
    if not _has(lines, data.description) and plain(data.description) in plain(tree.text_content()):
        lines.insert(0, data.description)  # a standfirst is text
    body = "\n\n".join(lines)
    if len(body) * 2 < len(data.body):  # a page that a script would have filled
        body = data.body
    if not (headline or body):
        raise CorpusError("there is no article in this page")
    return Article(
        headline,
        body,
        source=data.site or source or _host(url),
        published=published,
        url=url,
        section=data.section,
        author=data.authors,
        lang=data.lang,
        abstract=data.description,
    )


def _has(lines: list[str], standfirst: str) -> bool:
    """Whether a text begins somewhere as the standfirst does; the rest may be cut or set otherwise."""
    return plain(standfirst)[:_SAME].strip(" .…") in plain(" ".join(lines))


def _headline(tree: lxml.html.HtmlElement, data: PageData) -> str:
    """The headline without the name of the site after it."""
    over = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    titles = [" ".join(element.text_content().split()) for element in tree.xpath("//head/title")]
    known = [*filter(None, [*data.titles(), *(titles if data.titles() else [*over[:1], *titles])])]
    if not known:
        return next(iter(over), "")
    headline = known[0]
    if headline.endswith(_CUT):
        headline = next((longer for longer in known + over if _continues(headline, longer)), headline)
    own = next((title for title in over if _is_before_separator(title, headline)), None)
    return own or _without_site(headline, data.site)


def _continues(cut: str, title: str) -> bool:
    return len(title) > len(cut) and plain(title).startswith(plain(cut.rstrip("…. ")))


def _is_before_separator(title: str, headline: str) -> bool:
    """Whether a heading is what stands before a separator in a headline, as in "Heading | Site"."""
    parts = _SEPARATOR.finditer(headline)
    return bool(title) and any(plain(headline[: part.start()]) == plain(title) for part in parts)


def _without_site(headline: str, site: str) -> str:
    for part in _SEPARATOR.finditer(headline):
        if site and part.start() and plain(headline[part.end() :]) == plain(site):
            return headline[: part.start()]
    return headline


def _written_date(tree: lxml.html.HtmlElement) -> date | None:
    """The date of the first dateline."""
    lines = (" ".join(text.split()) for text in tree.itertext())
    for line in filter(is_dateline, lines):
        if found := _DAY.search(plain(line)):
            with suppress(ValueError):  # the 31st of June: another line may have it right
                return parse_date(found[0])
    return None


def _text(tree: lxml.html.HtmlElement) -> str:
    """The text of the article, a paragraph a line."""
    found = bare_extraction(_marked(tree), include_comments=False, fast=True)
    return (found.text or "") if found else ""


def _marked(tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """The part of a page that it marks as the body of its article, if there is one such; else all."""
    marked = tree.xpath('//*[@itemprop="articleBody"]')
    if len(marked) != 1 or len(marked[0].text_content()) < _MARKED_AT_LEAST:
        return tree
    page = lxml.html.Element("html")
    article = etree.SubElement(etree.SubElement(page, "body"), "article")
    marked[0].tail = None
    article.append(marked[0])
    return page


def _host(url: str | None) -> str | None:
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else None
