"""Reads an electronic book or issue (EPUB): an article for each chapter that has text (extra: html)."""

from __future__ import annotations

import posixpath
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from urllib.parse import unquote

import lxml.html
from lxml import etree

from newsindex.article import Article
from newsindex.corpus.error_places import with_place
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.html.boilerplate import fold
from newsindex.corpus.html.html_encoding import decode_page
from newsindex.corpus.html.html_tree import parse_html, plain_text
from newsindex.dates.publication_dates import parse_date
from newsindex.errors import CorpusError

from .document_article import sensible_author
from .packed_document import member_bytes, packed_document, parse_xml

_CHAPTER_SUFFIXES: Final = (".xhtml", ".html", ".htm", ".xml")
_CHAPTER_TYPES: Final = ("application/xhtml+xml", "text/html")
_FRONT: Final = re.compile(
    r"\b(?:nav|toc|cover|titlepage|title_page|copyright|colophon|table.?of.?contents)\b", re.I
)
_CONTENTS_PAGE: Final = "page without an article"
_CALIBRE_NOTE: Final = "This article was downloaded by calibre"
_TOP: Final = 3  # lines in which the headline stands, below a section
_MIN_CHARACTERS: Final = 40  # of the text of a chapter; a shorter page is a cover or a divider
_EMPTY_ELEMENT: Final = re.compile(
    r"<(title|script|style|a|p|div|span|i|b|em|strong|td|li)\b([^<>]*)/>", re.I
)
_AFTER_PATH: Final = re.compile("[?#]")
_HEADINGS: Final = ("h1", "h2", "h3")


@dataclass(slots=True)
class _Book:
    """What the package of a book says of it, and the paths of its chapters in their order.

    ``missing`` has the chapters that the package names and the file lacks.
    """

    chapters: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    passed_over: int = 0
    title: str = ""
    author: str = ""
    publisher: str = ""
    lang: str | None = None
    published: date | None = None


def read(content: FormatInput) -> FormatItems:
    """The article of each chapter, and errors for the chapters that could not be read."""
    with packed_document(content.stream) as archive:
        book = _book(archive)
        _refuse_protected(archive, book)
        found = book.passed_over
        for path in book.missing:
            yield with_place(CorpusError("this chapter is missing in the file"), record=path)
        for path in book.chapters:
            try:
                article = _chapter(archive, path, book, content.source)
            except (CorpusError, zipfile.BadZipFile, EOFError, OSError) as error:
                reason = error if isinstance(error, CorpusError) else CorpusError(f"this is damaged: {error}")
                yield with_place(reason, record=path)
                continue
            if article is None:
                found += 1
            else:
                yield article
        if found:
            content.pass_over(_CONTENTS_PAGE, found)


def _book(archive: zipfile.ZipFile) -> _Book:
    """The book by its package; a book without a readable one has all its pages as chapters."""
    with suppress(etree.XMLSyntaxError):
        container = member_bytes(archive, "META-INF/container.xml")
        root = parse_xml(container) if container else None
        paths = [] if root is None else root.xpath("//*[local-name()='rootfile']/@full-path")
        for path in paths:
            package = member_bytes(archive, path)
            if package and (book := _package(archive, parse_xml(package), posixpath.dirname(path))).chapters:
                return book
    names = [name for name in archive.namelist() if name.lower().endswith(_CHAPTER_SUFFIXES)]
    chapters = [name for name in names if not name.startswith("META-INF/")]
    return _Book(chapters=[name for name in chapters if not _FRONT.search(posixpath.basename(name))])


def _package(archive: zipfile.ZipFile, package: Any, folder: str) -> _Book:
    members = set(archive.namelist())
    items = {
        item.get("id"): item for item in package.xpath("//*[local-name()='manifest']/*[local-name()='item']")
    }
    guides = package.xpath(
        "//*[local-name()='reference'][@type][contains('toc cover title-page copyright-page', @type)]/@href"
    )
    front = {_path(folder, href) for href in guides}
    book = _Book(
        title=_metadata(package, "title"),
        author=", ".join(package.xpath("//*[local-name()='metadata']/*[local-name()='creator']/text()")),
        publisher=_metadata(package, "publisher"),
        lang=_metadata(package, "language")[:2].lower() or None,
    )
    with suppress(ValueError):  # a year alone, or what is no date
        book.published = parse_date(_metadata(package, "date"))
    for reference in package.xpath("//*[local-name()='spine']/*[local-name()='itemref']"):
        item = items.get(reference.get("idref"))
        if item is None:
            book.missing.append(reference.get("idref", ""))
            continue
        if item.get("media-type") not in _CHAPTER_TYPES:
            continue
        path = _path(folder, item.get("href", ""))
        is_front = path in front or "nav" in (item.get("properties") or "").split()
        if is_front or reference.get("linear") == "no":
            book.passed_over += 1
        else:
            (book.chapters if path in members else book.missing).append(path)
    return book


def _path(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(_AFTER_PATH.split(href, maxsplit=1)[0])))


def _metadata(package: Any, name: str) -> str:
    texts = package.xpath(f"//*[local-name()='metadata']/*[local-name()='{name}']/text()")
    return " ".join(texts[0].split()) if texts else ""


def _refuse_protected(archive: zipfile.ZipFile, book: _Book) -> None:
    """Raises CorpusError for a book whose chapters are encrypted; only its fonts may be."""
    encryption = member_bytes(archive, "META-INF/encryption.xml") or b""
    paths = [path.encode() for path in book.chapters]
    if "META-INF/rights.xml" in archive.namelist() or any(path in encryption for path in paths):
        raise CorpusError("this EPUB is protected against copying: its text cannot be read")


def _chapter(archive: zipfile.ZipFile, path: str, book: _Book, source: str | None) -> Article | None:
    """The article of a chapter; None for a page that has none, as a cover."""
    page = member_bytes(archive, path)
    if page is None:
        raise CorpusError("there is no such chapter in the book")
    tree, _ = parse_html(_EMPTY_ELEMENT.sub(r"<\1\2></\1>", decode_page(page)))
    for navigation in tree.xpath("//*[contains(@class, 'calibre_navbar')]"):
        navigation.drop_tree()
    body = tree.find("body")
    text = plain_text(lxml.html.tostring(tree if body is None else body, encoding="unicode"))
    if len(text) < _MIN_CHARACTERS:
        return None
    headline = _headline(tree, book)
    lines = [line for line in text.split("\n\n") if not line.startswith(_CALIBRE_NOTE)]
    if not lines:
        return None
    repeated = (number for number, line in enumerate(lines[:_TOP]) if fold(line) == fold(headline))
    if (number := next(repeated, None)) is not None:
        del lines[number]
    return Article(
        headline or lines[0],
        "\n\n".join(lines if headline else lines[1:]),
        source=source or book.publisher or book.title or None,
        published=book.published,
        author=sensible_author(book.author),
        lang=book.lang or (tree.get("lang") or "")[:2].lower() or None,
    )


def _headline(tree: Any, book: _Book) -> str:
    """The first heading of a chapter, else its title where that is not the title of the book."""
    for name in _HEADINGS:
        for element in tree.iter(name):
            if text := " ".join(element.text_content().split()):
                return text
    title = " ".join((tree.findtext(".//title") or "").split())
    return "" if fold(title) == fold(book.title) else title
