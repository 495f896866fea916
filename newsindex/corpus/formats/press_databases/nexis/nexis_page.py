"""Reads an older export of Nexis in HTML (extra: html): its blocks are those of the export in plain text."""

from __future__ import annotations

import re
from typing import Final

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.formats.press_databases.export_markup import blocks_of, parse_piece, pieces, read_export
from newsindex.errors import CorpusError

from .nexis_text import read_nexis_text, with_numbers

_DOCUMENT: Final = re.compile(r"<a\s+name\s*=\s*[\"']?DOC_ID_\d|<DOC NUMBER=\d", re.I)
_COMMENT: Final = re.compile(r"<!--.{0,2000}?-->", re.S)


def read(content: FormatInput) -> FormatItems:
    """The articles of the export, and an error where it is cut short."""
    page, damage = read_export(content)
    documents: list[str] = []
    for piece in pieces(_COMMENT.sub(_without_comment, page), _DOCUMENT):
        try:
            text = blocks_of(parse_piece(piece))
        except CorpusError as error:
            yield error
        else:
            documents += [text] if text.strip() else []
    yield from read_nexis_text(with_numbers(documents), content, damage)


def _without_comment(comment: re.Match[str]) -> str:
    """What stays of a comment: the number of a document, which some exports write in one."""
    number = re.search(r"<DOC NUMBER=\d+>", comment[0], re.I)
    return number[0] if number else ""
