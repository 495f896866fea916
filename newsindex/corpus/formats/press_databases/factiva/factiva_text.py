"""Reads articles of Factiva in plain text, as an RTF or a copied page gives it, with or without codes.

Each article ends with the number of its document; a table's cells are parted by bars or tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.formats.press_databases.exported_article import (
    ExportedArticle,
    export_items,
    is_word_count,
    one_line,
)
from newsindex.corpus.formats.press_databases.header_dates import begins_with_date
from newsindex.corpus.formats.press_databases.text_paragraphs import paragraphs
from newsindex.errors import CorpusError

from .factiva_record import (
    CODES,
    DOCUMENT_LINE,
    article_from_codes,
    article_from_lines,
    headline_parts,
    is_personal_name,
    split_head,
)

_DOCUMENT_END: Final = re.compile(rf"^[^\S\n]*(?:AN\b[\s|:]{{0,10}})?{DOCUMENT_LINE.pattern}[^\S\n]*$", re.M)
_CODED_LINE: Final = re.compile(
    rf"(?P<code>{'|'.join(CODES)})(?:\s*[|\t:]\s*|\s{{2,}}|\s*$|\s(?=\S))(?P<value>.*)", re.S
)
_HEADLINE_FIELD: Final = re.compile(r"^[^\S\n]*HD\b[ \t|:]*", re.M)
_SOURCE_FIELD: Final = re.compile(r"^[^\S\n]*SN\b", re.M)
_DATE_FIELD: Final = re.compile(r"^[^\S\n]*PD\b[ \t|:]*\n?.{0,40}\d{4}", re.M)
_WORD_COUNT_LINE: Final = re.compile(
    r"^[^\S\n]*\d[\d .,\u00a0\u202f]{0,8}(?:mots|words|Wörter)[^\S\n]*$", re.M
)
_LINES_AFTER_COUNT: Final = re.compile(r"(?:[^\n]{0,200}\n){0,12}")
_INDEX_CODES: Final = frozenset(CODES[CODES.index("ART") :])
_INDEXED: Final = re.compile(r"[a-z0-9]+ ?: \S|Document \S|[A-Z0-9]+(?: \| |$)")
_JUNK: Final = re.compile(
    r"(?:page \d+\b|©? ?(?:19|20)?\d{0,2} ?factiva\b|dow jones\b|search summary|résumé de la recherche).*",
    re.I,
)
_MAX_LINES_OVER_COUNT: Final = 4


def is_factiva_text(text: str) -> bool:
    """Whether a text has articles of Factiva: numbers of documents, and the fields of an article."""
    if _is_coded(text):
        return True
    if not (counted := _WORD_COUNT_LINE.search(text)):
        return False
    after = _LINES_AFTER_COUNT.match(text, counted.end() + 1)
    lines = [line.strip() for line in after[0].splitlines() if line.strip()] if after else []
    return (
        bool(lines)
        and begins_with_date(one_line(lines[0])) is not None
        and bool(
            _DOCUMENT_END.search(text) or any(line.startswith(("©", "Copyright", "(c)")) for line in lines)
        )
    )


def _is_coded(text: str) -> bool:
    return all(field.search(text) for field in (_HEADLINE_FIELD, _DATE_FIELD, _SOURCE_FIELD))


def read_factiva_text(text: str, content: FormatInput) -> FormatItems:
    """The articles of a text, and an error where it is cut short."""
    whole: list[str] = []
    begun = 0
    for end in _DOCUMENT_END.finditer(text):
        whole.append(text[begun : end.end()])
        begun = end.end()
    rest = text[begun:]
    is_cut = is_factiva_text(rest)
    yield from export_items(
        map(_article, [*whole, rest] if is_cut else whole), content, "Factiva", is_cut=is_cut
    )


def _article(text: str) -> ExportedArticle | CorpusError:
    end = _DOCUMENT_END.search(text)
    document = end["number"] if end else None
    if _is_coded(text):
        return article_from_codes(dict(_coded_fields(text)))
    text = text[: end.start()] if end else text
    lines = [line for line in map(one_line, text.split("\n")) if not _JUNK.fullmatch(line)]
    try:
        over, head, _ = split_head([line for line in lines if line])
    except ValueError:
        return CorpusError("this article of Factiva has neither a date nor a number of words")
    section, headline, author = _head_over_count(lines, over)
    text_start = _position_after(text.split("\n"), len(over) + len(head))
    return article_from_lines(
        head,
        paragraphs(text.split("\n")[text_start:]),
        headline=headline,
        author=author,
        section=section,
        document=document,
    )


def _head_over_count(lines: Sequence[str], over: Sequence[str]) -> tuple[str, str, str]:
    """The section, headline and author over the number of words.

    Where a blank line parts the headline from the lines at the number of words, those are the author.
    """
    counted = next((n for n, line in enumerate(lines) if is_word_count(line)), 0)
    block: list[str] = []
    while len(block) < min(counted, _MAX_LINES_OVER_COUNT) and lines[counted - len(block) - 1]:
        block.insert(0, lines[counted - len(block) - 1])
    names = " ; ".join(block)
    if block and len(block) < len(over) and all(map(is_personal_name, block)):
        section, headline, _ = headline_parts([*over[-_MAX_LINES_OVER_COUNT : -len(block)], ""])
        return section, headline.strip(), names
    return headline_parts(over[-_MAX_LINES_OVER_COUNT:])


def _position_after(lines: Sequence[str], count: int) -> int:
    """The number of the line after so many lines that are neither blank nor junk."""
    for number, line in enumerate(lines):
        count -= bool(line.strip()) and not _JUNK.fullmatch(one_line(line))
        if count <= 0:
            return number + 1
    return len(lines)


def _coded_fields(text: str) -> Iterator[tuple[str, list[str]]]:
    """The fields of a text whose lines begin with codes, which come in their order: other words are none."""
    code: str | None = None
    lines: list[str] = []
    for line in text.split("\n"):
        match = _CODED_LINE.fullmatch(line.strip().rstrip("|").rstrip())
        if match and _is_next(code, match["code"], match["value"], line):
            if code:
                yield code, paragraphs(lines)
            code, lines = match["code"], [match["value"]]
        else:
            lines.append(line.strip().removesuffix("|"))
    if code:
        yield code, paragraphs(lines)


def _is_next(code: str | None, following: str, value: str, line: str) -> bool:
    """Whether a code may follow another: after the text only indexing does, which has codes in its values."""
    if code and CODES.index(following) <= CODES.index(code):
        return False
    is_bare = re.match(rf"\s*{following} \S", line) is not None
    return not (is_bare and following in _INDEX_CODES) or _INDEXED.match(value) is not None
