"""Reads an older export of Nexis in plain text, in English, French or German.

Before each document a line says its number; then come the source, the date, the headline, fields with names
in capitals, the text, and further fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.formats.press_databases.exported_article import export_items, is_notice
from newsindex.errors import CorpusError

from .nexis_document import (
    Block,
    NexisDocument,
    blocks_of,
    is_date_line,
    take_head_fields,
    take_text_and_tail,
)
from .nexis_fields import labelled_line

_OF: Final = r"(\d{1,6})\s(?:of|de|sur|von)\s(\d{1,6})"
_NUMBER_LINE: Final = re.compile(
    rf"^[^\S\n]*(?:{_OF}\sDO[CK]UMENTE?S?|Do[ck]ument\s{_OF})[^\S\n]*$", re.M | re.I
)
_BARE_NUMBER_LINE: Final = re.compile(rf"^[^\S\n]*{_OF}[^\S\n]*$", re.M)
_FIELD_LINE: Final = re.compile(
    r"^[^\S\n]*(?:LENGTH|LONGUEUR|LÄNGE|LOAD-DATE|DATE-CHARGEMENT|BYLINE|AUTEUR|LANGUAGE|LANGUE|UPDATE)\s?:",
    re.M,
)
_TAIL_LINE: Final = re.compile(
    r"^[^\S\n]*(?:(?:LOAD-DATE|DATE-CHARGEMENT|LANGUAGE|LANGUE|UPDATE)\s?:|Copyright|©)", re.M
)
_COPYRIGHT_LINE: Final = re.compile(r"^[^\S\n]*(?:Copyright|©)", re.M)
_EDITION: Final = re.compile(r"(?:.*\b(?:[ée]dition|ausgabe)\b.*|.{1,30};)", re.I)
_MAX_EDITION_WORDS: Final = 8
_ROUND_NUMBER: Final = 50  # Nexis gives 50, 100, 200 or 500 documents at a time


def is_nexis_text(text: str) -> bool:
    """Whether a text has a line with the number of a document of Nexis, and fields as it names them."""
    if _NUMBER_LINE.search(text):
        return _FIELD_LINE.search(text) is not None or _COPYRIGHT_LINE.search(text) is not None
    number = _BARE_NUMBER_LINE.search(text)
    return number is not None and _FIELD_LINE.search(text, number.end()) is not None


def with_numbers(documents: Sequence[str]) -> str:
    """The text of an export of some documents, each after its number; some exports in HTML leave that out."""
    return "\n\n".join(
        document if _NUMBER_LINE.search(document) else f"{number} of {len(documents)} DOCUMENTS\n\n{document}"
        for number, document in enumerate(documents, 1)
    )


def read_nexis_text(text: str, content: FormatInput, damage: CorpusError | None = None) -> FormatItems:
    """The articles of a text, and an error where it is cut short in the last of them."""
    pattern = _NUMBER_LINE if _NUMBER_LINE.search(text) else _BARE_NUMBER_LINE
    marks = list(pattern.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts = [(mark.end(), end) for mark, end in zip(marks, ends, strict=False)]
    is_cut, is_last_whole = _damage(text, marks)
    articles = (_document(text[start:end]).article() for start, end in parts)
    yield from export_items(
        articles, content, "Nexis", is_cut=is_cut, is_last_whole=is_last_whole, damage=damage
    )


def _damage(text: str, marks: Sequence[re.Match[str]]) -> tuple[bool, bool]:
    """Whether an export is cut short, and whether its last document is whole.

    A document is whole if fields or a copyright stand after its text. The numbers tell of documents that are
    missing, unless the export is one of several: those end at a round number, or do not begin with 1.
    """
    if not marks:
        return False, False
    first, (number, total) = _numbers(marks[0])[0], _numbers(marks[-1])
    if _document(text[marks[-1].end() :]).has_tail:
        return first == 1 and number < total and number % _ROUND_NUMBER != 0, True
    return number < total or _TAIL_LINE.search(text, 0, marks[-1].start()) is not None, False


def _numbers(mark: re.Match[str]) -> tuple[int, int]:
    number, total = (int(group) for group in mark.groups() if group is not None)
    return number, total


def _document(text: str) -> NexisDocument:
    document = NexisDocument()
    blocks = blocks_of(text.split("\n"), capitals=True)
    while len(blocks) > 1 and is_notice(blocks[0][0]):
        blocks[:1] = [blocks[0][1:]] if len(blocks[0]) > 1 else []
    labelled = next((n for n, block in enumerate(blocks) if labelled_line(block[0], capitals=True)), None)
    start = _take_title(document, blocks[:labelled], is_whole=labelled is None)
    start += take_head_fields(document, blocks[start:], capitals=True)
    take_text_and_tail(document, blocks[start:], capitals=True)
    return document


def _take_title(document: NexisDocument, blocks: Sequence[Block], *, is_whole: bool) -> int:
    """Takes the source, the date and the headline from the first blocks; returns how many blocks that were.

    ``is_whole`` tells that the text follows without a field before it.
    """
    dated = next((n for n, block in enumerate(blocks[:4]) if any(map(is_date_line, block))), None)
    if dated is None:
        document.source = blocks[0][0] if len(blocks) > 1 else ""
        rest = list(blocks[1:] if len(blocks) > 1 else blocks)
    else:
        line = next(n for n, line in enumerate(blocks[dated]) if is_date_line(line))
        document.date_line = blocks[dated][line]
        document.source = next((b[0] for b in blocks[:dated]), "") or next(iter(blocks[dated][:line]), "")
        under_date = blocks[dated][line + 1 :]
        rest = list(blocks[dated + 1 :])
        if under_date and not rest:
            rest = [_without_edition(under_date)]
    while len(rest) > 1 and _is_edition(rest[0]):
        rest.pop(0)
    if not rest:
        return len(blocks)
    document.headline = " ".join(rest[0])
    if is_whole:
        return len(blocks) - len(rest) + 1
    document.leads += [" ".join(block) for block in rest[1:]]
    return len(blocks)


def _without_edition(lines: Block) -> Block:
    """The lines of a headline, without the edition over it, which may go on after a semicolon."""
    if len(lines) > 1 and _is_edition(lines[:1]):
        return lines[2:] if lines[0].endswith(";") and len(lines) > 2 else lines[1:]
    return lines


def _is_edition(block: Block) -> bool:
    line = " ".join(block)
    return len(line.split()) <= _MAX_EDITION_WORDS and _EDITION.fullmatch(line) is not None
