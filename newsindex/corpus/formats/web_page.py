"""Reads a saved web page (extra: html): the fields from its structured data, the body from its text.

The text is what trafilatura extracts, from the part that the page marks as its article where it marks one.
Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

import lxml.html
from lxml import etree

from newsindex.article import Article
from newsindex.corpus.fields.addresses import address_parts
from newsindex.corpus.html.boilerplate import fold, paragraphs
from newsindex.corpus.html.dateline import dateline_date, is_signed_date, names_in_byline
from newsindex.corpus.html.html_encoding import decode_page
from newsindex.corpus.html.html_tree import MAX_PAGE, parse_html
from newsindex.corpus.html.page_headline import PageHeadline
from newsindex.corpus.html.page_kind import PageKind, refusal
from newsindex.corpus.html.page_text import article_text, remove_other_elements
from newsindex.corpus.html.standfirst import standfirst
from newsindex.corpus.html.structured_data import PageData
from newsindex.corpus.inputs.bounded_reading import read_whole
from newsindex.errors import CorpusError
from newsindex.optional import library_failure

from .aggregator.aggregator_html import aggregator_parts
from .aggregator.aggregator_lines import comparable
from .aggregator.aggregator_page import aggregator_articles
from .format_input import FormatInput, FormatItems

_NEXT_PAGE: Final = re.compile(rb"(?<=</html>)(?:\s|\xef\xbb\xbf){0,100}(?=<!doctype html|<html[\s>])", re.I)
_LINES_OF_HEAD: Final = 4  # of a text, among which its author and date may stand
_MAX_PAGES: Final = 1000  # in one file
_SAVED_FROM: Final = re.compile(
    rb"<!--\s*(?:saved from url=\(\d{1,5}\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s<>\"]{1,2000})",
    re.I,
)
_CANONICAL: Final = re.compile(rb"rel=[\"']?canonical|[\"']og:url[\"']", re.I)
_SAVED_WITHIN: Final = 4096  # bytes
_COMPARED_CHARACTERS: Final = 60  # of a standfirst, which may be cut or punctuated otherwise after them


class _NoArticleError(CorpusError):
    """A page of a certain kind, which holds no article."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


def read(content: FormatInput) -> FormatItems:
    """The article of the page, or of each of several, and errors for the parts that were not read."""
    pages, damage = read_whole(content.stream, MAX_PAGE)
    for page in _NEXT_PAGE.split(pages, _MAX_PAGES):
        yield from page_articles(page, source=content.source, address=_saved_address(page))
    if damage:
        yield damage


def _saved_address(page: bytes) -> str | None:
    """The address that a browser wrote into a page that states none itself."""
    match = _SAVED_FROM.search(page, 0, _SAVED_WITHIN)
    if match and _CANONICAL.search(page):  # without what led the reader there, as "?utm_source="
        return None
    return match[1].decode("utf-8", "replace") if match else None


def page_articles(
    page: bytes,
    *,
    source: str | None = None,
    charset: str | None = None,
    address: str | None = None,
    captured: date | None = None,
    pass_over: Callable[[str], object] | None = None,
) -> FormatItems:
    """The article of a page's bytes, and errors for the parts of the page that were not read.

    ``address`` and ``captured`` belong to a page in an archive: its URL, and the date that it gets where it
    states none. A page that is no article is an error, or, where ``pass_over`` is given, a call of it with
    the kind of the page, such as "section page".
    """
    try:
        tree, depth_error = parse_html(decode_page(page, charset))
        yield from _articles(tree, source, address, captured)
    except _NoArticleError as error:
        if pass_over is None:
            yield CorpusError(error.reason)
        else:
            pass_over(error.kind)
    except CorpusError as error:
        yield error
    except Exception as error:  # of the libraries: a page costs no other of its archive
        yield CorpusError(library_failure(error))
    else:
        if depth_error:
            yield depth_error


def _articles(
    tree: lxml.html.HtmlElement, source: str | None, address: str | None, captured: date | None
) -> FormatItems:
    """The page's article, and where the page is a press aggregator's its other headlines."""
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    data = PageData(tree, address)
    pages = aggregator_parts(tree)
    if not pages:
        yield _article(tree, data, source, captured)
    seen = {comparable(page.headline) for page in pages}
    url = data.url if len(pages) == 1 else None  # several pages have no address of their own
    for page in pages:
        yield from aggregator_articles(page, seen, source=source, url=url, lang=data.lang)


def _article(
    tree: lxml.html.HtmlElement, data: PageData, source: str | None, captured: date | None
) -> Article:
    url = data.url
    page_title = PageHeadline(tree, data)
    headline = page_title.text
    kind = PageKind(tree, data)
    remove_other_elements(tree)
    published = data.published or dateline_date(tree, headline) or captured
    lines = list(paragraphs(article_text(tree), headline))
    head = lines[:_LINES_OF_HEAD]
    byline = next(filter(None, map(names_in_byline, head)), "")
    head = [line for line in head if not (is_signed_date(line) or names_in_byline(line))]
    lines = [*head, *lines[_LINES_OF_HEAD:]]
    lines = [*standfirst(tree, headline, lines), *lines]
    if not _contains(lines, data.description) and fold(data.description) in fold(tree.text_content()):
        lines.insert(0, data.description)  # a standfirst is part of the text
    body = "\n\n".join(lines)
    if len(body) * 2 < len(data.body):  # a page that a script would have filled
        body = data.body
    elif name := kind.without_article(tree, lines):
        raise _NoArticleError(name, refusal(name))
    if not body and not (headline and data.is_article):
        raise _NoArticleError("page without text", "there is no article in this page")
    return Article(
        headline,
        body,
        source=data.site or source or page_title.site or _host(url),
        published=published,
        url=url,
        section=data.section,
        author=data.authors or byline,
        lang=data.lang,
        abstract=data.description,
    )


def _contains(lines: list[str], standfirst: str) -> bool:
    """Whether the beginning of the standfirst stands somewhere in a text."""
    return fold(standfirst)[:_COMPARED_CHARACTERS].strip(" .…") in fold(" ".join(lines))


def _host(url: str | None) -> str | None:
    return (address_parts(url).hostname or "").removeprefix("www.") or None
