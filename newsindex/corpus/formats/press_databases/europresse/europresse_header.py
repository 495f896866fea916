"""Understands the line of Europresse that gives an article's section, date, hour and page."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from newsindex.corpus.formats.press_databases.exported_article import one_line, page_number, section_name
from newsindex.corpus.formats.press_databases.header_dates import compact_day, find_date

_DOCUMENT_NUMBER: Final = re.compile(r"\b(?:news|web|blog|soc|tv|rad|bio|rep)[·•.]\d{8}[·•.][\w·•.-]+", re.I)
_SEPARATED_HALF: Final = re.compile(r"\s+,")


class HeaderParts(NamedTuple):
    """What a header says."""

    section: str | None
    published: date | None
    page: str | None


def header_parts(header: str, rest: str = "", number: str | None = None) -> HeaderParts:
    """The parts of a header; where it has no date, ``rest`` of the article's head or its ``number`` has.

    The date is looked for first, because the order of the parts varies. The section stands before it.
    """
    line = _SEPARATED_HALF.sub(",", one_line(header))
    found = find_date(line)
    before, after = (line[: found.start], line[found.end :]) if found else (line, "")
    fallback = find_date(one_line(rest))
    published = found.value if found else fallback.value if fallback else compact_day(number or "")
    return HeaderParts(section_name(before), published, page_number(after) or page_number(before))


def document_number(text: str) -> str | None:
    """The number of a document, such as news·20240312·PN·023112, in a text."""
    match = _DOCUMENT_NUMBER.search(text)
    return match[0].rstrip(".") if match else None
