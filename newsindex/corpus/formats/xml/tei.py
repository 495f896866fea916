"""Reads texts in TEI: an article for each, with the title, author and date of its header (extra: html)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.errors import CorpusError

from .xml_elements import (
    SKIPPED_ELEMENTS,
    Element,
    block_text,
    every,
    first,
    first_line,
    lang_code,
    line,
    lines,
    without_headline,
    xml_lang,
)
from .xml_stream import read_elements

_OUTSIDE_TEXT: Final = SKIPPED_ELEMENTS | {"front", "back", "note", "fw", "teiheader"}
_DESCRIPTION: Final = "teiHeader/fileDesc"
_PUBLISHERS: Final = (f"{_DESCRIPTION}/sourceDesc//publisher", f"{_DESCRIPTION}/publicationStmt/publisher")
_DATES: Final = (
    f"{_DESCRIPTION}/sourceDesc//date",
    f"{_DESCRIPTION}/publicationStmt//date",
    "teiHeader/profileDesc/creation/date",
)


def read(content: FormatInput) -> FormatItems:
    """The article of each text, those of a corpus included; errors for damage."""
    content = replace(content, fields=None)
    for number, element in enumerate(read_elements(content.stream, {"TEI", "TEI.2"}), 1):
        if isinstance(element, CorpusError):
            yield element
        else:
            yield from content.items(_record(element), place=f"text {number}")


def _record(tei: Element) -> dict[str, object]:
    headline = first_line(tei, f"{_DESCRIPTION}/titleStmt/title") or first_line(tei, ".//text//head")
    authors = lines(tei, f"{_DESCRIPTION}/titleStmt/author") or lines(
        tei, f"{_DESCRIPTION}/sourceDesc//author"
    )
    language = first(tei, "teiHeader/profileDesc/langUsage/language")
    return {
        "headline": headline,
        "body": without_headline(block_text(_body(tei), _OUTSIDE_TEXT), headline),
        "author": ", ".join(authors),
        "source": _journal(tei) or first_line(tei, *_PUBLISHERS),
        "published": next((date for path in _DATES for date in map(_date, every(tei, path)) if date), ""),
        "lang": xml_lang(tei) or (lang_code(language.get("ident", "")) if language is not None else ""),
        "abstract": block_text(first(tei, "teiHeader/profileDesc/abstract")),
        "url": _address(tei),
    }


def _body(tei: Element) -> Element | None:
    """The part of a text that is marked as an entry, beside comments of readers, else its whole body."""
    parts = every(tei, "text/body/div")
    entry = next((part for part in parts if part.get("type") == "entry"), None)
    return first(tei, "text/body", ".//body") if entry is None else entry


def _address(tei: Element) -> str:
    """The address on the web among the identifiers and pointers of the header."""
    identifiers = [line(found) for found in every(tei, "teiHeader//idno")]
    pointers = [found.get("target") or "" for found in every(tei, "teiHeader//ptr")]
    return next((address for address in identifiers + pointers if address.startswith("http")), "")


def _journal(tei: Element) -> str:
    """The title of the newspaper in the description of the source."""
    titles = list(every(tei, f"{_DESCRIPTION}/sourceDesc//title"))
    return next((line(title) for title in titles if title.get("level") == "j"), "") or first_line(
        tei, f"{_DESCRIPTION}/sourceDesc//monogr/title"
    )


def _date(element: Element) -> str:
    """A date in figures, else as it is written; the date of a download is none of the text."""
    if element.get("type") == "download":
        return ""
    return str(element.get("when") or element.get("when-iso") or "") or line(element)
