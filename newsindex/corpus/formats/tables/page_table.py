"""Reads a table that a database wrote as a page of HTML and named as a workbook of Excel (extra: html)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import lxml.html

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.html.html_encoding import decode_page
from newsindex.corpus.html.html_tree import MAX_PAGE, parse_html
from newsindex.corpus.inputs.bounded_reading import read_whole
from newsindex.errors import CorpusError

from .sheet_articles import Row, items_of_sheets

_BLOCKS: Final = ("br", "p", "div", "li")


def read(content: FormatInput) -> FormatItems:
    """The article of each row of each table of the page."""
    page, damage = read_whole(content.stream, MAX_PAGE)
    tree, depth_error = parse_html(decode_page(page))
    tables = [table for table in tree.iter("table") if table.find(".//table") is None]
    if not tables:
        yield CorpusError("this is a page of HTML with no table in it, named as a workbook: save it as .html")
    sheets = ((str(number), _rows(table)) for number, table in enumerate(tables, 1))
    yield from items_of_sheets(sheets, content)
    yield from filter(None, (damage, depth_error))


def _rows(table: lxml.html.HtmlElement) -> Iterator[tuple[int, Row]]:
    for number, row in enumerate(table.iter("tr"), 1):
        cells = [_text(cell) for cell in row if cell.tag in ("td", "th")]
        if any(cells):
            yield number, cells


def _text(cell: lxml.html.HtmlElement) -> str | None:
    for element in cell.iter(*_BLOCKS):
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in cell.text_content().split("\n"))
    return "\n".join(filter(None, lines)) or None
