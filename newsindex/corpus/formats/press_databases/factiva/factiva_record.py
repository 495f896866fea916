"""Makes an article of what Factiva writes about it: fields with codes, or lines without any.

With codes each part is named: HD is the headline, LP and TD are the text. Without codes the order of the
lines tells them: section, headline, author, number of words, date, hour, source, its code, edition, page,
language, copyright.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Final

from newsindex.corpus.formats.press_databases.exported_article import (
    ExportedArticle,
    author_names,
    is_language,
    is_word_count,
    language_code,
    one_line,
    page_number,
    source_name,
)
from newsindex.corpus.formats.press_databases.header_dates import begins_with_date, find_date, is_vague_date

CODES: Final = (
    "CLM", "SE", "HD", "CR", "BY", "WC", "PD", "ET", "SN", "SC", "NGC", "GC", "ED", "PG", "VOL", "LA", "CY",
    "CX", "LP", "TD", "ART", "CT", "RF", "CO", "DE", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN",
)  # fmt: skip
"""The codes of Factiva's fields, in the order in which they stand."""
DOCUMENT_LINE: Final = re.compile(
    r"Do[ck]ument (?P<number>[A-Z][A-Z0-9]{3,13}(?:19|20)\d{6}[a-z0-9]{6,14})\s*\|?"
)
_CLOCK_LINE: Final = re.compile(r"(?:[01]?\d|2[0-3])[:h][0-5]\d(?:\s?(?:GMT|UTC))?")
_SOURCE_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_PAGE: Final = re.compile(
    r"(?:(?:pp?|pg|page)\.?\s*)?(?P<page>[A-Z]{0,4}\d{1,4}(?:[\s,&/–-]+[A-Z]{0,4}\d{1,4})*)", re.I
)
_COPYRIGHT: Final = re.compile(r"(?:©|\(c\)|copyright\b)", re.I)
_NO_NAME: Final = re.compile(r"[\d:?!«»\"“”…]")
_PARTICLES: Final = "de du des la le van von der ben bin el al et and y"
_NAME_PARTICLES: Final = frozenset(_PARTICLES.split())
_BY: Final = re.compile(r"(?:par|by)\s+[A-ZÀ-Þ]", re.I)
_MAX_SECTION_WORDS: Final = 4
_MAX_NAME_WORDS: Final = 8
_MAX_CERTAIN_NAME_WORDS: Final = 3  # with capitals: a headline has more words
_MIN_CODE_LETTERS: Final = 4  # of the code of a source; "A7" is a page


def article_from_codes(fields: Mapping[str, Sequence[str]]) -> ExportedArticle:
    """The article of fields by their codes, each a list of lines."""
    values = {code: one_line(" ".join(lines)) for code, lines in fields.items()}
    found = find_date(f"{values.get('PD', '')} {values.get('ET', '')}")
    number = DOCUMENT_LINE.search(values.get("AN", ""))
    page = values.get("PG", "")
    return ExportedArticle(
        headline=values.get("HD", ""),
        paragraphs=[*fields.get("LP", ()), *fields.get("TD", ())],
        source=source_name(values.get("SN", "")),
        published=found.value if found else values.get("PD") or None,
        author=author_names(values.get("BY", "")) or values.get("BY") or None,
        section=values.get("SE") or values.get("CLM") or None,
        lang=language_code(values.get("LA", "")),
        page=page_number(page) or page or None,
        document=number["number"] if number else None,
    )


def article_from_lines(
    head: Sequence[str],
    paragraphs: Sequence[str],
    *,
    headline: str = "",
    author: str = "",
    section: str = "",
    document: str | None = None,
) -> ExportedArticle:
    """The article of the lines between its author and its text, and of the parts that are known already."""
    rest = [line for line in head if not is_word_count(line)]
    dated = next((n for n, line in enumerate(rest) if begins_with_date(line) or is_vague_date(line)), None)
    date_line, rest = (rest[dated], rest[dated + 1 :]) if dated is not None else ("", rest)
    if rest and _CLOCK_LINE.fullmatch(rest[0]):
        date_line = f"{date_line} {rest.pop(0)}"
    found = find_date(date_line)
    source, details = (rest[0], rest[1:]) if rest else ("", [])
    if details and len(details[0]) >= _MIN_CODE_LETTERS and _SOURCE_CODE.fullmatch(details[0]):
        details = details[1:]
    page = next((match for line in details if (match := _PAGE.fullmatch(line))), None)
    return ExportedArticle(
        headline=headline,
        paragraphs=paragraphs,
        source=source_name(source),
        published=found.value if found else date_line or None,
        author=author_names(author) or author or None,
        section=section or None,
        lang=next((language_code(line) for line in details if is_language(line)), None),
        page=page["page"] if page else None,
        document=document,
    )


def split_head(lines: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """The lines before the number of words, those from there to the copyright, and those of the text.

    Raises ValueError where there is neither a number of words nor a date.
    """
    counted = next((n for n, line in enumerate(lines) if is_word_count(line)), None)
    dated = next((n for n, line in enumerate(lines) if begins_with_date(line)), None)
    start = counted if counted is not None else dated
    if start is None:
        raise ValueError
    after = list(lines[start:])
    within = range(len(after))[: len(CODES)]
    end = next((n for n in within if _COPYRIGHT.match(after[n])), None)
    if end is None:
        end = next((n for n in within if is_language(after[n])), len(list(takewhile(_is_detail, after))) - 1)
    return list(lines[:start]), after[: end + 1], after[end + 1 :]


def _is_detail(line: str) -> bool:
    """Whether a line may be one of those between the headline and the text of an article without codes."""
    return (
        is_word_count(line)
        or begins_with_date(line) is not None
        or _CLOCK_LINE.fullmatch(line) is not None
        or _SOURCE_CODE.fullmatch(line) is not None
        or is_language(line)
    )


def headline_parts(lines: Sequence[str]) -> tuple[str, str, str]:
    """The section, the headline and the author in the lines that stand before the number of words."""
    rest = list(lines)
    author = section = ""
    if len(rest) > 1 and is_personal_name(rest[-1]):
        is_longer = len(rest[1].split()) > _MAX_CERTAIN_NAME_WORDS and not _BY.match(rest[1])
        is_headline = len(rest) == 2 and is_longer and _is_section(rest[0], rest[1])
        author = "" if is_headline else rest.pop()
    if len(rest) > 1 and _is_section(rest[0], rest[1]):
        section = rest.pop(0)
    return section, " ".join(rest), author


def is_personal_name(text: str) -> bool:
    """Whether a text looks like names of people: few words, each with a capital, or after "Par"."""
    words = text.replace(",", " ").replace(";", " ").split()
    if _BY.match(text):
        return len(words) <= _MAX_NAME_WORDS + 1
    capitals = [word for word in words if word.lower() not in _NAME_PARTICLES]
    is_short = 1 < len(words) <= _MAX_NAME_WORDS
    return is_short and not _NO_NAME.search(text) and all(word[0].isupper() for word in capitals)


def _is_section(line: str, following: str) -> bool:
    is_short = len(line.split()) <= _MAX_SECTION_WORDS and len(line) < len(following)
    return is_short and not _NO_NAME.search(line)
