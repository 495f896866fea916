"""Reads a newer export of Nexis (Nexis Uni, Nexis Advance) in plain text, as its Word and RTF files give it.

A document is its headline, its source, its date, a copyright and fields, then the text between the lines
"Body" and "End of Document", with further fields at the end. Before the first one there may be a cover page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.formats.press_databases.exported_article import export_items, is_notice, one_line

from .nexis_document import (
    NexisDocument,
    blocks_of,
    is_date_line,
    take_head_fields,
    take_text_and_tail,
)
from .nexis_fields import labelled_line

_BODY_LINE: Final = re.compile(r"^[^\S\n]*(?:Body|Corps(?: du texte)?|Hauptteil|Volltext)[^\S\n]*$", re.M)
_END_LINE: Final = re.compile(
    r"^[^\S\n]*(?:End of Document|Fin du document|Ende des Dokuments)[^\S\n]*$", re.M | re.I
)
_FIELD_LINE: Final = re.compile(
    r"^[^\S\n]*(?:(?:Length|Longueur|Länge)\s?:\s*[\d.,\s]+(?:words|mots|Wörter)"
    r"|(?:Load-Date|Date de chargement|Date-chargement|Publication-Type|Type de publication)\s?:"
    r"|Copyright\s(?:©\s?)?(?:19|20)\d\d)",
    re.M | re.I,
)
_COVER_LINE: Final = re.compile(
    r"^[^\S\n]*(?:User Name|Job Number|Date and Time|Client/Matter|Search Terms|Documents? \(\d+\)"
    r"|Nom d.utilisateur|Num[ée]ro d[eu] (?:la )?(?:t[âa]che|travail|job)|Date et heure|Termes de recherche"
    r"|Benutzername|Auftragsnummer)\b",
    re.M | re.I,
)
_MIN_COVER_LINES: Final = 3
_JUNK_LINE: Final = re.compile(
    r"(?:page \d+ (?:of|de|sur|von) \d+|.{0,40}\bLexisNexis\b.{0,60}"
    r"|link to (?:pdf|image|original).*|lien vers .{0,40}|voir l'image)",
    re.I,
)


def is_nexis_uni_text(text: str) -> bool:
    """Whether a text has a document of Nexis Uni with its fields, or the cover page of an export."""
    if _BODY_LINE.search(text) and _FIELD_LINE.search(text):
        return True
    return len({match[0].lower() for match in _COVER_LINE.finditer(text)}) >= _MIN_COVER_LINES


def read_nexis_uni_text(text: str, content: FormatInput) -> FormatItems:
    """The articles of a text, and an error where it is cut short in the last of them."""
    *whole, rest = _END_LINE.split(text)
    is_cut = False
    has_document = bool(whole) or _BODY_LINE.search(text) is not None
    if has_document and any(
        line and not _JUNK_LINE.fullmatch(line) for line in map(one_line, rest.split("\n"))
    ):
        is_cut = bool(whole) or not _document(rest).has_tail
        whole.append(rest)
    articles = (_document(part).article() for part in whole)
    yield from export_items(articles, content, "Nexis", is_cut=is_cut)


def _document(text: str) -> NexisDocument:
    document = NexisDocument()
    body = _BODY_LINE.search(text)
    head, rest = (text[: body.start()], text[body.end() :]) if body else (text, "")
    lines = [line for line in map(one_line, head.split("\n")) if line and not _JUNK_LINE.fullmatch(line)]
    named = next((n for n, line in enumerate(lines) if _is_field(line)), len(lines))
    _take_title(document, lines[:named], has_cover=_COVER_LINE.search(head) is not None)
    fields = [line for line in lines[named:] if not is_notice(line)]
    blocks = blocks_of(fields, capitals=False)
    taken = take_head_fields(document, blocks, capitals=False)
    if not body:
        take_text_and_tail(document, blocks[taken:], capitals=False)
        return document
    kept = [line for line in rest.split("\n") if not _JUNK_LINE.fullmatch(one_line(line))]
    take_text_and_tail(document, blocks_of(kept, capitals=False), capitals=False)
    return document


def _is_field(line: str) -> bool:
    """Whether a line is a field or a notice; a date alone is none, though web pages repeat it as one."""
    return labelled_line(line, capitals=False) is not None or (is_notice(line) and not is_date_line(line))


def _take_title(document: NexisDocument, lines: Sequence[str], *, has_cover: bool) -> None:
    """Takes the headline, the source and the date; after a cover page the headline is one line."""
    dated = max((n for n, line in enumerate(lines) if is_date_line(line)), default=None)
    if dated is not None:
        document.date_line = lines[dated]
        lines = lines[:dated]
    document.source = lines[-1] if len(lines) > 1 else ""
    titles = lines[:-1] if len(lines) > 1 else lines
    document.headline = " ".join(titles[-1:] if has_cover else titles)
