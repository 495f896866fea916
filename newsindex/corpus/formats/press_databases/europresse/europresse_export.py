"""Reads an export of Europresse in HTML (extra: html), in either generation of its markup.

In the newer one each article is an element ``article`` with a header, a section and a footer; in the older
one it is a table, whose paragraphs are bare texts with line breaks between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.formats.press_databases.export_markup import (
    is_cut_page,
    parse_piece,
    pieces,
    read_export,
    unmark_searched_words,
)
from newsindex.corpus.formats.press_databases.exported_article import ExportedArticle, export_items
from newsindex.errors import CorpusError

from .europresse_article import article_of_element
from .europresse_table import article_of_table

_ELEMENT: Final = re.compile(r"<article\b", re.I)
_TABLE: Final = re.compile(r"<span\b[^>]{0,200}\bclass\s*=\s*[\"']?DocPublicationName\b", re.I)
_IS_ARTICLE: Final = re.compile(r"DocPublicationName|titreArticle|DocHeader|docOcurrContainer|DocText", re.I)
_END_OF_ELEMENT: Final = re.compile(r"</article\s*>", re.I)
_END_OF_SECTION: Final = re.compile(r"</section\s*>", re.I)
_END_OF_TABLE: Final = re.compile(r"</table\s*>", re.I)


def read(content: FormatInput) -> FormatItems:
    """The articles of the export, and an error where it is cut short."""
    page, damage = read_export(content)
    found = [piece for piece in pieces(page, _ELEMENT) if _IS_ARTICLE.search(piece)]
    is_newer = bool(found)
    found = found or list(pieces(page, _TABLE))
    ends = (_END_OF_ELEMENT, _END_OF_SECTION) if is_newer else (_END_OF_TABLE,)
    is_last_whole = bool(found) and any(end.search(found[-1]) for end in ends)
    yield from export_items(
        _articles(found, is_newer=is_newer),
        content,
        "Europresse",
        is_cut=is_cut_page(page) or not is_last_whole,
        is_last_whole=is_last_whole,
        damage=damage,
    )


def _articles(found: list[str], *, is_newer: bool) -> Iterator[ExportedArticle | CorpusError]:
    for piece in found:
        if is_newer and (end := _END_OF_ELEMENT.search(piece)):
            piece = piece[: end.end()]
        try:
            tree = parse_piece(piece)
            unmark_searched_words(tree)
            yield article_of_element(tree) if is_newer else article_of_table(tree)
        except CorpusError as error:
            yield error
