"""Reads an export of Factiva in HTML (extra: html), with or without the codes of its fields.

With codes an article is a table, a field a row; without, it is a row of ``div`` and then paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.formats.press_databases.export_markup import (
    Element,
    all_text,
    is_cut_page,
    lines_of,
    parse_piece,
    pieces,
    read_export,
    unmark_searched_words,
    with_class,
)
from newsindex.corpus.formats.press_databases.exported_article import (
    ExportedArticle,
    export_items,
    is_word_count,
    language_code,
)
from newsindex.errors import CorpusError

from .factiva_record import CODES, DOCUMENT_LINE, article_from_codes, article_from_lines, headline_parts

_ARTICLE: Final = re.compile(r"""<div\b[^>]{0,300}\bclass\s*=\s*["']article\s+[a-z]{2,4}Article\b""", re.I)
_FOOTER: Final = re.compile(r"""<div\b[^>]{0,200}\bid\s*=\s*["'](?:pageFooter|searchSummary)""", re.I)
_CLASS_LANGUAGE: Final = re.compile(r"\b(?P<code>[a-z]{2})Article\b")
_HEADLINE_CLASS: Final = re.compile(r"[a-z]{2,4}headline\b|\bheadline\b", re.I)
_DOCUMENT: Final = re.compile(r"Do[ck]ument \w{10,40}")
_LEAVES: Final = ("div", "p", "pre", "h1", "h2", "h3", "h4", "li", "blockquote")
_TEXTS: Final = ("p", "pre")


def read(content: FormatInput) -> FormatItems:
    """The articles of the export, and an error where it is cut short."""
    page, damage = read_export(content)
    is_cut = is_cut_page(page)
    footer = _FOOTER.search(page)
    if footer and not _ARTICLE.search(page, footer.start()):
        page = page[: footer.start()]
    found = list(pieces(page, _ARTICLE))
    is_last_whole = bool(found) and (not is_cut or _DOCUMENT.search(found[-1]) is not None)
    yield from export_items(
        _articles(found), content, "Factiva", is_cut=is_cut, is_last_whole=is_last_whole, damage=damage
    )


def _articles(found: list[str]) -> Iterator[ExportedArticle | CorpusError]:
    for piece in found:
        try:
            yield _article(parse_piece(piece))
        except CorpusError as error:
            yield error


def _article(tree: Element) -> ExportedArticle:
    fields = _fields(tree)
    if "HD" in fields or "TD" in fields or "LP" in fields:
        return article_from_codes(fields)
    return _article_without_codes(tree)


def _fields(tree: Element) -> dict[str, list[str]]:
    """The fields of a table whose rows begin with a code."""
    fields: dict[str, list[str]] = {}
    for row in tree.iter("tr"):
        cells = row.findall("td")
        if len(cells) > 1 and (code := all_text(cells[0])) in CODES:
            fields.setdefault(code, []).extend(lines_of(cells[1]))
    return fields


def _article_without_codes(tree: Element) -> ExportedArticle:
    headline = next((text for e in _headlines(tree) if (text := all_text(e))), "")
    author = " ; ".join(filter(None, map(all_text, with_class(tree, "author"))))
    over, head, lines = _parts(tree, headline)
    section = over[0] if over else ""
    if not headline:
        counted = next((n for n, line in enumerate(head) if is_word_count(line)), 0)
        section, headline, named = headline_parts(head[:counted])
        head, author = head[counted:], author or named
    number = next((match for line in lines if (match := DOCUMENT_LINE.fullmatch(line))), None)
    article = article_from_lines(
        head,
        [line for line in lines if not _DOCUMENT.fullmatch(line)],
        headline=headline,
        author=author,
        section=section,
        document=number["number"] if number else None,
    )
    return article if article.lang else article.in_language(_class_language(tree))


def _headlines(tree: Element) -> list[Element]:
    """The elements that are marked as headlines."""
    marked = [e for e in tree.iter(etree.Element) if _HEADLINE_CLASS.search(e.get("class", ""))]
    return marked or [e for e in tree.iter("div") if e.get("id") == "hd"]


def _parts(tree: Element, headline: str) -> tuple[list[str], list[str], list[str]]:
    """The lines over the headline, those from there to the text, and the text."""
    authors = with_class(tree, "author")
    unmark_searched_words(tree)
    over: list[str] = []
    head: list[str] = []
    text: list[str] = []
    is_over = bool(headline)
    for leaf in tree.iter(*_LEAVES):
        if leaf in authors or any(True for inner in leaf.iter(*_LEAVES) if inner is not leaf):
            continue
        lines = lines_of(leaf)
        if leaf.tag in _TEXTS or text:
            text += lines
        elif is_over and " ".join(lines) == headline:
            is_over = False
        else:
            (over if is_over else head).extend(lines)
    return (over, head, text) if not is_over else ([], over, text)


def _class_language(tree: Element) -> str | None:
    for element in with_class(tree, "article"):
        if match := _CLASS_LANGUAGE.search(element.get("class", "")):
            return language_code(match["code"])
    return None
