"""Reads an export of Nexis in HTML (extra: html): its blocks are those of the export in plain text."""

from __future__ import annotations

import re
from typing import Final

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.formats.press_databases.export_markup import blocks_of, parse_piece, pieces, read_export
from newsindex.errors import CorpusError

from .nexis_text import is_nexis_text, read_nexis_text, with_numbers
from .nexis_uni_text import is_nexis_uni_text, read_nexis_uni_text

_DOCUMENT: Final = re.compile(r"<a\s+name\s*=\s*[\"']?DOC_ID_\d|<DOC NUMBER=\d", re.I)
_TEXT: Final = re.compile(r">[^<>]*[^<>\s]")
_MAX_DOCUMENTS: Final = 20_000
_NUMBER: Final = re.compile(r"<DOC NUMBER=\d+>", re.I)


def read(content: FormatInput) -> FormatItems:
    """The articles of the export, and an error where it is cut short."""
    page, damage = read_export(content)
    documents: list[str] = []
    page = _without_comments(page)
    parts = pieces(page, _DOCUMENT) if _DOCUMENT.search(page) else iter([page])
    for piece in filter(_TEXT.search, parts):
        if len(documents) > _MAX_DOCUMENTS:
            raise CorpusError(f"this Nexis export has more than {_MAX_DOCUMENTS:,} documents: split it")
        try:
            text = blocks_of(parse_piece(piece))
        except CorpusError as error:
            yield error
        else:
            documents += [text] if text.strip() else []
    text = "\n\n".join(documents)
    if is_nexis_uni_text(text) and not is_nexis_text(text):
        yield from read_nexis_uni_text(text, content)
        yield from [damage] if damage else []
    else:
        yield from read_nexis_text(with_numbers(documents), content, damage)


def _without_comments(page: str) -> str:
    """A page without its comments, of which the numbers of documents stay: some exports write them in one."""
    kept: list[str] = []
    position = 0
    while (start := page.find("<!--", position)) >= 0 and (end := page.find("-->", start)) >= 0:
        kept += (page[position:start], *_NUMBER.findall(page, start, end))
        position = end + len("-->")
    return "".join([*kept, page[position:]])
